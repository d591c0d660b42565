import type { FeedId, PublisherId, SectionId } from "../model/ids.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import type { Duration, Instant } from "../model/time.ts";

/** What is asked of an item. A plain value: it can be compared, stored and shown. */
export type Query =
  | { readonly kind: "everything" }
  | TextClause
  | { readonly kind: "section"; readonly section: SectionId }
  | { readonly kind: "publisher"; readonly publisher: PublisherId }
  | { readonly kind: "feed"; readonly feed: FeedId }
  /** BCP 47, lower case; "de" means "de-at" too */
  | { readonly kind: "lang"; readonly language: string }
  /** part of the permalink, lower case */
  | { readonly kind: "url"; readonly part: string }
  | { readonly kind: "within"; readonly duration: Duration }
  /** arrived before the instant */
  | { readonly kind: "before"; readonly instant: Instant }
  /** arrived at the instant or later */
  | { readonly kind: "after"; readonly instant: Instant }
  /** two or more, none of them an "and" itself */
  | { readonly kind: "and"; readonly of: readonly Query[] }
  /** two or more, none of them an "or" itself */
  | { readonly kind: "or"; readonly of: readonly Query[] }
  | { readonly kind: "not"; readonly of: Query };

/** Words that stand side by side in one of an item's texts. */
export interface TextClause {
  readonly kind: "text";
  /** "text": title or teaser */
  readonly where: "text" | "title" | "author" | "category";
  /** by termsOf, one at least */
  readonly terms: readonly string[];
  /** the last term is only the beginning of a word */
  readonly prefix: boolean;
}

/** What is wrong with a query and what would be right, for people. */
export interface BadQuery {
  readonly kind: "bad";
  /** in English */
  readonly message: string;
  /** character position in the query, from 0 */
  readonly at: number;
  /** the same for those who say it in another language */
  readonly mistake: QueryMistake;
}

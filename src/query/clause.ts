import type { FeedId, ItemId, PublisherId, SectionId } from "../model/ids.ts";
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
  /** the item's story is told by so many publishers */
  | { readonly kind: "publishers"; readonly least: number; readonly most?: number }
  | { readonly kind: "is"; readonly what: ItemState }
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
  /** the term in any of its forms: one word that was written without quotation marks and has some */
  readonly forms?: true;
}

/**
 * "revised": its publisher has changed it since it arrived. "copy": its text was known from an earlier item. "lead": it
 * speaks for its story.
 */
export type ItemState = "revised" | "copy" | "lead";

/** What must be known of an item's story to decide what is asked of it. */
export interface StoryFacts {
  readonly publishers: number;
  /** who speaks for it, by the publishers' general ranks */
  readonly lead: ItemId;
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

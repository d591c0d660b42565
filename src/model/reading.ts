import type { Author, Category, Draft, Image } from "./item.ts";
import type { DocumentHints, FeedFormat } from "./parsed.ts";
import type { Instant } from "./time.ts";

/** What a feed says of itself, cleaned: plain text, absolute URLs. */
export interface FeedProfile {
  readonly title?: string;
  readonly subtitle?: string;
  readonly homeUrl?: string;
  readonly id?: string;
  readonly language?: string;
  readonly updatedAt?: Instant;
  readonly authors?: readonly Author[];
  readonly categories?: readonly Category[];
  readonly image?: Image;
}

/** What reading one document came to: parse, then normalise. */
export type Reading =
  | {
      readonly kind: "read";
      readonly format: FeedFormat;
      readonly profile: FeedProfile;
      readonly drafts: readonly Draft[];
      readonly hints: DocumentHints;
      readonly repairs: readonly string[];
      /** items of the document, where `drafts` are only those that the last one did not have */
      readonly itemCount?: number;
      /** what tells these items again in the next document; where that was asked for and can be said */
      readonly trace?: Trace;
    }
  /** `cause`: where reading it cost too much, and nothing is known of what is in it */
  | { readonly kind: "unreadable"; readonly why: string; readonly cause?: "overran" | "died" };

/** Hashes by which items are known again before they are read. */
export interface Trace {
  /** of all that items are read by beside their own text */
  readonly context: string;
  /** of each draft's own text, in their order */
  readonly raw: readonly string[];
  /** of the items that were left out because the last document had them; absent where all were read */
  readonly left?: readonly string[];
  /** of both, in the order of the document; absent where all were read */
  readonly all?: readonly string[];
}

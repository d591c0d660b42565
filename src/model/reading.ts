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
    }
  | { readonly kind: "unreadable"; readonly why: string };

import type { Document } from "./document.ts";
import type { FeedId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** Why a document was put aside: of each feed the latest of each is kept. */
export const KEPT_REASONS = [
  "unreadable", // no feed in it
  "overran", // reading it took too long
  "died", // reading it cost the thread its life
  "empty", // no item where there were many
] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** A document that could not be read, without its bytes. */
export interface KeptNote {
  readonly feed: FeedId;
  readonly reason: KeptReason;
  /** for people */
  readonly why: string;
  readonly at: Instant;
  readonly url: string;
  readonly headers: Document["headers"];
  /** bytes as they came, decompressed */
  readonly size: number;
  /** only its beginning was kept */
  readonly isCut?: true;
}

export interface KeptDocument extends KeptNote {
  readonly bytes: Uint8Array;
}

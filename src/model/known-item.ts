import type { ItemId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** What is remembered under an identity key of a feed. */
export interface KnownItem {
  readonly item: ItemId;
  readonly digest: string;
  readonly revision: number;
  /** the digest before the last revision */
  readonly before?: string;
  /** the day on which a document last carried the key */
  readonly seen?: Instant;
  /** the publisher's date when it was last carried */
  readonly at?: Instant;
}

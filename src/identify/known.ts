import { type ItemId, itemId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";

/** What the store remembers under an identity key of a feed. */
export interface Known {
  readonly item: ItemId;
  readonly digest: string;
  readonly revision: number;
  /** the digest before the last revision */
  readonly before?: string;
  /** the day on which a document last carried it */
  readonly seen?: Instant;
  /** the publisher's date when it was last carried */
  readonly at?: Instant;
}

/** A key that several items have had stands for none of them, also once only one of them is left in the document. */
export const NOBODY: Known = { item: itemId("-"), digest: "-", revision: 0 };

export type Memory = ReadonlyMap<string, Known>;

export const isNobodys = (key: string, known: Memory): boolean => known.get(key)?.item === NOBODY.item;

export function lookUp(key: string | undefined, known: Memory): Known | undefined {
  const found = key === undefined ? undefined : known.get(key);
  return found?.item === NOBODY.item ? undefined : found;
}

import type { ItemId } from "../model/ids.ts";
import type { KnownItem } from "../model/known-item.ts";
import { type Memory, NOBODY } from "./known.ts";
import type { Claimant } from "./signs.ts";

export interface Remembered extends Claimant {
  readonly id: ItemId;
  readonly digest: string;
  readonly revision: number;
  /** the digest before the last revision */
  readonly before?: string;
}

/**
 * What to remember under each key that the document carries. A key that stands for another item already goes on doing
 * so; whom a key identifies goes before who merely has it; a key that several items have stands for nobody.
 */
export function toRemember(
  items: readonly Remembered[],
  shared: ReadonlySet<string>,
  known: Memory,
): ReadonlyMap<string, KnownItem> {
  const remembered = new Map<string, KnownItem>();
  for (const keysOfItem of [({ keys }: Remembered) => keys, ({ telling }: Remembered) => telling])
    for (const item of items)
      for (const key of keysOfItem(item))
        if ((known.get(key)?.item ?? item.id) === item.id) remembered.set(key, recordFor(item));
  for (const key of shared) remembered.set(key, NOBODY);
  return remembered;
}

function recordFor({ id, digest, revision, before, mark }: Remembered): KnownItem {
  const { publishedAt } = mark.draft;
  return {
    ...{ item: id, digest, revision },
    ...(before !== undefined && { before }),
    ...(publishedAt !== undefined && { at: publishedAt }),
  };
}

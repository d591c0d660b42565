import { itemId } from "../model/ids.ts";
import type { KnownItem } from "../model/known-item.ts";

/** A key that several items have had stands for none of them, also once only one of them is left in the document. */
export const NOBODY: KnownItem = { item: itemId("-"), digest: "-", revision: 0 };

export type Memory = ReadonlyMap<string, KnownItem>;

export const isNobodys = (key: string, known: Memory): boolean => known.get(key)?.item === NOBODY.item;

export function lookUp(key: string | undefined, known: Memory): KnownItem | undefined {
  const found = key === undefined ? undefined : known.get(key);
  return found?.item === NOBODY.item ? undefined : found;
}

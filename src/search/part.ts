import type { QueryCombination, Wildcard } from "minisearch";
import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Forms } from "../query/query.ts";
import type { PackedPart } from "./pack.ts";

/** A tree of MiniSearch's own; its leaves are spellings, folded already. `forms`: or any of a part's words that is one of these. */
export type Tree = string | Wildcard | (QueryCombination & { readonly forms?: Forms });

export interface Hit {
  readonly id: ItemId;
  readonly arrivedAt: Instant;
  /** BM25+, titles count twice */
  readonly score: number;
}

/** Some of the texts, each at a place that only its part knows. */
export interface Part {
  readonly size: number;
  /** @param rarityOf how rare a spelling is among many; absent: as it is among these */
  search(tree: Tree, rarityOf?: (spelling: string) => number): readonly Hit[];
  drop(id: ItemId, at: number): void;
  /** how many of the texts have a spelling */
  countOf(spelling: string): number;
  ids(): Iterable<ItemId>;
}

/**
 * Makes a part of items that hardly change any more. `name`: by which its maker finds it again, if it kept it.
 * @param placed each is read when its turn comes: all of them at once are tens of megabytes
 */
export type Pack = (placed: Iterable<Placed>) => Promise<{ readonly part: PackedPart; readonly name?: string }>;

/** A packed part by its name, and which of its items are no longer there: their places. */
export interface SealedPart {
  readonly name: string;
  readonly gone: readonly number[];
}

/** Found when it is packed. */
export function waitingPart() {
  const ids = new Set<ItemId>();
  return {
    isWaiting: true,
    ids: () => ids,
    put: (id: ItemId) => void ids.add(id),
    get size() {
      return ids.size;
    },
    search: () => [],
    countOf: () => 0,
    drop: (id: ItemId) => void ids.delete(id),
  };
}

import MiniSearch, { type Query as MiniSearchQuery } from "minisearch";
import type { ItemId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import { spellingsOf, termsOf } from "../query/query.ts";

/** A tree of MiniSearch's own; its leaves are spellings, folded already. */
export type Tree = MiniSearchQuery;

export interface FullText {
  /** `known` is what stood there before */
  put(item: Item, known: Item | undefined): void;
  drop(item: Item): void;
  search(tree: Tree): readonly Scored[];
}

/**
 * MiniSearch over titles and teasers. Old items are removed by their words rather than discarded by their id: that costs
 * a fraction of a millisecond, and no search meets remains that shift scores and wait to be vacuumed.
 */
export function fullText(): FullText {
  const index = new MiniSearch<Pick<Item, "id" | "title" | "teaser">>({
    fields: ["title", "teaser"],
    tokenize: termsOf,
    processTerm: (term) => [...spellingsOf(term)],
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: { title: 2 } },
  });

  return {
    put(item, known) {
      if (known?.title === item.title && known.teaser === item.teaser) return;
      if (known) index.remove(known);
      index.add(item);
    },
    drop: (item) => index.remove(item),
    // the ids are those that were put; copying thousands of hits to say so would cost more than finding them
    search: (tree) => index.search(tree) as readonly Scored[],
  };
}

interface Scored {
  readonly id: ItemId;
  /** BM25+, titles count twice */
  readonly score: number;
}

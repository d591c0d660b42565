import MiniSearch from "minisearch";
import type { ItemId } from "../model/ids.ts";
import { spellingsOf, termsOf } from "../query/query.ts";
import type { Part } from "./full-text.ts";
import type { Text } from "./pack.ts";
import { beginningWeight, TITLE_WEIGHT, TYPICAL } from "./packed-part.ts";

/** The newest texts, which come, change and go: MiniSearch over titles and teasers. */
export interface YoungPart extends Part {
  readonly texts: ReadonlyMap<ItemId, Text>;
  put(text: Text): void;
}

/**
 * Texts are removed by their words rather than discarded by their id: that costs a fraction of a millisecond, and no
 * search meets remains that shift scores and wait to be vacuumed.
 */
export function youngPart(): YoungPart {
  const texts = new Map<ItemId, Text>();
  const index = new MiniSearch<Text>({
    fields: ["title", "teaser"],
    tokenize: termsOf,
    processTerm: (term) => [...spellingsOf(term)],
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: { title: TITLE_WEIGHT } },
  });

  return {
    texts,
    put(text) {
      texts.set(text.id, text);
      index.add(text);
    },
    get size() {
      return texts.size;
    },
    drop(id) {
      const text = texts.get(id);
      if (text === undefined) return;
      texts.delete(id);
      index.remove(text);
    },
    search(tree, visit, rarityOf) {
      const rarities = new Map<string, number>();
      const rarity = (word: string): number => {
        const known = rarities.get(word) ?? rarityOf?.(word) ?? 0;
        rarities.set(word, known);
        return known;
      };
      for (const { id, score, match, queryTerms } of index.search(tree)) {
        const text = texts.get(id);
        if (text === undefined) continue;
        visit(id, rarityOf === undefined ? score : scoreOf(match, queryTerms, rarity), text.arrivedAt);
      }
    },
  };
}

/** A word is no rarer for being new: what ten texts tell of its rarity would put the newest below everything. */
function scoreOf(
  match: Readonly<Record<string, readonly string[]>>,
  asked: readonly string[],
  rarityOf: (word: string) => number,
): number {
  let score = 0;
  for (const [word, fields] of Object.entries(match)) {
    const begun = asked.reduce((longest, one) => (word.startsWith(one) ? Math.max(longest, one.length) : longest), 1);
    const places = fields.reduce((sum, field) => sum + (field === "title" ? TITLE_WEIGHT : 1), 0);
    score += rarityOf(word) * places * TYPICAL * beginningWeight(begun, word.length);
  }
  // the wildcard matches no word
  return score === 0 ? 1 : score;
}

import MiniSearch, { type Query } from "minisearch";
import type { ItemId } from "../model/ids.ts";
import { type Forms, isFormOf, spellingsOf, termsOf } from "../query/query.ts";
import type { Text } from "./pack.ts";
import { beginningWeight, TITLE_WEIGHT, TYPICAL } from "./packed-part.ts";
import type { Part, Tree } from "./part.ts";

/** Stems have as many letters at least. */
const SHORTEST_START = 3;

/** The newest texts, which come, change and go: MiniSearch over titles and teasers. */
export interface YoungPart extends Part {
  put(text: Text): void;
}

/**
 * Texts are removed by their words rather than discarded by their id: that costs a fraction of a millisecond, and no
 * search meets remains that shift scores and wait to be vacuumed.
 */
export function youngPart(): YoungPart {
  const texts = new Map<ItemId, Text>();
  /** all that were ever here, by their first letters */
  const words = new Map<string, Set<string>>();
  const index = new MiniSearch<Text>({
    fields: ["title", "teaser"],
    tokenize: termsOf,
    processTerm: (term) => noted(spellingsOf(term)),
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: { title: TITLE_WEIGHT } },
  });

  /** MiniSearch has the words and does not tell them. Those that have gone find nothing. */
  function noted(spellings: readonly string[]): string[] {
    for (const spelling of spellings) {
      const begun = spelling.slice(0, SHORTEST_START);
      const known = words.get(begun);
      if (known === undefined) words.set(begun, new Set([spelling]));
      else known.add(spelling);
    }
    return [...spellings];
  }

  const formsHere = (forms: Forms): readonly string[] => {
    const begun = new Set(forms.starts.map((start) => start.slice(0, SHORTEST_START)));
    return [...begun].flatMap((start) => [...(words.get(start) ?? [])].filter((word) => isFormOf(word, forms)));
  };

  function withForms(tree: Tree): Query {
    if (typeof tree === "string" || typeof tree === "symbol") return tree;
    const { forms, ...node } = tree;
    return { ...node, queries: [...new Set([...node.queries.map(withForms), ...(forms ? formsHere(forms) : [])])] };
  }

  return {
    ids: () => texts.keys(),
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
    countOf: (spelling) => index.search(spelling).length,
    search(tree, rarityOf) {
      const rarities = new Map<string, number>();
      const rarity = (word: string): number => {
        const known = rarities.get(word) ?? rarityOf?.(word) ?? 0;
        rarities.set(word, known);
        return known;
      };
      return index.search(withForms(tree)).flatMap(({ id, score: own, match, queryTerms }) => {
        const text = texts.get(id);
        const score = rarityOf === undefined ? own : scoreOf(match, queryTerms, rarity);
        return text === undefined ? [] : [{ id, score, arrivedAt: text.arrivedAt }];
      });
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

import type { Item } from "../model/item.ts";
import type { TextClause } from "./clause.ts";
import { spellingsOf, termsOf } from "./terms.ts";

/** The words of one text, each by its spellings. */
export type Words = readonly (readonly string[])[];

/** The texts of an item that a clause speaks of. */
export function textsOf(item: Item, where: TextClause["where"]): readonly Words[] {
  switch (where) {
    case "text":
      return wordsOf(item).text;
    case "title":
      return wordsOf(item).title;
    case "author":
      return (item.authors ?? []).map((author) => spelt(author.name ?? ""));
    case "category":
      return (item.categories ?? []).flatMap(({ term, label }) => [spelt(term), spelt(label ?? "")]);
    default:
      return where satisfies never;
  }
}

/** All spellings of all words of title and teaser. */
export const spellingsIn = (item: Item): ReadonlySet<string> => wordsOf(item).spellings;

interface ItemWords {
  readonly item: Item;
  readonly title: readonly Words[];
  readonly text: readonly Words[];
  readonly spellings: ReadonlySet<string>;
}

/** Topics ask about the same item one after the other; its words are cut once. Keeping more than one costs more than cutting. */
let lastCut: ItemWords | undefined;

function wordsOf(item: Item): ItemWords {
  if (lastCut?.item !== item) {
    const title = spelt(item.title);
    const teaser = spelt(item.teaser ?? "");
    const spellings = new Set([...title.flat(), ...teaser.flat()]);
    lastCut = { item, title: [title], text: [title, teaser], spellings };
  }
  return lastCut;
}

const spelt = (text: string): Words => termsOf(text).map(spellingsOf);

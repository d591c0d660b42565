import type { SectionId } from "../model/ids.ts";
import data from "./data/section-words.json" with { type: "json" };
import { CAPITAL, COMPOUND, type Reading } from "./features.ts";
import { type Stem, stemmerFor } from "./stems.ts";
import { UNIT } from "./vector.ts";

/**
 * Words that are typical of a section, so that a desk that has read nothing yet files the plain cases, and one that has
 * read a week still knows the words that this week did not need. Text of an unseen German publisher: 80.1 % → 82.0 %
 * right of the surest 60 %. data/section-words.json was written by hand, from what sections write about in any year; no
 * corpus was counted for it. It knows the ids of the sections that Ressort ships; a section of another name learns from
 * publishers alone.
 */
export interface SectionWords {
  /** as if a section's texts had had a term so often, in the order of the sections */
  readonly counts: ReadonlyMap<string, readonly number[]>;
  readonly totals: readonly number[];
}

/** A typical word weighs as much as eight texts' mentions of it; from four to sixteen little changes. */
const MENTIONS = 8;
/** What a term weighs in a text of some sixteen terms. */
const MENTION = UNIT / 4;

export function sectionWordsOf({ language }: Reading, sections: readonly SectionId[]): SectionWords {
  const typical = termsIn(language);
  const counts = new Map<string, number[]>();
  const totals = sections.map(() => 0);
  for (const [at, section] of sections.entries()) {
    for (const [term, weight] of typical.get(section) ?? []) {
      const known = counts.get(term) ?? sections.map(() => 0);
      known[at] = weight;
      counts.set(term, known);
      totals[at] = (totals[at] ?? 0) + weight;
    }
  }
  return { counts, totals };
}

type Typical = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** By language and section. Stemming them all takes some 60 ms. */
const READ = new Map<string, Typical>();
const NONE: Typical = new Map();

/** Reads the words of all languages, so that the first item of one need not wait for it. */
export function readSectionWords(): void {
  for (const language of Object.keys(data)) termsIn(language);
}

function termsIn(language: string): Typical {
  const words = Object.entries(data).find(([known]) => known === language)?.[1];
  if (words === undefined) return NONE;
  const known = READ.get(language);
  if (known !== undefined) return known;
  const stem = stemmerFor(language);
  const read = new Map(Object.entries(words).map(([section, all]) => [section, termsOfAll(all, language, stem)]));
  READ.set(language, read);
  return read;
}

/** The same terms that a text's words come to (src/desk/features.ts). */
function termsOfAll(words: string, language: string, stem: Stem): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const count = (term: string, kind: number) => terms.set(term, (terms.get(term) ?? 0) + MENTIONS * MENTION * kind);
  for (const word of words.split(" ")) {
    count(stem(word), 1);
    if (language === "de" && word.length >= COMPOUND.from)
      count(`${word.slice(0, COMPOUND.prefix)}*`, COMPOUND.weight / CAPITAL);
  }
  return terms;
}

import type { Stem } from "./stems.ts";
import { wordsOf } from "./words.ts";

/** Figures from facts/stories.md 6.5, each measured alone on German front pages. */
const TITLE_COUNTS = 2;
const TEASER_COUNTS = 1;
const TEASER_LENGTH = 300;
/** German writes nouns and names with a capital; verbs and adjectives tell less. */
export const CAPITAL = 1.5;
const NUMBER = 0.5;
/** German compounds meet in their beginnings: "Silvesterfeuerwerk", "Silvesternacht". */
export const COMPOUND = { from: 9, prefix: 6, weight: 0.5 };

export interface Reading {
  readonly language: string;
  readonly stem: Stem;
  readonly stops: ReadonlySet<string>;
}

/** What a term counts before its rarity: occurrences damped by a logarithm, times what kind of word it is. */
export interface Term {
  count: number;
  kind: number;
  /** as first written, for people */
  readonly surface: string;
}

export function termsOf(title: string, teaser: string, reading: Reading): ReadonlyMap<string, Term> {
  const terms = new Map<string, Term>();
  for (const word of wordsOf(title)) addWord(terms, word, TITLE_COUNTS, reading);
  for (const word of wordsOf(teaser.slice(0, TEASER_LENGTH))) addWord(terms, word, TEASER_COUNTS, reading);
  return terms;
}

function addWord(terms: Map<string, Term>, word: string, counts: number, reading: Reading): void {
  const lower = word.toLowerCase();
  if (reading.stops.has(lower) || (lower.length < 2 && lower < "\u3000")) return;
  const german = reading.language === "de";
  const kind = isNumber(lower) ? NUMBER : german && word !== lower ? CAPITAL : 1;
  add(terms, reading.stem(lower), counts, kind, word);
  if (german && lower.length >= COMPOUND.from && kind !== NUMBER) {
    add(terms, `${lower.slice(0, COMPOUND.prefix)}*`, counts, COMPOUND.weight, word);
  }
}

function add(terms: Map<string, Term>, term: string, counts: number, kind: number, surface: string): void {
  const known = terms.get(term);
  if (known === undefined) {
    terms.set(term, { count: counts, kind, surface });
    return;
  }
  known.count += counts;
  if (kind > known.kind) known.kind = kind;
}

const isNumber = (word: string): boolean => {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57;
};

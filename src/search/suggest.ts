import type { SearchResult } from "../model/found.ts";
import type { Instant } from "../model/time.ts";
import { formsOf, isFormOf, type Query, READER_LIMITS, showQuery, spellingsOf, termsOf } from "../query/query.ts";
import { aTurn } from "./a-turn.ts";
import type { SearchIndex } from "./search.ts";
import type { Search } from "./wording.ts";

/** In how many texts of one part of the index a spelling stands. */
export type Dictionary = (spelling: string) => number;

/** More is found than is worth asking back. */
export const FEW_HITS = 5;

/** Milliseconds: whoever mistyped waits for one answer already. */
const PATIENCE = 20;
/** Others wait no longer than this. */
const LONGEST_TURN = 5;
/** A shorter word has too many neighbours. */
const SHORTEST = 5;
/** A known word is asked back about only where its neighbour is so many times as common. */
const MUCH_MORE = 10;
/** Hits that are looked at for how the word is written. */
const SAMPLE = 20;

/**
 * What was probably meant by a search that found `total` items: bare words that are hardly known, replaced by their most
 * common neighbour (one letter more, less, other, or two swapped). Only what finds more is suggested.
 */
export async function suggestionFor(
  { query, wording }: Search,
  index: Pick<SearchIndex, "ask" | "dictionaries">,
  { total, now, signal }: { readonly total: number; readonly now: Instant; readonly signal?: AbortSignal | undefined },
): Promise<SearchResult["suggestion"]> {
  const words = new Set(bareWords(query));
  // a topic that is asked for has its own words, which nobody typed
  if (words.size > READER_LIMITS.terms) return undefined;
  const neighbours = await neighboursOf([...words], index.dictionaries());
  if (neighbours.size === 0) return undefined;
  const respelt = withWords(query, (term) => neighbours.get(term) ?? term);
  const found = await index.ask(respelt, { limit: SAMPLE, now, signal });
  if (found.total <= total) return undefined;
  const texts = found.hits.map(({ item }) => `${item.title} ${item.teaser ?? ""}`);
  const written = new Map([...neighbours].map(([term, spelling]) => [term, asWritten(spelling, texts)]));
  const text = wording(showQuery(withWords(query, (term) => written.get(term) ?? term)));
  return text === undefined ? undefined : { query: text, total: found.total };
}

function* bareWords(query: Query): Generator<string> {
  if (query.kind === "and" || query.kind === "or") for (const part of query.of) yield* bareWords(part);
  const word = bareWord(query);
  if (word !== undefined && word.length >= SHORTEST) yield word;
}

function bareWord(query: Query): string | undefined {
  if (query.kind !== "text" || query.where !== "text" || query.prefix) return undefined;
  const [word = "", ...more] = query.terms;
  // between quotation marks it is meant as it is
  const isBare = query.forms || formsOf(word).keys.size === 0;
  return isBare && more.length === 0 ? word : undefined;
}

function withWords(query: Query, wordFor: (term: string) => string): Query {
  if (query.kind === "and" || query.kind === "or")
    return { ...query, of: query.of.map((part) => withWords(part, wordFor)) };
  const word = bareWord(query);
  return word === undefined || query.kind !== "text" ? query : { ...query, terms: [wordFor(word)] };
}

/** For each word that has one its better known neighbour. The newest texts are asked first: with them time runs out last. */
async function neighboursOf(
  words: readonly string[],
  dictionaries: readonly Dictionary[],
): Promise<ReadonlyMap<string, string>> {
  const candidates = words.map((word) => {
    const spellings = spellingsOf(word);
    const forms = formsOf(word);
    // its forms were searched already
    const near = spellings.flatMap(neighbours).filter((one) => !isFormOf(one, forms));
    return { word, spellings, counts: new Map(near.map((one) => [one, 0])) };
  });
  const known = new Map<string, number>();
  const started = performance.now();
  let turn = started;
  for (const countOf of dictionaries) {
    for (const { word, spellings, counts } of candidates) {
      known.set(word, (known.get(word) ?? 0) + Math.max(...spellings.map(countOf)));
      for (const [spelling, count] of counts) counts.set(spelling, count + countOf(spelling));
    }
    if (performance.now() - started > PATIENCE) break;
    if (performance.now() - turn < LONGEST_TURN) continue;
    await aTurn();
    turn = performance.now();
  }
  return new Map(
    candidates.flatMap(({ word, counts }) => {
      const [best, count] = mostCommon(counts);
      return count > MUCH_MORE * (known.get(word) ?? 0) ? [[word, best] as const] : [];
    }),
  );
}

/** Of equals the first in the alphabet. */
function mostCommon(counts: ReadonlyMap<string, number>): readonly [string, number] {
  let best: readonly [string, number] = ["", 0];
  for (const one of counts) if (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0])) best = one;
  return best;
}

/** Of the scripts whose words are mistyped letter by letter; umlauts are folded when it comes to spellings. */
const ALPHABETS = ["abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзийклмнопрстуфхцчшщъыьэюя"];

/** All that is one mistyping away. */
function neighbours(spelling: string): readonly string[] {
  const alphabet = ALPHABETS.find((letters) => [...spelling].every((letter) => letters.includes(letter)));
  if (alphabet === undefined) return [];
  const near = new Set<string>();
  for (let at = 0; at <= spelling.length; at++) {
    const [before, after] = [spelling.slice(0, at), spelling.slice(at)];
    near.add(before + after.slice(1));
    near.add(`${before}${after[1] ?? ""}${after[0] ?? ""}${after.slice(2)}`);
    for (const letter of alphabet) {
      near.add(before + letter + after);
      near.add(before + letter + after.slice(1));
    }
  }
  near.delete(spelling);
  return [...near];
}

/** With its umlauts: as most of the texts have it. */
function asWritten(spelling: string, texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const term of texts.flatMap(termsOf))
    if (spellingsOf(term).includes(spelling)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return mostCommon(counts)[0] || spelling;
}

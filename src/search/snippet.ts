import type { Hit, Run } from "../model/found.ts";
import type { Item } from "../model/item.ts";
import { type Forms, formsOf, isFormOf, type Query, spellingsOf, type TextClause, termsOf } from "../query/query.ts";

export type Snippet = Pick<Hit, "title" | "teaser">;

/** Marks in titles and teasers what made the query hold: words that it wants, in any of their spellings. */
export function snippeter(query: Query): (item: Pick<Item, "title" | "teaser">) => Snippet {
  const clauses = [...wanted(query)].map(({ where, terms, prefix, forms }) => ({
    where,
    prefix,
    words: terms.map(spellingsOf),
    ...(forms && { forms: formsOf(terms[0] ?? "") }),
  }));
  const inTitle = byLetter(clauses);
  const inTeaser = byLetter(clauses.filter(({ where }) => where === "text"));
  return ({ title, teaser }) => ({
    title: runsOf(title, hitsIn(title, inTitle), { from: 0, to: title.length }),
    ...(teaser !== undefined && { teaser: excerpt(teaser, hitsIn(teaser, inTeaser)) }),
  });
}

/** A clause with its words as they may be spelt. */
interface Asked extends Pick<TextClause, "where" | "prefix"> {
  readonly words: readonly (readonly string[])[];
  /** the one word in any of its forms */
  readonly forms?: Forms;
}

/** A place in a text: [from, to). */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The words that an item is found by, not those that it must not have. */
function* wanted(query: Query): Generator<TextClause> {
  if (query.kind === "text" && (query.where === "text" || query.where === "title")) yield query;
  if (query.kind === "and" || query.kind === "or") for (const part of query.of) yield* wanted(part);
}

/** By the letters that their first words begin with: a topic that is asked for may have hundreds of words. */
type ByLetter = ReadonlyMap<string | undefined, ReadonlySet<Asked>>;

function byLetter(clauses: readonly Asked[]): ByLetter {
  const map = new Map<string | undefined, Set<Asked>>();
  for (const clause of clauses)
    for (const [letter] of [...(clause.words[0] ?? []), ...(clause.forms?.starts ?? [])])
      map.set(letter, (map.get(letter) ?? new Set()).add(clause));
  return map;
}

/** In order, none inside another. */
function hitsIn(text: string, clauses: ByLetter): readonly Span[] {
  const terms = clauses.size === 0 ? [] : termsOf(text);
  const words = terms.map(spellingsOf);
  const found = words.flatMap((spellings, at) =>
    [...new Set(spellings.flatMap(([letter]) => [...(clauses.get(letter) ?? [])]))]
      .filter((clause) => stands(words, at, clause))
      .map((clause) => ({ first: at, last: at + clause.words.length - 1 })),
  );
  if (found.length === 0) return [];
  const places = placesIn(text, terms, new Set(found.flatMap(({ first, last }) => [first, last])));
  const spans = found.map(({ first, last }) => ({ from: places[first]?.from ?? 0, to: places[last]?.to ?? 0 }));
  return merged(spans.sort((a, b) => a.from - b.from));
}

/** As `matches` has it: side by side, each word in one of its spellings, the last perhaps only begun. */
const stands = (words: Asked["words"], start: number, { words: asked, prefix, forms }: Asked): boolean =>
  asked.every((spellings, n) => {
    const known = words[start + n] ?? [];
    if (forms && known.some((word) => isFormOf(word, forms))) return true;
    const isBegun = prefix && n === asked.length - 1;
    return spellings.some((one) => (isBegun ? known.some((word) => word.startsWith(one)) : known.includes(one)));
  });

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.to) all.push(span);
    else all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return all;
}

/** A word as it is written, with what is not seen inside it. */
const WRITTEN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00ad\u200c\u2060\ufeff]|\u200d)*/gu;
const CHARACTER = /\P{M}\p{M}*/gu;
/** No term reaches over a blank, so what stands between two is cut as it would be in the whole text. */
const CHUNK = /\S+/g;

/** Where a text's terms stand; `checked` are those that matter. */
function placesIn(text: string, terms: readonly string[], checked: ReadonlySet<number>): readonly Span[] {
  const written = writtenIn(text);
  const isTerm = (at: number): boolean => {
    const { from, to } = written[at] ?? { from: 0, to: 0 };
    return termsOf(text.slice(from, to)).join(" ") === terms[at];
  };
  return written.length === terms.length && [...checked].every(isTerm) ? written : placesByChunk(text);
}

const writtenIn = (text: string): readonly Span[] =>
  [...text.matchAll(WRITTEN)].map(({ 0: word, index }) => ({ from: index, to: index + word.length }));

/** For texts in which what is written is not one by one what is searched. */
const placesByChunk = (text: string): readonly Span[] =>
  [...text.matchAll(CHUNK)].flatMap(({ 0: chunk, index }) => {
    const terms = termsOf(chunk);
    const places = placesOf(chunk, terms.length);
    return terms.map((_, n) => {
      const { from, to } = places[n] ?? { from: 0, to: chunk.length };
      return { from: index + from, to: index + to };
    });
  });

/** Of each term of a chunk; none where the terms are not what is written ("½" is two): then the chunk is their place. */
function placesOf(chunk: string, terms: number): readonly Span[] {
  const written = writtenIn(chunk);
  if (written.length === terms) return written;
  const places = written.flatMap((place) => pairsIn(chunk.slice(place.from, place.to), place));
  return places.length === terms ? places : [];
}

/** Scripts without blanks come as pairs of characters, each of them a term. */
function pairsIn(word: string, place: Span): readonly Span[] {
  const characters = [...word.matchAll(CHARACTER)].map(({ 0: text, index }) => ({
    from: place.from + index,
    to: place.from + index + text.length,
  }));
  const isPairs = termsOf(word).length === characters.length - 1;
  return isPairs ? characters.slice(1).map(({ to }, n) => ({ from: characters[n]?.from ?? to, to })) : [place];
}

/** Characters of a teaser that are shown, and how many of them before the first hit. */
const SHOWN = 300;
const BEFORE = 80;
/** No blank is looked for further away. */
const NEAR = 40;

function excerpt(text: string, hits: readonly Span[]): readonly Run[] {
  if (text.length <= SHOWN) return runsOf(text, hits, { from: 0, to: text.length });
  const first = hits[0]?.from ?? 0;
  const wish = first < SHOWN - BEFORE ? 0 : Math.min(first - BEFORE, text.length - SHOWN);
  const from = wish === 0 ? 0 : wordStart(text, wish);
  const to = from + SHOWN >= text.length ? text.length : wordEnd(text, from + SHOWN);
  const runs = runsOf(text, hits, { from, to });
  return [...(from > 0 ? [{ text: "… " }] : []), ...runs, ...(to < text.length ? [{ text: " …" }] : [])];
}

function wordStart(text: string, at: number): number {
  const blank = text.slice(at, at + NEAR).search(/\s/);
  return blank < 0 ? whole(text, at) : at + blank + 1;
}

function wordEnd(text: string, at: number): number {
  const tail = text.slice(at - NEAR, at);
  const blank = tail.search(/\s\S*$/);
  return blank < 0 ? whole(text, at) : at - NEAR + blank;
}

/** Not between the halves of a character (UTF-16). */
const whole = (text: string, at: number): number => (/^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at);

/** What stands between `from` and `to`, cut where hits begin and end. */
function runsOf(text: string, hits: readonly Span[], { from, to }: Span): readonly Run[] {
  const runs: Run[] = [];
  let at = from;
  for (const hit of hits) {
    const [start, end] = [Math.max(hit.from, at), Math.min(hit.to, to)];
    if (start >= end) continue;
    if (start > at) runs.push({ text: text.slice(at, start) });
    runs.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < to) runs.push({ text: text.slice(at, to) });
  return runs;
}

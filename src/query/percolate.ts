import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { type Anchor, anchorsOf } from "./anchors.ts";
import type { Query, TextClause } from "./clause.ts";
import { basesOf, mayBeForm, stemKeysOf } from "./forms.ts";
import { spellingsIn, textsOf } from "./item-words.ts";
import { matches } from "./matches.ts";

/** For an item, which of many queries hold: in the order in which they were given. */
export type Percolator<Asked> = (placed: Placed, now: Instant) => readonly Asked[];

/**
 * Indexes queries as a search engine indexes items: an item's words lead to the queries that need one of them, and only
 * those are asked whether they hold (percolation, as in Elasticsearch; the choice of what a query needs is Luwak's
 * presearcher). The answer is that of `matches`, always.
 */
export function percolator<Asked extends { readonly query: Query }>(all: readonly Asked[]): Percolator<Asked> {
  const index = indexOf(all);
  return (placed, now) => {
    const sure = new Set<number>();
    const likely = new Set(index.always);
    for (const { at, suffices } of candidates(index, placed)) (suffices ? sure : likely).add(at);
    for (const at of likely) {
      const asked = sure.has(at) ? undefined : all[at];
      if (asked !== undefined && matches(asked.query, placed, now)) sure.add(at);
    }
    return [...sure].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
  };
}

interface Candidate {
  readonly at: number;
  readonly suffices: boolean;
}

interface Index {
  /** queries of which nothing is known in advance */
  readonly always: readonly number[];
  /** by "field value" */
  readonly values: ReadonlyMap<string, readonly Candidate[]>;
  /** of each text that any query asks for by words */
  readonly texts: readonly (readonly [TextClause["where"], TextIndex])[];
}

interface TextIndex {
  readonly words: Map<string, Candidate[]>;
  readonly beginnings: Map<string, Candidate[]>;
  /** how long the beginnings are */
  readonly lengths: Set<number>;
  /** by a form's key */
  readonly forms: Map<string, Candidate[]>;
  /** of all forms: a word that has none of them need not be stemmed */
  readonly bases: Set<string>;
}

function indexOf(all: readonly { readonly query: Query }[]): Index {
  const always: number[] = [];
  const values = new Map<string, Candidate[]>();
  const texts = new Map(TEXTS.map((where) => [where as string, emptyText()] as const));
  for (const [at, { query }] of all.entries()) {
    const anchors = anchorsOf(query);
    if (anchors === undefined) always.push(at);
    for (const anchor of anchors ?? []) {
      const candidate = { at, suffices: anchor.suffices };
      const text = texts.get(anchor.where);
      if (text === undefined) push(values, `${anchor.where} ${anchor.what}`, candidate);
      else enter(text, anchor, candidate);
    }
  }
  const asked = TEXTS.flatMap((where) => {
    const text = texts.get(where);
    return text === undefined || isEmpty(text) ? [] : [[where, text] as const];
  });
  return { always, values, texts: asked };
}

const TEXTS = ["text", "author", "category"] as const;

const emptyText = (): TextIndex => ({
  ...{ words: new Map(), beginnings: new Map(), lengths: new Set(), forms: new Map(), bases: new Set() },
});

const isEmpty = ({ words, beginnings, forms }: TextIndex): boolean => words.size + beginnings.size + forms.size === 0;

function enter(text: TextIndex, { kind, what }: Anchor, candidate: Candidate): void {
  if (kind === "beginning") text.lengths.add(what.length);
  if (kind === "form") for (const base of basesOf(what)) text.bases.add(base);
  push(kind === "form" ? text.forms : kind === "beginning" ? text.beginnings : text.words, what, candidate);
}

function push(map: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [candidate]);
  else known.push(candidate);
}

function* candidates(index: Index, placed: Placed): Generator<Candidate> {
  for (const value of valuesOf(placed)) yield* index.values.get(value) ?? [];
  for (const [where, text] of index.texts) for (const word of wordsIn(placed.item, where)) yield* asking(text, word);
}

function* asking(text: TextIndex, word: string): Generator<Candidate> {
  yield* text.words.get(word) ?? [];
  for (const length of text.lengths) if (length <= word.length) yield* text.beginnings.get(word.slice(0, length)) ?? [];
  if (text.bases.size > 0 && mayBeForm(word, text.bases))
    for (const key of stemKeysOf(word)) yield* text.forms.get(key) ?? [];
}

const wordsIn = (item: Item, where: TextClause["where"]): Iterable<string> =>
  where === "text" ? spellingsIn(item) : textsOf(item, where).flat(2);

/** "de-at" is asked for as "de-at" and as "de". */
function valuesOf({ item, decision }: Placed): readonly string[] {
  const subtags = item.language?.split("-") ?? [];
  return [
    `publisher ${item.publisher}`,
    `feed ${item.feed}`,
    ...[decision.section ?? [], decision.alsoIn ?? []].flat().map((section) => `section ${section}`),
    ...subtags.map((_, n) => `lang ${subtags.slice(0, n + 1).join("-")}`),
  ];
}

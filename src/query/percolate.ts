import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { type Anchor, anchorsOf } from "./anchors.ts";
import type { Query, TextClause } from "./clause.ts";
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
  /** by "where what" */
  readonly words: ReadonlyMap<string, readonly Candidate[]>;
  readonly beginnings: ReadonlyMap<string, readonly Candidate[]>;
  readonly values: ReadonlyMap<string, readonly Candidate[]>;
  /** how long the beginnings are, shortest first */
  readonly lengths: readonly number[];
  /** the texts that any query asks for by words */
  readonly wheres: readonly TextClause["where"][];
}

function indexOf(all: readonly { readonly query: Query }[]): Index {
  const always: number[] = [];
  const by = { word: new Map(), beginning: new Map(), value: new Map() } satisfies Record<
    Anchor["kind"],
    Map<string, Candidate[]>
  >;
  const lengths = new Set<number>();
  const wheres = new Set<string>();
  for (const [at, { query }] of all.entries()) {
    const anchors = anchorsOf(query);
    if (anchors === undefined) always.push(at);
    for (const { kind, where, what, suffices } of anchors ?? []) {
      push(by[kind], `${where} ${what}`, { at, suffices });
      if (kind === "beginning") lengths.add(what.length);
      if (kind !== "value") wheres.add(where);
    }
  }
  return {
    ...{ always, words: by.word, beginnings: by.beginning, values: by.value },
    lengths: [...lengths].sort((a, b) => a - b),
    wheres: TEXTS.filter((where) => wheres.has(where)),
  };
}

const TEXTS = ["text", "author", "category"] as const;

function push(map: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [candidate]);
  else known.push(candidate);
}

function* candidates(index: Index, placed: Placed): Generator<Candidate> {
  for (const value of valuesOf(placed)) yield* index.values.get(value) ?? [];
  for (const where of index.wheres)
    for (const word of wordsIn(placed.item, where)) {
      yield* index.words.get(`${where} ${word}`) ?? [];
      for (const length of index.lengths) {
        if (length > word.length) break;
        yield* index.beginnings.get(`${where} ${word.slice(0, length)}`) ?? [];
      }
    }
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

import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import { spellingsOf, termsOf } from "../query/query.ts";
import { type Dictionary, packDictionary } from "./dictionary.ts";
import { type Glimpses, packGlimpses } from "./glimpses.ts";
import { pushNumber } from "./numbers.ts";
import { packRecords, type Records } from "./records.ts";

/** What of an item is searched. */
export type Text = Pick<Item, "id" | "arrivedAt" | "title" | "teaser">;

export const textIn = ({ id, arrivedAt, title, teaser }: Item): Text => ({
  id,
  arrivedAt,
  title,
  ...(teaser !== undefined && { teaser }),
});

/**
 * Items that hardly change any more, and an index of their texts in a few buffers: the spellings of all words in the order
 * of their bytes, and for each who has it. A twentieth of what the same postings take as maps, and a plain value: it can
 * be made in a thread and kept in a file.
 */
export interface PackedPart {
  readonly glimpses: Glimpses;
  readonly records: Records;
  readonly dictionary: Dictionary;
  /** for each spelling: how many have it, then one after the other how far on its item is, and how often it has it */
  readonly postings: Uint8Array;
  /** words of the title and of the teaser, in turn */
  readonly lengths: Uint16Array;
}

export function pack(placed: readonly Placed[]): PackedPart {
  const lengths = new Uint16Array(2 * placed.length);
  const byWord = new Map<string, Having>();
  for (const [n, { item }] of placed.entries()) {
    const { title, teaser = "" } = item;
    const times = new Map<string, number>();
    lengths[2 * n] = count(title, IN_TITLE, times);
    lengths[2 * n + 1] = count(teaser, IN_TEASER, times);
    for (const [spelling, both] of times) add(byWord, spelling, n, both);
  }
  const sorted = [...byWord]
    .map(([word, having]) => ({ word: Buffer.from(word), postings: postingsOf(having) }))
    .sort((a, b) => Buffer.compare(a.word, b.word));
  return {
    glimpses: packGlimpses(placed),
    records: packRecords(placed),
    dictionary: packDictionary(sorted),
    postings: joined(sorted.map(({ postings }) => postings)),
    lengths,
  };
}

/** Who has a word, as it will be stored. */
interface Having {
  count: number;
  last: number;
  readonly bytes: number[];
}

const LONGEST = 0xffff;
/** More often than this is as good as often. Both counts share a byte. */
const MOST = 15;
const IN_TITLE = 4;
const IN_TEASER = 0;

/** @returns how many words the text has */
function count(text: string, shift: number, times: Map<string, number>): number {
  const terms = termsOf(text);
  for (const term of terms)
    for (const spelling of spellingsOf(term)) {
      const known = times.get(spelling) ?? 0;
      if (((known >> shift) & MOST) < MOST) times.set(spelling, known + (1 << shift));
    }
  return Math.min(LONGEST, terms.length);
}

function add(byWord: Map<string, Having>, spelling: string, item: number, times: number): void {
  let having = byWord.get(spelling);
  if (having === undefined) {
    having = { count: 0, last: 0, bytes: [] };
    byWord.set(spelling, having);
  }
  pushNumber(having.bytes, item - having.last);
  having.bytes.push(times);
  having.last = item;
  having.count++;
}

function postingsOf({ count: having, bytes }: Having): Uint8Array {
  const start: number[] = [];
  pushNumber(start, having);
  return Uint8Array.from([...start, ...bytes]);
}

function joined(buffers: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(buffers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const buffer of buffers) {
    all.set(buffer, at);
    at += buffer.length;
  }
  return all;
}

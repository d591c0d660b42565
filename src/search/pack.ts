import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import { spellingsOf, termsOf } from "../query/query.ts";
import { type Dictionary, packDictionary } from "./dictionary.ts";
import { type Glimpses, packGlimpses } from "./glimpses.ts";
import { type ByteLine, byteLine } from "./numbers.ts";
import { packRecords, type Records } from "./records.ts";
import { type Entry, wordBook } from "./word-book.ts";

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

export function pack(all: Iterable<Placed>): PackedPart {
  const placed = [...all];
  return { glimpses: packGlimpses(placed), ...packTexts(placed), records: packRecords(placed) };
}

function packTexts(placed: readonly Placed[]): Pick<PackedPart, "dictionary" | "postings" | "lengths"> {
  const lengths = new Uint16Array(2 * placed.length);
  const words = wordBook();
  for (const [n, { item }] of placed.entries()) {
    const { title, teaser = "" } = item;
    const counts = new Map<string, number>();
    lengths[2 * n] = count(title, IN_TITLE, counts);
    lengths[2 * n + 1] = count(teaser, IN_TEASER, counts);
    for (const [spelling, times] of counts) words.add(spelling, { item: n, times });
  }
  const postings = byteLine();
  const dictionary = packDictionary(writtenOut(words.entries(), postings));
  return { dictionary, postings: postings.bytes(), lengths };
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

/** Each word with the length of its postings, which are written meanwhile. */
function* writtenOut(
  entries: Iterable<Entry>,
  postings: ByteLine,
): Generator<{ readonly word: Uint8Array; readonly postings: number }> {
  for (const { word, having } of entries) {
    const from = postings.length;
    postings.pushNumber(having.length);
    let last = 0;
    for (const { item, times } of having) {
      postings.pushNumber(item - last);
      postings.push(times);
      last = item;
    }
    yield { word, postings: postings.length - from };
  }
}

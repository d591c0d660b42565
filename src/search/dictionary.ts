import { byteLine, readNumber } from "./numbers.ts";

/**
 * All spellings of a part in the order of their bytes (UTF-8), end to end. Of each: how many bytes it shares with the one
 * before, how many others it has, those, and how long its postings are. What every sixteenth shares is not left out, so
 * that a search can begin there.
 */
export interface Dictionary {
  readonly words: Uint8Array;
  /** of every sixteenth word: where it begins, and where its postings do */
  readonly wordStarts: Uint32Array;
  readonly postingStarts: Uint32Array;
  /** bytes */
  readonly longest: number;
}

export interface Word {
  /** until the next word is read */
  readonly bytes: Buffer;
  readonly length: number;
  /** its postings are there: [from, to) */
  readonly from: number;
  readonly to: number;
}

const BLOCK = 16;
const NOTHING: Uint8Array = new Uint8Array();

/** @param sorted words, and how many bytes their postings are */
export function packDictionary(sorted: Iterable<{ readonly word: Uint8Array; readonly postings: number }>): Dictionary {
  const words = byteLine();
  const [wordStarts, postingStarts]: [number[], number[]] = [[], []];
  let [count, posting, longest] = [0, 0, 0];
  let before = NOTHING;
  for (const { word, postings } of sorted) {
    if (count++ % BLOCK === 0) {
      wordStarts.push(words.length);
      postingStarts.push(posting);
      before = NOTHING;
    }
    const shared = sharedBy(before, word);
    words.pushNumber(shared);
    words.pushNumber(word.length - shared);
    for (const byte of word.subarray(shared)) words.push(byte);
    words.pushNumber(postings);
    posting += postings;
    longest = Math.max(longest, word.length);
    before = word;
  }
  return {
    words: words.bytes(),
    wordStarts: Uint32Array.from(wordStarts),
    postingStarts: Uint32Array.from(postingStarts),
    longest,
  };
}

/** Words that begin so, in their order. */
export function* beginningWith(
  { words, wordStarts, postingStarts, longest }: Dictionary,
  asked: Uint8Array,
): Generator<Word> {
  const bytes = Buffer.allocUnsafe(longest);
  const block = Math.max(0, firstFrom(words, wordStarts, asked) - 1);
  const cursor = { at: wordStarts[block] ?? 0 };
  let to = postingStarts[block] ?? 0;
  while (cursor.at < words.length) {
    let length = readNumber(words, cursor);
    for (let own = readNumber(words, cursor); own > 0; own--) bytes[length++] = words[cursor.at++] ?? 0;
    const from = to;
    to += readNumber(words, cursor);
    const order = orderOf(bytes, length, asked);
    if (order > 0) return;
    if (order === 0) yield { bytes, length, from, to };
  }
}

function sharedBy(one: Uint8Array, other: Uint8Array): number {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  return shared;
}

/** The first block that does not begin before `asked`, by bisection. */
function firstFrom(words: Uint8Array, wordStarts: Uint32Array, asked: Uint8Array): number {
  let [low, high] = [0, wordStarts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    // it shares nothing: a byte says so
    const cursor = { at: (wordStarts[middle] ?? 0) + 1 };
    const length = readNumber(words, cursor);
    if (orderOf(words, length, asked, cursor.at) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Before (-1) or after (1) all that begins with `asked`, or 0: it does. */
function orderOf(bytes: Uint8Array, length: number, asked: Uint8Array, start = 0): -1 | 0 | 1 {
  for (let n = 0; n < asked.length; n++) {
    if (n === length) return -1;
    const [one, other] = [bytes[start + n] ?? 0, asked[n] ?? 0];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

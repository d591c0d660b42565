import MiniSearch from "minisearch";
import type { ItemId } from "../model/ids.ts";
import type { Part, Tree } from "./full-text.ts";
import type { PackedPart } from "./pack.ts";

export interface OpenPart extends Part {
  readonly ids: readonly ItemId[];
  /** how rare a spelling is here (BM25's idf) */
  rarityOf(spelling: string): number;
}

/** BM25+, as MiniSearch has it. */
const K = 1.2;
const B = 0.7;
const D = 0.5;
/** A word that was only begun weighs less, the less the more of it is missing (MiniSearch's weights). */
const BEGUN = 0.375;
const MISSING = 0.3;

export const TITLE_WEIGHT = 2;
export const beginningWeight = (asked: number, found: number): number =>
  found === asked ? 1 : (BEGUN * found) / (found + MISSING * (found - asked));

/** What a word that stands there once is worth in a text of usual length. */
export const TYPICAL = D + 1;

interface Wanted {
  readonly title: boolean;
  readonly teaser: boolean;
  readonly prefix: boolean;
}

/** Answers the same trees as MiniSearch, with scores of the same kind. */
export function openPart(part: PackedPart): OpenPart {
  const { ids, arrivals, lengths } = part;
  const words = Buffer.from(part.words.buffer, part.words.byteOffset, part.words.byteLength);
  const gone = new Uint8Array(ids.length);
  const [titleNorms, teaserNorms] = [normsOf(lengths, 0), normsOf(lengths, 1)];
  let size = ids.length;

  const startOf = (ends: Uint32Array, n: number): number => (n === 0 ? 0 : (ends[n - 1] ?? 0));

  function scoresOf(tree: Tree, wanted: Wanted): Float32Array {
    if (tree === MiniSearch.wildcard) return new Float32Array(ids.length).fill(1);
    if (typeof tree === "string") return wordScores(tree, wanted);
    if (typeof tree === "symbol") throw new TypeError("no tree of ours");
    const fields = tree.fields ?? ["title", "teaser"];
    const inner = {
      title: wanted.title && fields.includes("title"),
      teaser: wanted.teaser && fields.includes("teaser"),
      prefix: tree.prefix === undefined ? wanted.prefix : tree.prefix === true,
    };
    return combined(
      tree.combineWith ?? "OR",
      tree.queries.map((query) => scoresOf(query as Tree, inner)),
    );
  }

  function wordScores(spelling: string, wanted: Wanted): Float32Array {
    const scores = new Float32Array(ids.length);
    const asked = Buffer.from(spelling);
    for (let n = firstFrom(words, part.wordEnds, asked); n < part.wordEnds.length; n++) {
      const word = words.subarray(startOf(part.wordEnds, n), part.wordEnds[n]);
      const isIt = wanted.prefix ? word.subarray(0, asked.length).equals(asked) : word.equals(asked);
      if (!isIt) break;
      addPostings(scores, n, wanted, beginningWeight(asked.length, word.length));
      if (!wanted.prefix) break;
    }
    return scores;
  }

  function addPostings(scores: Float32Array, word: number, { title, teaser }: Wanted, weight: number): void {
    const { postings, postingEnds } = part;
    const cursor = { at: startOf(postingEnds, word) };
    const end = postingEnds[word] ?? 0;
    const worth = weight * rarity(readNumber(postings, cursor), ids.length);
    for (let item = 0; cursor.at < end; ) {
      item += readNumber(postings, cursor);
      const times = postings[cursor.at++] ?? 0;
      const inTitle = title ? times >> 4 : 0;
      const inTeaser = teaser ? times & 0xf : 0;
      let score = 0;
      if (inTitle > 0) score += TITLE_WEIGHT * frequency(inTitle, titleNorms[item] ?? K);
      if (inTeaser > 0) score += frequency(inTeaser, teaserNorms[item] ?? K);
      if (score > 0) scores[item] = (scores[item] ?? 0) + worth * score;
    }
  }

  return {
    ids,
    search(tree, visit) {
      const scores = scoresOf(tree, { title: true, teaser: true, prefix: false });
      for (let n = 0; n < scores.length; n++) {
        const score = scores[n] ?? 0;
        const id = ids[n];
        if (score > 0 && gone[n] === 0 && id !== undefined) visit(id, score, arrivals[n] ?? 0);
      }
    },
    drop(_, at) {
      if (gone[at] === 0) size--;
      gone[at] = 1;
    },
    get size() {
      return size;
    },
    rarityOf(spelling) {
      const asked = Buffer.from(spelling);
      const n = firstFrom(words, part.wordEnds, asked);
      const start = startOf(part.wordEnds, n);
      const isThere = n < part.wordEnds.length && words.subarray(start, part.wordEnds[n]).equals(asked);
      const count = isThere ? readNumber(part.postings, { at: startOf(part.postingEnds, n) }) : 0;
      return rarity(count, ids.length);
    },
  };
}

const rarity = (having: number, all: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

const frequency = (times: number, norm: number): number => D + (times * (K + 1)) / (times + norm);

/** What a text of such a length takes off: long ones have every word by chance. */
function normsOf(lengths: Uint16Array, field: number): Float32Array {
  const count = lengths.length / 2;
  let sum = 0;
  for (let n = 0; n < count; n++) sum += lengths[2 * n + field] ?? 0;
  const mean = Math.max(1, sum / count);
  return Float32Array.from({ length: count }, (_, n) => K * (1 - B + (B * (lengths[2 * n + field] ?? 0)) / mean));
}

function combined(how: string, all: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = all;
  for (const other of others)
    for (let n = 0; n < first.length; n++) first[n] = combinedScore(how, first[n] ?? 0, other[n] ?? 0);
  return first;
}

function combinedScore(how: string, one: number, other: number): number {
  switch (how) {
    case "AND":
      return one > 0 && other > 0 ? one + other : 0;
    case "AND_NOT":
      return other > 0 ? 0 : one;
    default:
      return one + other;
  }
}

/** The first word that is not before `asked`, by bisection. */
function firstFrom(words: Buffer, ends: Uint32Array, asked: Buffer): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = middle === 0 ? 0 : (ends[middle - 1] ?? 0);
    if (words.compare(asked, 0, asked.length, start, ends[middle] ?? 0) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readNumber(bytes: Uint8Array, cursor: { at: number }): number {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}

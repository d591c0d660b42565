import MiniSearch from "minisearch";
import type { ItemId } from "../model/ids.ts";
import { type Forms, isFormOf } from "../query/query.ts";
import { beginningWith, type Word } from "./dictionary.ts";
import { glimpseAt } from "./glimpses.ts";
import type { Source } from "./item-shelf.ts";
import { readNumber } from "./numbers.ts";
import type { PackedPart } from "./pack.ts";
import type { Hit, Part, Tree } from "./part.ts";
import { readRecord } from "./records.ts";
import { eitherOf, giveBack, keepCommon, type Scores, takeOut, takeScores } from "./scores.ts";

export interface OpenPart extends Part, Source {
  /** in the order of their places */
  ids(): readonly ItemId[];
  /** places of those that were dropped */
  gone(): readonly number[];
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

/** A tree as this part knows it: words by their postings. `most`: it cannot have more hits. */
type Asked =
  | { readonly how: "words"; readonly words: readonly FoundWord[]; readonly wanted: Wanted; readonly most: number }
  | { readonly how: "all"; readonly most: number }
  | { readonly how: "AND" | "OR" | "AND_NOT"; readonly of: readonly Asked[]; readonly most: number };

/** Where its postings are, and what they weigh. */
interface FoundWord extends Pick<Word, "from" | "to"> {
  readonly weight: number;
}

/**
 * Answers the same trees as MiniSearch, with scores of the same kind. The dictionary is sorted by bytes, so all words that
 * begin alike stand side by side; the forms of a word are found that way, too.
 */
export function openPart(part: PackedPart): OpenPart {
  const { dictionary, glimpses, lengths, postings } = part;
  const count = glimpses.ids.length;
  const gone = new Uint8Array(count);
  const [titleNorms, teaserNorms] = [normsOf(lengths, 0), normsOf(lengths, 1)];
  let size = count;

  const having = ({ from }: FoundWord): number => readNumber(postings, { at: from });

  function askedOf(tree: Tree, wanted: Wanted): Asked {
    if (tree === MiniSearch.wildcard) return { how: "all", most: count };
    if (typeof tree === "string") return askedWords(wordsOf(tree, wanted.prefix), wanted);
    if (typeof tree === "symbol") throw new TypeError("no tree of ours");
    const fields = tree.fields ?? ["title", "teaser"];
    const inner = {
      title: wanted.title && fields.includes("title"),
      teaser: wanted.teaser && fields.includes("teaser"),
      prefix: tree.prefix === undefined ? wanted.prefix : tree.prefix === true,
    };
    const of = tree.queries.map((query) => askedOf(query as Tree, inner));
    const forms = tree.forms === undefined ? [] : [askedWords([...formsHere(tree.forms, tree.queries)], inner)];
    return together(tree.combineWith ?? "OR", [...of, ...forms]);
  }

  function askedWords(found: readonly FoundWord[], wanted: Wanted): Asked {
    return { how: "words", words: found, wanted, most: found.reduce((sum, word) => sum + having(word), 0) };
  }

  function wordsOf(spelling: string, prefix: boolean): readonly FoundWord[] {
    const found: FoundWord[] = [];
    const asked = Buffer.from(spelling);
    for (const { length, from, to } of beginningWith(dictionary, asked)) {
      if (!prefix && length > asked.length) break;
      found.push({ from, to, weight: beginningWeight(asked.length, length) });
    }
    return found;
  }

  /** @param known words that are asked for already */
  function* formsHere(forms: Forms, known: readonly unknown[]): Generator<FoundWord> {
    for (const start of forms.starts)
      for (const { bytes, length, from, to } of beginningWith(dictionary, Buffer.from(start))) {
        if (length > forms.longest) continue;
        const word = bytes.toString("latin1", 0, length);
        if (isFormOf(word, forms) && !known.includes(word)) yield { from, to, weight: 1 };
      }
  }

  /** @param among only these matter; undefined: nothing is found */
  function scoresOf(asked: Asked, among?: Scores): Scores | undefined {
    if (asked.most === 0) return undefined;
    if (asked.how === "all") return takeScores(count).fill(1);
    if (asked.how === "words") return wordScores(asked.words, asked.wanted, among);
    const [first, ...others] = asked.of;
    const scores = first && scoresOf(first, among);
    if (asked.how === "OR") return others.reduce((sum, other) => eitherOf(sum, scoresOf(other, among)), scores);
    if (scores === undefined) return undefined;
    for (const other of others) {
      const further = scoresOf(other, scores);
      if (asked.how === "AND_NOT") takeOut(scores, further);
      else if (further === undefined || !keepCommon(scores, further)) {
        giveBack(scores);
        return undefined;
      }
    }
    return scores;
  }

  function wordScores(found: readonly FoundWord[], wanted: Wanted, among?: Scores): Scores {
    const scores = takeScores(count);
    for (const word of found) addPostings(scores, word, wanted, among);
    return scores;
  }

  function addPostings(
    scores: Float32Array,
    { from, to, weight }: FoundWord,
    { title, teaser }: Wanted,
    among: Float32Array | undefined,
  ): void {
    const cursor = { at: from };
    const worth = weight * rarity(readNumber(postings, cursor), count);
    for (let item = 0; cursor.at < to; ) {
      item += readNumber(postings, cursor);
      const times = postings[cursor.at++] ?? 0;
      if (among?.[item] === 0) continue;
      const inTitle = title ? times >> 4 : 0;
      const inTeaser = teaser ? times & 0xf : 0;
      let score = 0;
      if (inTitle > 0) score += TITLE_WEIGHT * frequency(inTitle, titleNorms[item] ?? K);
      if (inTeaser > 0) score += frequency(inTeaser, teaserNorms[item] ?? K);
      if (score > 0) scores[item] = (scores[item] ?? 0) + worth * score;
    }
  }

  function countOf(spelling: string): number {
    return wordsOf(spelling, false).reduce((sum, word) => sum + having(word), 0);
  }

  return {
    ids: () => glimpses.ids,
    countOf,
    rarityOf: (spelling) => rarity(countOf(spelling), count),
    gone: () => [...gone.keys()].filter((at) => gone[at] === 1),
    read: (at) => readRecord(part.records, at),
    glimpse: (at) => glimpseAt(glimpses, at),
    search(tree) {
      const scores = scoresOf(askedOf(tree, { title: true, teaser: true, prefix: false }));
      const hits: Hit[] = [];
      for (let n = 0; scores !== undefined && n < count; n++) {
        const score = scores[n] ?? 0;
        const id = glimpses.ids[n];
        if (score > 0 && gone[n] === 0 && id !== undefined)
          hits.push({ id, score, arrivedAt: glimpses.arrivals[n] ?? 0 });
      }
      giveBack(scores);
      return hits;
    },
    drop(_, at) {
      if (gone[at] === 0) size--;
      gone[at] = 1;
    },
    get size() {
      return size;
    },
  };
}

/** Of an AND the part that the fewest have comes first: the others are looked at for those few only. */
function together(how: string, of: readonly Asked[]): Asked {
  const [first] = of;
  const all = of.map(({ most }) => most);
  switch (how) {
    case "AND":
      return { how: "AND", of: of.toSorted((one, other) => one.most - other.most), most: Math.min(...all) };
    case "AND_NOT":
      return { how: "AND_NOT", of, most: first?.most ?? 0 };
    default:
      return { how: "OR", of, most: all.reduce((sum, most) => sum + most, 0) };
  }
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

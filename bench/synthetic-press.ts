import { feedId, itemId, publisherId, storyId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import { MINUTE } from "../src/model/time.ts";
import { chanceFrom } from "../tests/support/chance.ts";

const FIRST_ARRIVAL = Date.parse("2026-01-01T00:00:00Z");

/** Items whose words are spread as in a language: a few everywhere, most hardly anywhere. The same for the same count. */
export function syntheticPress(count: number): {
  readonly items: readonly Placed[];
  readonly wordOfRank: (rank: number) => string;
} {
  const random = chanceFrom(20260301);
  const vocabulary = compounds(random);
  const pick = zipf(vocabulary.length, random);
  const words = (length: number): string => Array.from({ length }, () => vocabulary[pick()] ?? "").join(" ");
  const items = Array.from({ length: count }, (_, i) => anItem(i, words(6 + (i % 7)), words(45 + (i % 31))));
  return { items, wordOfRank: (rank) => vocabulary[rank] ?? "" };
}

function anItem(i: number, title: string, teaser: string): Placed {
  const id = itemId(`i${i}`);
  const iri = `https://press.example/${i}`;
  const publisher = publisherId(`paper-${i % 40}`);
  const feed = feedId(`paper-${i % 40}-all`);
  const arrivedAt = FIRST_ARRIVAL + i * MINUTE;
  return {
    item: { id, iri, feed, publisher, title, teaser, arrivedAt, revision: 0, digest: iri },
    decision: { item: id, story: storyId(`s${i}`), storyIri: iri, reasons: [] },
  };
}

const ONSETS = "b bl br d dr f fl g gr h j k kl kr l m n p pf pr r s sch schl sp st str t tr v w z zw".split(" ");
const NUCLEI = "a e i o u ä ö ü au ei ie eu".split(" ");
const CODAS = " ch ck f ft g ld lt m n nd ng nk r rt s sch st tz".split(" ");

/** German-like words of one to three syllables that compound: the stems many share with others, as in real news. */
function compounds(random: () => number): readonly string[] {
  const oneOf = (choice: readonly string[]): string => choice[Math.floor(random() * choice.length)] ?? "";
  const syllable = (): string => oneOf(ONSETS) + oneOf(NUCLEI) + oneOf(CODAS);
  const stems = Array.from({ length: 5000 }, (_, i) => syllable() + (i % 3 > 0 ? syllable() : ""));
  const words = new Set(stems);
  while (words.size < VOCABULARY) words.add(oneOf(stems) + oneOf(stems));
  return [...words];
}

const VOCABULARY = 200_000;

/** Draws ranks: the word of rank r comes with a probability of 1/r. */
function zipf(size: number, random: () => number): () => number {
  const sums = new Float64Array(size);
  for (let rank = 0, sum = 0; rank < size; rank++) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  const total = sums[size - 1] ?? 0;
  return () => firstAbove(sums, random() * total);
}

function firstAbove(sums: Float64Array, drawn: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] ?? 0) < drawn) low = middle + 1;
    else high = middle;
  }
  return low;
}

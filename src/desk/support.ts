import type { Centroid } from "./centroid.ts";
import type { EverydayWords } from "./everyday-words.ts";
import { UNIT, type Vector } from "./vector.ts";

/** What a likeness rests on: parts of the cosine. */
export interface Support {
  /** without places and everyday words */
  readonly telling: number;
  /** the same kind of thing at the same place: the smaller of what everyday words and places give */
  readonly thereAndThen: number;
  /** the same without the one word that tells most */
  readonly second: number;
}

/** Terms that begin alike ("silvest", "silves*") are one word's. */
const FAMILY = 5;

/**
 * One shared name is no story ("Magdeburg", "Eintracht"), nor are everyday words: without a look at what a likeness
 * rests on, accidents, fires and weather chain into stories of hundreds of items.
 */
export function supportOfText(vector: Vector, centroid: Centroid, everyday: EverydayWords): Support {
  const length = UNIT * Math.sqrt(centroid.square);
  return supportOf(
    vector.terms.map((term, at) => [term, ((vector.weights[at] ?? 0) * (centroid.sum.get(term) ?? 0)) / length]),
    everyday,
  );
}

/** The same for two stories. */
export function supportOfStories(a: Centroid, b: Centroid, everyday: EverydayWords): Support {
  const [small, large] = a.sum.size < b.sum.size ? [a, b] : [b, a];
  const length = Math.sqrt(a.square * b.square);
  return supportOf(
    [...small.sum].map(([term, weight]) => [term, (weight * (large.sum.get(term) ?? 0)) / length]),
    everyday,
  );
}

function supportOf(shares: readonly (readonly [term: string, share: number])[], everyday: EverydayWords): Support {
  const families = new Map<string, number>();
  let [places, templates, telling, most] = [0, 0, 0, 0];
  for (const [term, share] of shares) {
    if (share === 0) continue;
    if (everyday.places.has(term)) {
      places += share;
      continue;
    }
    if (everyday.templates.has(term)) {
      templates += share;
      continue;
    }
    const family = term.slice(0, FAMILY);
    const ofFamily = (families.get(family) ?? 0) + share;
    families.set(family, ofFamily);
    telling += share;
    most = Math.max(most, ofFamily);
  }
  return { telling, second: telling - most, thereAndThen: Math.min(places, templates) };
}

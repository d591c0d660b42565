import { byWeight, UNIT, type Vector } from "./vector.ts";

/** The sum of the vectors of a story's texts. Its direction is what the story is about. */
export interface Centroid {
  readonly sum: Map<string, number>;
  /** of the sum's length */
  square: number;
}

/** Long stories meet hundreds of words once; they keep those that return. */
const MOST_TERMS = 400;
const KEPT_TERMS = 300;

export const newCentroid = (): Centroid => ({ sum: new Map(), square: 0 });

export function addVector(centroid: Centroid, vector: Vector): void {
  vector.terms.forEach((term, at) => {
    addTerm(centroid, term, vector.weights[at] ?? 0);
  });
}

export function addCentroid(centroid: Centroid, other: Centroid): void {
  for (const [term, weight] of other.sum) addTerm(centroid, term, weight);
}

export function removeVector(centroid: Centroid, vector: Vector): void {
  vector.terms.forEach((term, at) => {
    const left = (centroid.sum.get(term) ?? 0) - (vector.weights[at] ?? 0);
    if (left > 0) centroid.sum.set(term, left);
    else centroid.sum.delete(term);
  });
  centroid.square = squareOf(centroid.sum);
}

/** @returns the terms that were dropped */
export function trim(centroid: Centroid): readonly string[] {
  if (centroid.sum.size <= MOST_TERMS) return [];
  const lightest = [...centroid.sum].sort(byWeight).slice(KEPT_TERMS);
  for (const [term] of lightest) centroid.sum.delete(term);
  centroid.square = squareOf(centroid.sum);
  return lightest.map(([term]) => term);
}

/** Cosine of a text to a story, 0 to 1. */
export function likeness(vector: Vector, centroid: Centroid): number {
  if (centroid.square <= 0) return 0;
  let dot = 0;
  for (let at = 0; at < vector.terms.length; at += 1) {
    const weight = centroid.sum.get(vector.terms[at] ?? "");
    if (weight !== undefined) dot += weight * (vector.weights[at] ?? 0);
  }
  return dot / (UNIT * Math.sqrt(centroid.square));
}

/** Cosine of two stories, 0 to 1. */
export function likenessOfStories(a: Centroid, b: Centroid): number {
  if (a.square <= 0 || b.square <= 0) return 0;
  const [small, large] = a.sum.size < b.sum.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [term, weight] of small.sum) dot += weight * (large.sum.get(term) ?? 0);
  return dot / Math.sqrt(a.square * b.square);
}

function addTerm(centroid: Centroid, term: string, weight: number): void {
  const before = centroid.sum.get(term) ?? 0;
  centroid.sum.set(term, before + weight);
  centroid.square += weight * (2 * before + weight);
}

function squareOf(sum: ReadonlyMap<string, number>): number {
  let square = 0;
  for (const weight of sum.values()) square += weight * weight;
  return square;
}

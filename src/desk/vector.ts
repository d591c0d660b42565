/**
 * A text as weighted terms, heaviest first, of length UNIT. Weights are whole numbers, so that sums of them are exact:
 * adding and taking away in any order ends at the same centroid, and a snapshot is short.
 */
export interface Vector {
  readonly terms: readonly string[];
  readonly weights: readonly number[];
}

export const UNIT = 1000;

/** Of equal weights the term decides, so that the order never depends on a Map's. */
export function vectorOf(weighted: ReadonlyMap<string, number>): Vector {
  let square = 0;
  for (const weight of weighted.values()) square += weight * weight;
  const scale = square === 0 ? 0 : UNIT / Math.sqrt(square);
  const pairs = [...weighted].map(([term, weight]) => [term, Math.round(weight * scale)] as const);
  const heaviest = pairs.filter(([, weight]) => weight > 0).sort(byWeight);
  return { terms: heaviest.map(([term]) => term), weights: heaviest.map(([, weight]) => weight) };
}

export const byWeight = ([termA, a]: readonly [string, number], [termB, b]: readonly [string, number]): number =>
  b - a || (termA < termB ? -1 : 1);

/** The first so many by weight, without sorting all. */
export function heaviest(weights: ReadonlyMap<string, number>, count: number): readonly (readonly [string, number])[] {
  const top: [string, number][] = [];
  for (const one of weights) {
    const last = top[count - 1];
    if (last !== undefined && byWeight(last, one) < 0) continue;
    let at = Math.min(top.length, count - 1);
    for (let above = top[at - 1]; above !== undefined && byWeight(one, above) < 0; above = top[at - 1]) {
      top[at] = above;
      at -= 1;
    }
    top[at] = one;
  }
  return top;
}

/** How like each other two texts are, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  const weights = new Map(b.terms.map((term, at) => [term, b.weights[at] ?? 0]));
  const dot = a.terms.reduce((sum, term, at) => sum + (a.weights[at] ?? 0) * (weights.get(term) ?? 0), 0);
  return dot / (UNIT * UNIT);
}

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

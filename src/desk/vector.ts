/** A text as weighted terms, heaviest first, of length 1. */
export interface Vector {
  readonly terms: readonly string[];
  readonly weights: readonly number[];
}

export const EMPTY_VECTOR: Vector = { terms: [], weights: [] };

/** Of equal weights the term decides, so that the order never depends on a Map's. */
export function vectorOf(weighted: ReadonlyMap<string, number>): Vector {
  const pairs = [...weighted].filter(([, weight]) => weight > 0);
  if (pairs.length === 0) return EMPTY_VECTOR;
  pairs.sort(([termA, a], [termB, b]) => b - a || (termA < termB ? -1 : 1));
  const length = Math.sqrt(pairs.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return { terms: pairs.map(([term]) => term), weights: pairs.map(([, weight]) => weight / length) };
}

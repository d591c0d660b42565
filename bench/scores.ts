export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of the pairs that were put together how many belong together, and the reverse. Items without a label count as alone. */
export function pairwise(found: readonly string[], wanted: readonly (string | undefined)[]): Score {
  const labels = wanted.map((label, n) => label ?? `alone ${n}`);
  const both = pairsIn(found.map((key, n) => `${key}\n${labels[n]}`));
  return scoreOf(both / Math.max(1, pairsIn(found)), both / Math.max(1, pairsIn(labels)));
}

/** BCubed (Bagga and Baldwin 1998): pairwise, but each item counts the same whatever the size of its group. */
export function bcubed(found: readonly string[], wanted: readonly string[]): Score {
  const both = counted(found.map((key, n) => `${key}\n${wanted[n]}`));
  const [keys, labels] = [counted(found), counted(wanted)];
  let [precision, recall] = [0, 0];
  for (const [n, key] of found.entries()) {
    const shared = both.get(`${key}\n${wanted[n]}`) ?? 0;
    precision += shared / (keys.get(key) ?? 1);
    recall += shared / (labels.get(wanted[n] ?? "") ?? 1);
  }
  return scoreOf(precision / found.length, recall / found.length);
}

export function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const pairsIn = (keys: readonly string[]): number =>
  [...counted(keys).values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);

const scoreOf = (precision: number, recall: number): Score => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
});

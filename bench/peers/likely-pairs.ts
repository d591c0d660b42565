/**
 * Pairs of sets that may share at least `least` of the larger one: two such sets have one of their rarest members in
 * common (prefix filter; Chaudhuri et al., ICDE 2006). The caller verifies. Each pair once, the later one first.
 */
export function* likelyPairs(
  sets: readonly ReadonlySet<string>[],
  least: number,
): Generator<readonly [later: number, earlier: number]> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const member of set) counts.set(member, (counts.get(member) ?? 0) + 1);
  const holders = new Map<string, number[]>();
  for (const [at, set] of sets.entries()) {
    const rarest = [...set].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1));
    const prefix = rarest.slice(0, Math.floor((1 - least) * set.size) + 1);
    const met = new Set<number>();
    for (const member of prefix) {
      for (const earlier of holders.get(member) ?? []) met.add(earlier);
      const list = holders.get(member);
      if (list === undefined) holders.set(member, [at]);
      else list.push(at);
    }
    for (const earlier of met) yield [at, earlier];
  }
}

export function sharedBy(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const member of small) if (large.has(member)) shared += 1;
  return shared;
}

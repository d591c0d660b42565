/** Groups that grow together (union-find). `most`: a union that would be larger is refused. */
export function groupsOf(count: number, most = Number.POSITIVE_INFINITY) {
  const parents = Array.from({ length: count }, (_, n) => n);
  const sizes = new Array<number>(count).fill(1);
  const rootOf = (of: number): number => {
    let at = of;
    for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
      parents[at] = parents[up] ?? up;
      at = up;
    }
    return at;
  };
  return {
    join(one: number, other: number): void {
      const [into, from] = [rootOf(one), rootOf(other)].sort((a, b) => a - b) as [number, number];
      const size = (sizes[into] ?? 1) + (sizes[from] ?? 1);
      if (into === from || size > most) return;
      parents[from] = into;
      sizes[into] = size;
    },
    keys: (): readonly string[] => parents.map((_, n) => String(rootOf(n))),
  };
}

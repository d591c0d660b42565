/** The same numbers for the same seed, on every machine. */
export interface Random {
  /** a whole number from 0, less than this */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<Thing>(things: readonly Thing[]): Thing;
}

/** Mulberry32 (Tommy Ettinger, public domain): small, and random enough to break documents. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (things) => {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new RangeError("nothing to pick from");
      return thing;
    },
  };
}

/**
 * How many times longer a work takes on ten times the size: about 10 where it is linear, 100 where it is quadratic. The
 * fastest of some runs counts, for others use the machine, too.
 */
export function growth(size: number, work: (size: number) => void): number {
  const fastest = (n: number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now();
      work(n);
      least = Math.min(least, performance.now() - started);
    }
    return least;
  };
  return fastest(10 * size) / Math.max(SHORTEST, fastest(size));
}

const RUNS = 4;
/** Milliseconds: what is shorter than this was not measured. */
const SHORTEST = 1;

/** Between linear and quadratic, nearer to the former. */
export const LINEAR = 40;

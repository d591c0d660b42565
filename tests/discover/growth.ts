import process from "node:process";

/** Between linear and quadratic, nearer to the former. */
export const LINEAR = 40;

/**
 * How many times longer a work takes on ten times the size: about 10 where it is linear, 100 where it is quadratic. This
 * thread's own time on a processor counts, and the least of some runs: others use the machine and its caches, too.
 */
export function growth(size: number, work: (size: number) => void): number {
  let [ten, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < RUNS && (run === 0 || 10 * large >= LINEAR * ten); run++) {
    ten = Math.min(
      ten,
      timeOf(10, () => work(size)),
    );
    large = Math.min(
      large,
      timeOf(1, () => work(10 * size)),
    );
  }
  return (10 * large) / ten;
}

const RUNS = 6;

/** Milliseconds, never zero. */
function timeOf(times: number, work: () => void): number {
  const before = process.threadCpuUsage();
  for (let time = 0; time < times; time++) work();
  const { user, system } = process.threadCpuUsage(before);
  return Math.max(1, user + system) / 1000;
}

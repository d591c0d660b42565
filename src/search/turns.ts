import type { Duration } from "../model/time.ts";

/** What a search may use, and whether anybody still waits for it. */
interface Bounds {
  /** processor time */
  readonly budget: Duration;
  readonly signal?: AbortSignal | undefined;
}

/** Others wait no longer than this and one step. */
const LONGEST_TURN = 5;

/** However many have work to do, others wait for one turn of one of them: one a round of the event loop, in order. */
export function turns() {
  let last = Promise.resolve();

  function nextTurn(): Promise<void> {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  }

  return {
    /** @returns what the steps come to */
    async inTurns<Made>(steps: Iterator<void, Made>): Promise<Made> {
      for (;;) {
        await nextTurn();
        const step = turn(steps);
        if (step.done) return step.value;
      }
    },

    /** @returns whether that was all; false: the budget is used up, or nobody waits any more */
    async within({ budget, signal }: Bounds, steps: Iterator<void>): Promise<boolean> {
      for (let left = budget; ; ) {
        await nextTurn();
        if (signal?.aborted) return false;
        const before = process.threadCpuUsage();
        if (turn(steps).done) return true;
        left -= millisecondsSince(before);
        if (left <= 0) return false;
      }
    },
  };
}

function turn<Made>(steps: Iterator<void, Made>): IteratorResult<void, Made> {
  const begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done || performance.now() - begun >= LONGEST_TURN) return step;
  }
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

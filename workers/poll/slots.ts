/** So many polls at once in this process. */
export function openSlots(count: number) {
  let free = count;
  let waiting: (() => void)[] = [];
  let emptied: (() => void) | undefined;

  return {
    /** Waits until one is free at least. @returns how many were taken, at most `wanted` */
    async take(wanted: number): Promise<number> {
      while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const taken = Math.min(free, wanted);
      free -= taken;
      return taken;
    },

    give(given = 1): void {
      free += given;
      const woken = waiting;
      waiting = [];
      // what ends at one moment is handed on together
      if (woken.length > 0) setImmediate(() => wakeAll(woken));
      if (free === count) emptied?.();
    },

    /** Resolves once nothing is under way. */
    async empty(): Promise<void> {
      if (free < count) await new Promise<void>((resolve) => (emptied = resolve));
    },
  };
}

export type Slots = ReturnType<typeof openSlots>;

function wakeAll(woken: readonly (() => void)[]): void {
  for (const wake of woken) wake();
}

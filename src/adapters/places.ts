/** So many places; who comes when all are taken waits for one, in order. */
export function openPlaces(count: number) {
  let free = count;
  const waiting = new Set<() => void>();

  function give(): void {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  }

  /** @returns false where the signal aborted first */
  function turn(signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isOurs: boolean) => {
        waiting.delete(enter);
        signal?.removeEventListener("abort", leave);
        resolve(isOurs);
      };
      const enter = () => end(true);
      const leave = () => end(false);
      waiting.add(enter);
      signal?.addEventListener("abort", leave);
    });
  }

  return {
    /** @returns the place, which is free again once disposed of; undefined where the signal aborts before there is one */
    async take(signal?: AbortSignal): Promise<Disposable | undefined> {
      if (signal?.aborted) return undefined;
      if (free > 0) free -= 1;
      else if (!(await turn(signal))) return undefined;
      const place = new DisposableStack();
      place.defer(give);
      return place;
    },
  };
}

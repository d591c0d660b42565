import type { Redis } from "ioredis";
import type { Duration } from "../model/time.ts";
import type { Keys } from "./keys.ts";

/** What the request budget comes to, reckoned by one worker at a time and read by all. */
export function cadenceStore(redis: Redis, keys: Keys) {
  return {
    /** what a feed with one item a day waits; undefined until it was reckoned */
    async read(): Promise<Duration | undefined> {
      const interval = Number(await redis.get(keys.cadence));
      return interval > 0 && Number.isFinite(interval) ? interval : undefined;
    },
    async write(intervalAtOneADay: Duration): Promise<void> {
      await redis.set(keys.cadence, intervalAtOneADay);
    },
    /** @returns whether it is ours to reckon; then nobody else's for so long */
    async takeTurn(length: Duration): Promise<boolean> {
      return (await redis.set(keys.cadenceTurn, "taken", "PX", length, "NX")) === "OK";
    },
  };
}

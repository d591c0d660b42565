import type { Redis } from "ioredis";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { redisScript } from "./redis-script.ts";

const enterScript = redisScript("enter-host");

export interface HostLimits {
  readonly gap: Duration;
  readonly concurrency: number;
  /** a request that did not say goodbye (its worker was killed) is forgotten after this */
  readonly longest: Duration;
}

/** How often and how many at once a host is asked, counted over all workers. */
export function hostGate(redis: Redis, keys: Keys, limits: HostLimits) {
  return {
    /** @returns 0 = go, else how long to wait before asking again */
    async enter(host: string, token: string, now: Instant): Promise<Duration> {
      const args = [now, limits.gap, limits.concurrency, token, limits.longest];
      return Number(await enterScript(redis, [keys.hostActive(host), keys.hostNext(host)], args));
    },
    async leave(host: string, token: string): Promise<void> {
      await redis.zrem(keys.hostActive(host), token);
    },
    /** 429: the whole host is left alone. */
    async close(host: string, now: Instant, until: Instant): Promise<void> {
      const closedUntil = Number((await redis.get(keys.hostNext(host))) ?? 0);
      if (until > closedUntil) await redis.set(keys.hostNext(host), until, "PX", Math.max(1, until - now));
    },
  };
}

export type HostGate = ReturnType<typeof hostGate>;

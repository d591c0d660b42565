import type { Redis } from "ioredis";
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from "../model/time.ts";
import type { Keys } from "./keys.ts";

export interface SharedClock extends Disposable {
  now(): Instant;
}

interface ClockOptions {
  /** this machine's clock */
  readonly own?: () => Instant;
  /** told once when the two begin to differ */
  readonly onDifference?: (ahead: Duration) => void;
}

/** Within this the machine's own clock is as good. */
const TOLERANCE: Duration = SECOND;
const ASKED_EVERY: Duration = MINUTE;
/** Questions at the start until an answer comes soon enough to be believed. */
const MOST_TRIES = 5;

/**
 * The time of Redis, which all who share it share. An item that came from a machine whose clock is a year ahead would
 * be the newest for a year, and everything else too old to be looked at.
 */
export async function sharedClock(redis: Redis, options: ClockOptions = {}): Promise<SharedClock> {
  const { own = Date.now, onDifference } = options;
  let measured: { readonly at: Instant; readonly since: number } | undefined;
  let isTold = false;

  async function ask(): Promise<void> {
    const asked = performance.now();
    const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
    const answered = performance.now();
    // it waited for a Redis that was away, or we were busy: when in between the time was told, nobody knows
    if (answered - asked > TOLERANCE) return;
    const since = (asked + answered) / 2;
    measured = { at: seconds * SECOND + Math.floor(micros / 1000), since };
    const ahead = own() - shared(measured);
    if (Math.abs(ahead) > TOLERANCE && !isTold) onDifference?.(ahead);
    isTold = Math.abs(ahead) > TOLERANCE;
  }

  const shared = ({ at, since }: { readonly at: Instant; readonly since: number }): Instant =>
    Math.round(at + performance.now() - since);

  for (let tries = 0; measured === undefined && tries < MOST_TRIES; tries += 1) await ask();
  // while Redis is away, what was measured last goes on
  const timer = setInterval(() => void ask().catch(() => undefined), ASKED_EVERY).unref();
  return {
    now() {
      const mine = own();
      const theirs = measured === undefined ? mine : shared(measured);
      return Math.abs(mine - theirs) > TOLERANCE ? theirs : mine;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** A clock that went wrong is put right within this. */
const AGREED_AFTER: Duration = DAY;
/** Noted hours: a clock that is ahead for a day pushes none of the day before out. */
const MOST_HOURS = 50;

/** Notes the hour. What this clock has not reached yet was said by one that was ahead, and is forgotten. */
export async function noteHour(redis: Redis, { clockHours }: Keys, now: Instant): Promise<void> {
  const hour = now - (now % HOUR);
  await redis.zremrangebyscore(clockHours, `(${now}`, "+inf");
  await redis.zadd(clockHours, hour, String(hour));
  await redis.zremrangebyrank(clockHours, 0, -MOST_HOURS - 1);
}

/**
 * The latest hour that was noted a day ago or longer: the time by which things are old enough to be deleted for good.
 * The clock that noted it may have been wrong, and the one that is asked now, but not both for a day.
 * @returns 0 where none was noted
 */
export async function agreedHour(redis: Redis, { clockHours }: Keys, now: Instant): Promise<Instant> {
  const [agreed = 0] = await redis.zrevrangebyscore(clockHours, now - AGREED_AFTER, "-inf", "LIMIT", 0, 1);
  return Number(agreed);
}

import type { Log } from "../src/adapters/log.ts";
import { type RefusedWrite, refusalOf } from "../src/adapters/redis-trouble.ts";
import { type Duration, SECOND } from "../src/model/time.ts";

const ASKED_EVERY: Duration = 2 * SECOND;

/**
 * Whether Redis takes what is written: on a full disk it goes on answering, and a web role, which writes next to nothing,
 * would hear of no trouble. Said once when it begins and once when it is over; what else is refused meanwhile is not
 * logged by itself.
 * @param write a small one, which may be done over and over
 */
export function watchWrites(write: () => Promise<unknown>, log: Log) {
  let refusal: RefusedWrite | undefined;
  let isAsking = false;

  async function ask(): Promise<void> {
    // one that waits for a Redis that is away learns enough when it is back
    if (isAsking) return;
    isAsking = true;
    try {
      await write();
      if (refusal !== undefined) log.info("redis.takes-again");
      refusal = undefined;
    } catch (error) {
      const found = refusalOf(error);
      if (found !== undefined && refusal === undefined) log.warn({ ...found }, "redis.refuses");
      refusal = found ?? refusal;
    } finally {
      isAsking = false;
    }
  }

  const timer = setInterval(() => void ask(), ASKED_EVERY).unref();
  return {
    /** none while all is well */
    reasons: (): readonly string[] => (refusal === undefined ? [] : [`${refusal.what}: ${refusal.wayOut}`]),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

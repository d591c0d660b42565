import { Redis } from "ioredis";
import { type Duration, SECOND } from "../model/time.ts";

/** Redis answers a blocking command a moment after its time is over. */
const OVERDUE: Duration = 2 * SECOND;

/** Whoever cannot wait for Redis to come back waits no longer for its answer either: it may hang. */
const PATIENCE: Duration = 2 * SECOND;

/** Where the one database is: a URL, or the unix socket of the embedded server. */
export type RedisAddress = { readonly url: string } | { readonly path: string };

/**
 * A client that comes back by itself after an outage. Commands wait for it (`patient`: BullMQ's workers and the desk
 * need that) or fail at once, so that whoever asked can answer from memory; what has failed is never sent again.
 */
export function openRedis(
  address: RedisAddress,
  options: {
    readonly patient: boolean;
    readonly name: string;
    /** what is asked at one moment goes out in one write: for many small questions that wait for nothing */
    readonly gathers?: boolean;
    readonly onError: (error: Error) => void;
  },
): Redis {
  const settings = {
    connectionName: options.name,
    ...(options.patient ? { maxRetriesPerRequest: null } : { maxRetriesPerRequest: 0, commandTimeout: PATIENCE }),
    enableOfflineQueue: options.patient,
    enableAutoPipelining: options.gathers ?? false,
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
  };
  const redis = "url" in address ? new Redis(address.url, settings) : new Redis({ ...settings, path: address.path });
  redis.on("error", options.onError);
  return redis;
}

/**
 * A read that waits up to `wait` for something to read. Redis counts that by the time of day: put back by two hours, it
 * would wait for two hours more. So it is counted here as well, and the read goes on over a new connection.
 * @param read a blocking command of `blocking`, which may be sent twice
 */
export async function readInTime<T>(blocking: Redis, wait: Duration, read: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // one that is away comes back by itself
    if (blocking.status !== "ready") return;
    blocking.emit("error", new Error(`Redis kept a reader waiting for longer than ${wait} ms: connected anew`));
    blocking.disconnect(true);
  }, wait + OVERDUE);
  try {
    return await read();
  } finally {
    clearInterval(timer);
  }
}

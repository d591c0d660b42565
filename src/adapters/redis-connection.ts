import { Redis } from "ioredis";

/** Where the one database is: a URL, or the unix socket of the embedded server. */
export type RedisAddress = { readonly url: string } | { readonly path: string };

/**
 * A client that comes back by itself after an outage. Commands wait for it (`patient`: BullMQ's workers and the desk
 * need that) or fail at once, so that whoever asked can answer from memory.
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
    maxRetriesPerRequest: options.patient ? null : 1,
    enableOfflineQueue: options.patient,
    enableAutoPipelining: options.gathers ?? false,
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
  };
  const redis = "url" in address ? new Redis(address.url, settings) : new Redis({ ...settings, path: address.path });
  redis.on("error", options.onError);
  return redis;
}

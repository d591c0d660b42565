import type { Redis } from "ioredis";
import { deskStore } from "../src/adapters/desk-store.ts";
import { documentStore } from "../src/adapters/document-store.ts";
import { RedisUnavailableError, startEmbeddedRedis } from "../src/adapters/embedded-redis.ts";
import { feedStore } from "../src/adapters/feed-store.ts";
import { itemStore } from "../src/adapters/item-store.ts";
import { keysUnder } from "../src/adapters/keys.ts";
import { type Log, openLog } from "../src/adapters/log.ts";
import { membershipStore } from "../src/adapters/membership-store.ts";
import { openMetrics } from "../src/adapters/metrics.ts";
import { quarantineStore } from "../src/adapters/quarantine-store.ts";
import { openRedis, type RedisAddress } from "../src/adapters/redis-connection.ts";
import { refusalOf } from "../src/adapters/redis-trouble.ts";
import { sharedClock } from "../src/adapters/shared-clock.ts";
import { topicStore } from "../src/adapters/topic-store.ts";
import type { Settings } from "../src/model/settings.ts";
import { OperatorError } from "./command.ts";
import { openQueues } from "./queues.ts";
import { VERSION } from "./version.ts";
import { watchWrites } from "./watch-writes.ts";

/** The layout of what lies in Redis. A newer one than ours is refused: it would be read wrongly. */
const SCHEMA = 1;
const REDIS_PATIENCE_MS = 5000;

export type World = Awaited<ReturnType<typeof openWorld>>;

/**
 * Everything of the outside that a role may reach for.
 * @param daemon what people know it by: it must own its private Redis; commands share that of another
 */
export async function openWorld(settings: Settings, role: string, daemon?: string) {
  const log = openLog(settings.logLevel, role);
  const redisAway = onRedisError(log);
  const metrics = openMetrics(VERSION);
  // closes what is open where the rest cannot be opened
  await using stack = new AsyncDisposableStack();
  const server = await redisServer(settings, log, daemon);
  stack.defer(server.stop);
  const connectIn = (closing: AsyncDisposableStack, name: string, patient: boolean, gathers = false): Redis => {
    const client = openRedis(server.address, { name: `ressort-${name}`, patient, gathers, onError: redisAway });
    closing.defer(() => client.disconnect());
    return client;
  };
  const connect = (name: string, patient: boolean, gathers = false) => connectIn(stack, name, patient, gathers);

  const redis = connect("main", true);
  await checkRedis(redis, settings).catch((error: unknown) => {
    const refusal = refusalOf(error);
    throw refusal === undefined ? error : new OperatorError(`${refusal.what}.\nWay out: ${refusal.wayOut}.`);
  });
  const keys = keysUnder(settings.redisPrefix);
  const blocking = connect("desk", true);
  const gathering = connect("feeds", true, true);
  const queues = openQueues(connect("queues", true), `${settings.redisPrefix}:bull`);
  stack.defer(() => queues.close());
  for (const queue of queues.all) queue.on("error", redisAway);

  const clock = stack.use(
    await sharedClock(redis, {
      onDifference: (ahead) => log.warn({ aheadMs: ahead }, "clock.differs-from-redis"),
    }),
  );
  // it stands there: nothing is changed by this, not even on the disk
  const writes = stack.use(watchWrites(() => redis.setnx(schemaKey(settings), SCHEMA), log));
  const kept = stack.move();
  return {
    settings,
    log,
    metrics,
    redis,
    keys,
    queues,
    connect: (name: string, patient: boolean) => connectIn(kept, name, patient),
    redisAway,
    /** why Redis takes nothing that is written, where that is so, and the way out */
    refusedWrites: writes.reasons,
    /** for whoever leaves in haste; otherwise it is stopped last of all */
    stopRedis: server.stop,
    /** for the many small questions of polls */
    gathering,
    feeds: feedStore(gathering, keys),
    items: itemStore(redis, keys),
    desk: deskStore(redis, blocking, keys),
    documents: documentStore(redis, keys),
    topics: topicStore(redis, keys),
    memberships: membershipStore(redis, keys),
    quarantine: quarantineStore(redis, keys),
    now: clock.now,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The operator's, or a private one that is ours to stop. */
async function redisServer(
  { redisUrl, dataDir }: Settings,
  log: Log,
  daemon?: string,
): Promise<{ readonly address: RedisAddress; readonly stop: () => Promise<void> }> {
  if (redisUrl !== undefined) return { address: { url: redisUrl }, stop: async () => {} };
  const say = {
    info: (message: string) => log.info({ message }, "redis"),
    warn: (message: string) => log.warn({ message }, "redis"),
  };
  try {
    const server = await startEmbeddedRedis({ dataDir, log: say, ...(daemon !== undefined && { daemon }) });
    return { address: server.connection, stop: async () => await server[Symbol.asyncDispose]() };
  } catch (error) {
    throw error instanceof RedisUnavailableError ? new OperatorError(error.message) : error;
  }
}

/** Redis comes back, or takes what is written again, or not: said once a while, never a reason to end. */
function onRedisError(log: Log): (error: Error) => void {
  let saidAt = 0;
  return (error) => {
    if (Math.abs(Date.now() - saidAt) < REDIS_PATIENCE_MS) return;
    saidAt = Date.now();
    log.warn({ err: error.message }, "redis.away");
  };
}

async function checkRedis(redis: Redis, settings: Settings): Promise<void> {
  const answered = await Promise.race([
    redis.ping().then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, REDIS_PATIENCE_MS, false).unref()),
  ]).catch((error: unknown) => {
    if (refusalOf(error) !== undefined) throw error;
    return false;
  });
  if (!answered)
    throw new OperatorError(
      `Redis does not answer at ${withoutPassword(settings.redisUrl ?? "its socket")}.\n` +
        "Start it, correct REDIS_URL, or unset REDIS_URL to let Ressort run a private one.",
    );
  await refuseEviction(redis);
  const found = Number((await redis.get(schemaKey(settings))) ?? SCHEMA);
  if (found > SCHEMA)
    throw new OperatorError(
      `Redis holds data of a newer Ressort (layout ${found}, this one reads ${SCHEMA}).\n` +
        "Run the newer version, or set RESSORT_REDIS_PREFIX to start beside it.",
    );
  await redis.set(schemaKey(settings), SCHEMA);
}

const schemaKey = ({ redisPrefix }: Settings): string => `${redisPrefix}:schema`;

/** With any other policy Redis throws items and jobs away when memory is short. Managed servers may hide CONFIG. */
async function refuseEviction(redis: Redis): Promise<void> {
  const answer = await redis.config("GET", "maxmemory-policy").catch(() => undefined);
  const policy = Array.isArray(answer) ? String(answer[1]) : "noeviction";
  if (policy !== "noeviction")
    throw new OperatorError(
      `Redis has maxmemory-policy ${policy}: it would drop items and jobs when memory is short.\n` +
        'Set "maxmemory-policy noeviction" in its configuration.',
    );
}

const withoutPassword = (url: string): string => url.replace(/:\/\/[^@/]*@/, "://…@");

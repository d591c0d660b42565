import { mkdirSync } from "node:fs";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRedis } from "../../src/adapters/redis-connection.ts";
import { isUnanswered, refusalOf } from "../../src/adapters/redis-trouble.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { eventually } from "../support/test-settings.ts";

const stack = new AsyncDisposableStack();
let redis: Redis;
let dataDir = "";
beforeAll(async () => {
  const { home } = stack.use(await openTestRedis());
  redis = stack.adopt(new Redis(home.redisUrl), (client) => client.disconnect());
  dataDir = home.dataDir;
});
afterAll(() => stack.disposeAsync());

const refused = async () => await redis.setnx("there", 1).catch((error: unknown) => error);

test.each([
  ["OOM", "has no memory left", "raise its maxmemory", () => redis.config("SET", "maxmemory", "1")],
  ["NOREPLICAS", "lacks replicas", "min-replicas-to-write", () => redis.config("SET", "min-replicas-to-write", "1")],
  ["READONLY", "is a replica", "REDIS_URL name the primary", () => redis.replicaof("127.0.0.1", "1")],
  ["MISCONF", "cannot write to its disk", "make room on the disk", saveInVain],
])("a Redis that takes nothing (%s) says why in plain words, and the way out", async (code, why, wayOut, make) => {
  await redis.set("there", 1);
  await make();

  const error = await refused();
  const aborted = await redis
    .multi()
    .set("more", 1)
    .exec()
    .catch((one: unknown) => one);

  expect(refusalOf(error)?.what).toContain(`${why} and takes nothing new (${code} `);
  expect(refusalOf(error)?.wayOut).toContain(wayOut);
  expect(refusalOf(String(error))).toEqual(refusalOf(error));
  expect(refusalOf(aborted)?.what).toContain(why);
  expect(isUnanswered(error)).toBe(false);

  for (const [name, value] of Object.entries({ maxmemory: "0", "min-replicas-to-write": "0", save: "" }))
    await redis.config("SET", name, value);
  await redis.replicaof("NO", "ONE");
  expect(await refused()).toBe(0);
});

test("what is wrong with a command is no refusal, and one that is away has not answered", async () => {
  await redis.set("text", "no list");
  const wrong = await redis.lpush("text", 1).catch((error: unknown) => error);
  await using closing = new AsyncDisposableStack();
  const nobody = openRedis({ path: "/nowhere" }, { name: "test", patient: false, onError: () => undefined });
  closing.defer(() => nobody.disconnect());
  const away = await nobody.get("text").catch((error: unknown) => error);

  expect(wrong).toBeInstanceOf(Error);
  expect([refusalOf(wrong), isUnanswered(wrong)]).toEqual([undefined, false]);
  expect([refusalOf(away), isUnanswered(away)]).toEqual([undefined, true]);
});

/** A folder stands where the snapshot should go. */
async function saveInVain(): Promise<void> {
  mkdirSync(path.join(dataDir, "redis", "dump.rdb", "in the way"), { recursive: true });
  await redis.config("SET", "save", "3600 1");
  await redis.bgsave();
  await eventually("the snapshot failed", async () =>
    (await redis.info("persistence")).includes("rdb_last_bgsave_status:err") ? true : undefined,
  );
}

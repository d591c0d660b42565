import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import type { Readiness } from "../../workers/ops.ts";
import { openWorld } from "../../workers/world.ts";
import { startRessort } from "../support/ressort.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { eventually, testSettings } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

/** Queues wait for a job for 5 s in one question; after that every question is refused. */
const WATCHED = 12_000;

test("that Redis takes nothing is said once, in plain words, by readiness too, and when it is over", {
  timeout: 60_000,
}, async () => {
  const { configDir, dataDir } = openOperator([9]);
  await using running = startRessort(["work", "--config", configDir], {
    RESSORT_DATA_DIR: dataDir,
    RESSORT_OPS_PORT: "0",
  });
  await eventually("it works", () => (running.output().includes("Ctrl-C stops it") ? true : undefined));
  const opsPort = /:(\d+)\/metrics/.exec(running.output())?.[1];
  const readiness = async () => (await (await fetch(`http://127.0.0.1:${opsPort}/readyz`)).json()) as Readiness;
  const lines = () => running.output().split("\n");
  const redis = new Redis(path.join(dataDir, "redis", "redis.sock"));

  expect(await readiness()).toEqual({ ready: true, reasons: [] });
  const before = lines().length;

  // When it refuses whatever writes, as it does on a full disk
  await redis.config("SET", "min-replicas-to-write", "1");
  await pause(WATCHED);
  const [after, said] = [lines().length, lines().filter((line) => line.includes("NOREPLICAS"))];
  const { ready, reasons } = await readiness();
  await redis.config("SET", "min-replicas-to-write", "0");
  await eventually("ready again", async () => ((await readiness()).ready ? true : undefined));
  redis.disconnect();
  running.child.kill("SIGTERM");
  await running.ended;

  expect(ready).toBe(false);
  expect(reasons).toEqual([
    "Redis lacks replicas and takes nothing new (NOREPLICAS Not enough good replicas to write): bring them back, or lower its min-replicas-to-write",
  ]);
  expect(said).toEqual([expect.stringMatching(/"warn".*"redis\.refuses"/)]);
  expect(after - before).toBeLessThan(10);
  expect(running.output()).toContain('"redis.takes-again"');
});

test("who starts beside such a Redis is told why that cannot be, and the way out", async () => {
  await using stack = new AsyncDisposableStack();
  const { home } = stack.use(await openTestRedis());
  const redis = stack.adopt(new Redis(home.redisUrl), (client) => client.disconnect());
  await redis.config("SET", "maxmemory", "1");

  await expect(openWorld(testSettings(home), "test")).rejects.toThrow(
    /^Redis has no memory left and takes nothing new \(OOM .*\)\.\nWay out: raise its maxmemory/,
  );
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

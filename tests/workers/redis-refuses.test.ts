import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startRessort } from "../support/ressort.ts";
import { eventually } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

/** For so long queues wait for a job in one question; after that every question is refused. */
const WAITING = 6000;
const WATCHED = 6000;

test("a Redis that takes nothing is said of once in five seconds, not by every queue all the time", {
  timeout: 60_000,
}, async () => {
  const { configDir, dataDir } = openOperator([9]);
  await using running = startRessort(["work", "--config", configDir], {
    RESSORT_DATA_DIR: dataDir,
    RESSORT_OPS_PORT: "0",
  });
  await eventually("it works", () => (running.output().includes("Ctrl-C stops it") ? true : undefined));
  const redis = new Redis(path.join(dataDir, "redis", "redis.sock"));

  // When it refuses whatever writes, as it does on a full disk
  await redis.config("SET", "min-replicas-to-write", "1");
  await pause(WAITING);
  const before = running.output().length;
  await pause(WATCHED);
  const said =
    running
      .output()
      .slice(before)
      .match(/NOREPLICAS.*"redis\.away"/g) ?? [];
  const lines = running.output().slice(before).split("\n");
  await redis.config("SET", "min-replicas-to-write", "0");
  redis.disconnect();
  running.child.kill("SIGTERM");
  await running.ended;

  expect(said.length).toBeLessThanOrEqual(2);
  expect(lines.length).toBeLessThan(20);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

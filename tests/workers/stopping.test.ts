import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { type Running, startRessort } from "../support/ressort.ts";
import { eventually, temporaryFolder } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

test("SIGTERM does not wait for a publisher who drips: 0 within 25 s, no failure counted, asked again at the next start", {
  timeout: 60_000,
}, async () => {
  await using publisher = await openDrip();
  await using running = await startPolling(publisher);
  const askedAt = Date.now();

  running.child.kill("SIGTERM");
  const { code } = await running.ended;

  expect(code).toBe(0);
  expect(Date.now() - askedAt).toBeLessThan(25_000);
  expect(await redisAnswers(running.socket)).toBe(false);
  await using server = await startEmbeddedRedis({ dataDir: running.operator.dataDir });
  const redis = new Redis(server.url);
  const keys = keysUnder("ressort");
  expect(await redis.hget(keys.feeds, "drip")).toBeNull();
  expect(Number(await redis.zscore(keys.due, "drip"))).toBeLessThanOrEqual(Date.now());
  redis.disconnect();
});

test("whoever leaves at once, by a second signal, takes the private Redis along", { timeout: 60_000 }, async () => {
  await using publisher = await openDrip();
  await using running = await startPolling(publisher);

  running.child.kill("SIGTERM");
  await eventually("it is stopping", () => (running.output().includes('"stopping"') ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 1200));
  running.child.kill("SIGTERM");
  const { code } = await running.ended;

  expect(code).toBe(1);
  expect(await redisAnswers(running.socket)).toBe(false);
});

test("where Redis is away it leaves with 0 all the same, and says why", { timeout: 60_000 }, async () => {
  using data = temporaryFolder();
  await using server = await startEmbeddedRedis({ dataDir: data.path });
  const { configDir } = openOperator([9]);
  await using running = startRessort(["start", "--config", configDir], {
    ...{ REDIS_URL: server.url, RESSORT_DATA_DIR: path.join(data.path, "web") },
    ...{ RESSORT_PORT: "0", RESSORT_OPS_PORT: "0" },
  });
  await eventually("it runs", () => (running.output().includes("Ctrl-C stops it") ? true : undefined));
  await server[Symbol.asyncDispose]();
  const askedAt = Date.now();

  running.child.kill("SIGTERM");
  const { code } = await running.ended;

  expect(code).toBe(0);
  expect(Date.now() - askedAt).toBeLessThan(15_000);
  expect(running.output()).toMatch(/Redis does not answer: what it was not told is done again.*"stopping\.in-haste"/);
});

/** A publisher who sends a byte now and then and never ends. */
async function openDrip() {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.write("<rss>");
    const dripping = setInterval(() => response.write(" "), 300);
    response.once("close", () => clearInterval(dripping));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    isAsked: () => (asked > 0 ? true : undefined),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The whole program, in the middle of a poll. */
async function startPolling(publisher: Awaited<ReturnType<typeof openDrip>>) {
  const feeds = `publishers:
  - { id: p, title: P, feeds: [{ id: drip, url: "http://127.0.0.1:${publisher.port}/" }] }
`;
  const operator = openOperator([publisher.port], feeds);
  const running: Running = startRessort(["start", "--config", operator.configDir], {
    RESSORT_DATA_DIR: operator.dataDir,
    RESSORT_PORT: "0",
    RESSORT_OPS_PORT: "0",
  });
  await eventually("the publisher is asked", publisher.isAsked);
  return { ...running, operator, socket: path.join(operator.dataDir, "redis", "redis.sock") };
}

async function redisAnswers(socket: string): Promise<boolean> {
  const redis = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => undefined);
  const answer = await redis.connect().then(
    () => redis.ping(),
    () => "nobody",
  );
  redis.disconnect();
  return answer === "PONG";
}

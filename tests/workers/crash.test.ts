import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { keysUnder } from "../../src/adapters/keys.ts";
import type { FeedState } from "../../src/model/feed.ts";
import type { DeskOutcome } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Home, openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, ROOT, testSettings } from "../support/test-settings.ts";

/** Facts C-01: SIGKILLs of workers and desks while a thousand feeds come in; nothing lost, nothing twice, none stuck. */

const FEEDS = 1000;
const ITEMS = 20;
const KILLS = 20;
const TOPICS = ["merkmal0", "merkmal1", "merkmal2", "merkmal3"];
/** One item in so many carries a topic's word. */
const MARKED = 100;
const KILL_EVERY_MS = 700;
/** Slow enough that the kills fall into the work. */
const ANSWER_AFTER_MS = 120;

test(`${KILLS} kills lose nothing and repeat nothing`, { timeout: 240_000 }, async () => {
  await using origin = await openOrigin();

  const calm = await run(origin.port, 0);
  const killed = await run(origin.port, KILLS);

  expect(killed.kills).toBeGreaterThanOrEqual(KILLS);
  for (const result of [calm, killed]) {
    expect(result.items).toBe(FEEDS * ITEMS);
    expect(result.decided).toBe(FEEDS * ITEMS);
    expect(result.decidedOnce).toBe(FEEDS * ITEMS);
    expect(result.stuck).toEqual([]);
  }
  expect(killed.topics).toEqual(calm.topics);
  expect(calm.topics[0]?.length).toBe((FEEDS * ITEMS) / MARKED);
});

async function run(port: number, kills: number) {
  await using server = await openTestRedis();
  const settings = crashSettings(server.home, port);
  const file = path.join(server.home.dataDir, "settings.json");
  writeFileSync(file, JSON.stringify(settings));
  const redis = new Redis(server.home.redisUrl);
  const keys = keysUnder(settings.redisPrefix);
  const roles = ["work", "work", "desk", "desk"];
  const children = roles.map((role) => startRole(file, role));

  try {
    let done = 0;
    for (; done < kills; done++) {
      await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS));
      const victim = done % children.length;
      await end(children[victim], "SIGKILL");
      children[victim] = startRole(file, roles[victim] ?? "work");
    }
    await eventually("everything polled, decided and published", () => isSettled(redis, keys), 150_000);
    return { kills: done, ...(await readResult(redis, keys, settings)) };
  } finally {
    await Promise.all(children.map((child) => end(child, "SIGKILL")));
    redis.disconnect();
  }
}

async function isSettled(redis: Redis, keys: ReturnType<typeof keysUnder>): Promise<true | undefined> {
  if ((await redis.zcard(keys.items)) < FEEDS * ITEMS) return undefined;
  const [last] = await redis.xrevrange(keys.news, "+", "-", "COUNT", 1);
  if ((await redis.hget(keys.desk, "position")) !== last?.[0]) return undefined;
  return (await redis.hlen(keys.touched)) === 0 && (await redis.hlen(keys.leases)) === 0 ? true : undefined;
}

async function readResult(redis: Redis, keys: ReturnType<typeof keysUnder>, settings: Settings) {
  const entries = await redis.xrange(keys.decided, "-", "+");
  const decided = entries.flatMap(([, [field, value]]) =>
    field === "outcome" ? (JSON.parse(value ?? "") as DeskOutcome).decisions.map(({ item }) => item) : [],
  );
  const states = Object.entries(await redis.hgetall(keys.feeds)).map(
    ([feed, state]) => [feed, JSON.parse(state) as FeedState] as const,
  );
  const topics = [];
  for (const topic of settings.topics) {
    const text = await redis.hget(keys.document(`topics/${topic.id}.json`), "identity");
    const document = JSON.parse(text ?? "{}") as { readonly items: readonly { readonly id: string }[] };
    topics.push(document.items.map(({ id }) => id).sort());
  }
  return {
    items: await redis.zcard(keys.items),
    decided: decided.length,
    decidedOnce: new Set(decided).size,
    stuck: states.flatMap(([feed, state]) => (state.health === "ok" && state.failures === 0 ? [] : [feed])),
    topics,
  };
}

function startRole(file: string, role: string): ChildProcess {
  const script = path.join(ROOT, "tests", "support", "role-process.ts");
  return spawn(process.execPath, [script, file, role], { stdio: ["ignore", "ignore", "inherit"] });
}

function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

function crashSettings(home: Home, port: number): Settings {
  const base = testSettings(home);
  return {
    ...base,
    poll: { ...base.poll, concurrency: 10 },
    publishers: [aPublisher("origin")],
    feeds: Array.from({ length: FEEDS }, (_, n) => aFeed(`feed-${n}`, "origin", `http://127.0.0.1:${port}/feeds/${n}`)),
    topics: TOPICS.map((word) => aTopic(word, word, { size: 500, oneEntryAStory: false })),
  };
}

async function openOrigin(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((request, response) => {
    const feed = Number(request.url?.split("/")[2]);
    const etag = `"${feed}"`;
    setTimeout(() => {
      if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(feedText(feed));
    }, ANSWER_AFTER_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function feedText(feed: number): string {
  const items = Array.from({ length: ITEMS }, (_, n) => {
    const number = feed * ITEMS + n;
    const marker = number % MARKED < TOPICS.length ? ` merkmal${number % MARKED}` : "";
    return `<item><guid>http://origin.example/${number}</guid><link>http://origin.example/${number}</link>
      <title>${words(number).join(" ")}${marker}</title><description>${words(-1 - number).join(" ")}.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title>
    <link>http://origin.example/</link><description>d</description>${items.join("")}</channel></rss>`;
}

/** Seven words that no other item has, so that no two items tell the same story. */
function words(number: number): readonly string[] {
  const digest = createHash("sha256").update(String(number)).digest();
  return Array.from({ length: 7 }, (_, n) =>
    [0, 1, 2, 3].map((k) => SYLLABLES[(digest[4 * n + k] ?? 0) % SYLLABLES.length]).join(""),
  );
}

const SYLLABLES = "ba be bi bo bu da de di do du fa fe fi fo fu ga ge gi go gu ka ke ki ko ku la le li lo lu".split(
  " ",
);

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { FeedId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { retryOwnRefusals } from "../../workers/poll/own-refusals.ts";
import { openWorld } from "../../workers/world.ts";
import { type Home, openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, eventually, ROOT, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** Of the workers in role-process.ts. */
const LEASE = 3 * SECOND;
const BACKLOG = { overdueAfter: 5 * MINUTE, aSecond: 50 };

test("C-02: two thousand feeds due at once are enqueued within a second, and two workers poll each of them once", {
  timeout: 150_000,
}, async () => {
  await using origin = await openOrigin(5);
  await using redis = await openTestRedis();
  const settings = settingsFor(redis.home, origin.port, 2000);
  const ids = settings.feeds.map(({ id }) => id);
  const asleep = { tick: "0 0 0 1 1 *", lease: MINUTE, drain: 50, spread: 0 };

  await using world = await openWorld(settings, "test");
  await world.feeds.schedule(ids, Date.now() - 1, 0);
  const started = performance.now();
  const claims = await world.feeds.claim(Date.now(), 10_000, MINUTE, BACKLOG);
  await world.queues.askForPolls(claims, Date.now());
  const tookMs = performance.now() - started;
  await using one = await startDaemon(settings, ["work"], asleep);
  await using other = await startDaemon(settings, ["work"], asleep);
  await eventually("all polled", async () => (origin.asked.size >= ids.length ? true : undefined), 90_000);
  await eventually("all jobs done", async () => ((await world.queues.waitingFeeds()) === 0 ? true : undefined));

  expect(claims.length).toBe(ids.length);
  expect(tookMs).toBeLessThan(SECOND);
  expect([...origin.asked.values()].filter((times) => times > 1)).toEqual([]);
  for (const daemon of [one, other])
    expect((await daemon.world.metrics.polls.get()).values.length, "both have worked").toBeGreaterThan(0);
});

test("a feed whose own minInterval was shortened is due by it after a restart, and no other feed is", async () => {
  using folder = temporaryFolder();
  const now = Date.now();
  const every = (id: string, minInterval: number) => aFeed(id, "paper", `https://paper.example/${id}`, { minInterval });
  const [short, long, wished] = [every("short", 10 * SECOND), every("long", HOUR), every("wished", SECOND)];
  const settings = testSettings({ dataDir: folder.path, feeds: [short, long, wished] });
  await using world = await openWorld(settings, "test");
  const { redis, keys } = world;
  const state = { ...NEW_FEED_STATE, health: "ok", polledAt: now - 7 * MINUTE, rate: 100_000 } as const;
  const stateOf = (rule: "courtesy" | "max-age") => JSON.stringify({ ...state, nextReasons: [{ rule, length: HOUR }] });
  await redis.hset(
    keys.feeds,
    short.id,
    stateOf("courtesy"),
    long.id,
    stateOf("courtesy"),
    wished.id,
    stateOf("max-age"),
  );
  for (const { id } of settings.feeds) await redis.zadd(keys.due, now + 53 * MINUTE, id);

  await retryOwnRefusals(world, settings.feeds, new AbortController().signal);

  expect(Number(await redis.zscore(keys.due, short.id))).toBeLessThan(now + MINUTE);
  for (const { id } of [long, wished]) expect(Number(await redis.zscore(keys.due, id))).toBe(now + 53 * MINUTE);
});

test("C-03: the schedule of ten thousand feeds weighs less than 200 bytes a feed", async () => {
  using folder = temporaryFolder();
  await using world = await openWorld(testSettings({ dataDir: folder.path }), "test");
  const ids = Array.from({ length: 10_000 }, (_, n) => `a-publisher-with-a-name-${n}` as FeedId);

  await world.feeds.schedule(ids, Date.now(), 100);

  const bytes = Number(await world.redis.call("MEMORY", "USAGE", world.keys.due, "SAMPLES", "0"));
  expect(bytes / ids.length).toBeLessThan(200);
});

test("C-04: a feed whose poll always breaks is polled again when its lease ends, and recovers by itself", {
  timeout: 90_000,
}, async () => {
  await using origin = await openOrigin(0);
  await using redis = await openTestRedis();
  const settings = settingsFor(redis.home, origin.port, 2);
  await using world = await openWorld(settings, "test");
  const [broken = aFeed("x", "x", ""), well = broken] = settings.feeds;
  await world.redis.set(world.keys.known(broken.id), "no hash");

  await using _ = await startDaemon(settings, ["work"], { tick: "* * * * * *", lease: LEASE, drain: 50, spread: 0 });
  const polledAgain = () => ((origin.asked.get("/0") ?? 0) >= 3 ? true : undefined);
  await eventually("it is polled again and again", polledAgain);
  const whileBroken = await world.feeds.states([broken.id, well.id]);
  await world.redis.del(world.keys.known(broken.id));
  const state = await eventually("it is read", async () => {
    const one = (await world.feeds.states([broken.id])).get(broken.id);
    return one?.health === "ok" ? one : undefined;
  });

  expect(whileBroken.get(broken.id)?.health).toBe("new");
  expect(whileBroken.get(well.id)?.health).toBe("ok");
  // a poll that takes longer than the lease is begun once more, so on a busy machine the other is asked again, too
  expect(origin.asked.get("/1")).toBeLessThan(3);
  expect(state.itemCount).toBe(1);
});

test("C-05: any text may name a feed or a topic in a job", { timeout: 40_000 }, async () => {
  using folder = temporaryFolder();
  await using world = await openWorld(testSettings({ dataDir: folder.path }), "test");
  const names = fc.oneof(
    fc.webUrl(),
    fc.stringMatching(/^\d{1,20}$/),
    fc.string({ minLength: 1 }),
    fc.constant("a:b:c"),
  );

  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(names, { minLength: 1, maxLength: 60 }), async (feeds) => {
      await world.queues.poll.obliterate({ force: true });
      await world.queues.askForPolls(
        feeds.map((feed) => ({ feed: feed as FeedId, wasDueAt: 1 })),
        2,
      );
      const jobs = await world.queues.poll.getWaiting();
      expect(jobs.flatMap(({ data }) => data.claims.map(({ feed }) => feed)).toSorted()).toEqual(feeds.toSorted());
    }),
    { numRuns: 20 },
  );
});

test("C-06: after SIGTERM no poll is begun, those under way are finished, and the process leaves with 0", {
  timeout: 40_000,
}, async () => {
  await using origin = await openOrigin(1500);
  await using redis = await openTestRedis();
  const settings = settingsFor(redis.home, origin.port, 40);
  await using worker = startWorker({ ...settings, poll: { ...settings.poll, concurrency: 5 } });

  await eventually("polls are under way", () => (origin.asked.size >= 5 ? true : undefined));
  const askedBefore = origin.asked.size;
  worker.process.kill("SIGTERM");
  const [code] = await once(worker.process, "exit");

  expect(code).toBe(0);
  expect(origin.asked.size).toBe(askedBefore);
  await using world = await openWorld(settings, "test");
  const states = await world.feeds.states(settings.feeds.map(({ id }) => id));
  expect([...states.values()].filter(({ health }) => health === "ok").length).toBe(askedBefore);
  expect(await world.redis.hlen(world.keys.leases)).toBe(0);
});

test("C-07: the feeds of a worker that was killed are polled again within lease and five seconds", {
  timeout: 90_000,
}, async () => {
  await using origin = await openOrigin(60 * SECOND);
  await using redis = await openTestRedis();
  const settings = settingsFor(redis.home, origin.port, 10);
  {
    await using killed = startWorker(settings);
    await eventually("its polls are under way", () => (origin.asked.size === 10 ? true : undefined));
    killed.process.kill("SIGKILL");
  }
  origin.answerAfter(0);

  await using other = startWorker(settings);
  await using world = await openWorld(settings, "test");
  await eventually("the other is at work", async () =>
    (await world.queues.poll.getWorkersCount()) > 0 ? true : undefined,
  );
  const since = performance.now();
  await eventually("the other has polled them", async () => {
    const states = await world.feeds.states(settings.feeds.map(({ id }) => id));
    return [...states.values()].every(({ health }) => health === "ok") ? true : undefined;
  });

  expect(performance.now() - since).toBeLessThan(LEASE + 5 * SECOND);
  expect(other.process.exitCode).toBeNull();
});

function settingsFor(home: Home, port: number, feeds: number): Settings {
  const base = testSettings(home);
  return {
    ...base,
    poll: { ...base.poll, concurrency: 50 },
    publishers: [aPublisher("haus")],
    feeds: Array.from({ length: feeds }, (_, n) => aFeed(`feed-${n}`, "haus", `http://127.0.0.1:${port}/${n}`)),
  };
}

function startWorker(settings: Settings): AsyncDisposable & { readonly process: ChildProcess } {
  const file = path.join(settings.dataDir, "settings.json");
  writeFileSync(file, JSON.stringify(settings));
  const script = path.join(ROOT, "tests", "support", "role-process.ts");
  const child = spawn(process.execPath, [script, file, "work"], { stdio: ["ignore", "ignore", "inherit"] });
  return {
    process: child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function openOrigin(ms: number) {
  let after = ms;
  const asked = new Map<string, number>();
  const server = createServer(({ url = "" }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    const date = new Date(Date.now() - HOUR).toUTCString();
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/rss+xml" });
      response.end(
        `<rss version="2.0"><channel><title>${url}</title><item><title>Meldung von ${url}</title><guid>${url}</guid><pubDate>${date}</pubDate></item></channel></rss>`,
      );
    }, after);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    answerAfter(ms: number) {
      after = ms;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

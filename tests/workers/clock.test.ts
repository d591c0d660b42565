import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alertStore } from "../../src/adapters/alert-store.ts";
import { deliveryStream } from "../../src/adapters/delivery-stream.ts";
import { deskStore, STREAM_START } from "../../src/adapters/desk-store.ts";
import { openRedis } from "../../src/adapters/redis-connection.ts";
import type { AlertStory } from "../../src/model/alert.ts";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import { type FeedId, feedId, type ItemId } from "../../src/model/ids.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from "../../src/model/time.ts";
import { openAlerts } from "../../workers/alerts/alerts.ts";
import { putRight, stepsBack } from "../../workers/put-right.ts";
import { openTail } from "../../workers/web/tail.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { anAlert } from "../alert/receivers.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, testSettings } from "../support/test-settings.ts";

const LEASE = MINUTE;
const FEED = feedId("one");
const stack = new AsyncDisposableStack();
let world: World;

beforeAll(async () => {
  const { home } = stack.use(await openTestRedis());
  world = stack.use(await openWorld(testSettings(home), "test"));
});
beforeEach(async () => {
  await world.redis.flushall();
});
afterAll(() => stack.disposeAsync());

async function lies(feed: FeedId, dueAt: Instant, state: Partial<FeedState>): Promise<void> {
  await world.redis.zadd(world.keys.due, dueAt, feed);
  await world.redis.hset(world.keys.feeds, feed, JSON.stringify({ ...NEW_FEED_STATE, ...state }));
}
const dueAt = async (feed: FeedId): Promise<number> => Number(await world.redis.zscore(world.keys.due, feed));
const lease = (now: Instant) => world.feeds.takeLease(FEED, "token", { now, lease: LEASE, claimedAt: now });

describe("what a clock that was ahead has left", () => {
  test("as the last poll of a feed refuses no poll now", async () => {
    const now = world.now();
    await lies(FEED, now, { polledAt: now + 2 * HOUR });

    expect(await lease(now)).toMatchObject({ kind: "taken" });
  });

  test("as a lease on a feed, or on the desk, holds nobody off", async () => {
    const now = world.now();
    await lies(FEED, now, {});
    await world.redis.hset(world.keys.leases, FEED, `killed ${now + 2 * HOUR}`);
    await world.redis.hset(world.keys.desk, { owner: "killed", fence: 7, expiresAt: now + 2 * HOUR });

    expect(await lease(now)).toMatchObject({ kind: "taken" });
    expect(await world.desk.take("next", 6 * SECOND)).toBe(8);
  });

  test("in the schedule is pulled back, and what rightly lies far ahead stays", async () => {
    const now = world.now();
    const feeds: readonly (readonly [string, Instant, Partial<FeedState>, Duration])[] = [
      ["polled-then", now + 3 * HOUR, { polledAt: now + 2 * HOUR, nextDueAt: now + 3 * HOUR }, HOUR],
      [
        "asked-then-to-wait-a-week",
        now + 7.1 * DAY,
        { polledAt: now + 0.1 * DAY, nextDueAt: now + 7.1 * DAY },
        7 * DAY,
      ],
      ["claimed-then", now + 2 * HOUR, { polledAt: now - HOUR, nextDueAt: now - MINUTE }, 0],
      ["gone", now + 30 * DAY, { polledAt: now - HOUR, nextDueAt: now + 30 * DAY }, 30 * DAY],
      ["claimed-now", now + MINUTE, { polledAt: now - HOUR, nextDueAt: now - MINUTE }, MINUTE],
    ];
    for (const [name, due, state] of feeds) await lies(feedId(name), due, state);
    await world.redis.zadd(world.keys.due, now + DAY, "new-then", now + HOUR / 2, "new-now");

    expect(await world.feeds.pullBack(now, SECOND)).toBe(4);
    expect(await world.feeds.pullBack(now + MINUTE, SECOND)).toBe(0);

    for (const [name, , , wait] of feeds) expect(await dueAt(feedId(name)), name).toBe(now + wait);
    expect(await dueAt(feedId("new-then"))).toBeLessThanOrEqual(now + SECOND);
    expect(await dueAt(feedId("new-now"))).toBe(now + HOUR / 2);
  });

  test("among the delayed jobs waits as long as it was to wait then, and others are let be", async () => {
    const { publish } = world.queues;
    const ahead = await publish.add(
      "late",
      { topic: aTopic("t", "t").id },
      { delay: 5000, timestamp: Date.now() + 2 * HOUR },
    );
    const retry = await publish.add("retry", { topic: aTopic("t", "t").id }, { delay: 6 * HOUR });
    const delays = async () =>
      await Promise.all(
        [ahead, retry].map(
          async ({ id = "" }) => Number(await world.redis.zscore(publish.toKey("delayed"), id)) / 4096 - Date.now(),
        ),
      );
    expect((await delays())[0]).toBeGreaterThan(HOUR);

    await putRight(world, 0);

    const [pulled = 0, left = 0] = await delays();
    expect(pulled).toBeLessThanOrEqual(5000);
    expect(left).toBeGreaterThan(5 * HOUR);
  });

  test("as what an alert owes is told at once", async () => {
    await using receiver = await openPublisher();
    receiver.answer("/hook", { status: 204 });
    const alert = anAlert(
      "hafen",
      { kind: "webhook", url: receiver.url("/hook") },
      { atMost: { count: 1, per: HOUR } },
    );
    const own = { ...world, settings: { ...world.settings, alerts: [alert] } };
    await using alerts = await openAlerts(own, () => aTopic("hafen", "hafen"));
    const now = world.now();
    const story: AlertStory = {
      ...{ id: "s", title: "Kran gehoben", url: "https://bote.example/1", publisher: "Der Bote", others: [] },
      ...{ publishedAt: now, updatedAt: now, storyUrl: "https://ressort.example/stories/s" },
    };
    const store = alertStore(world.redis, world.keys);
    await store.owe(alert.id, [{ since: now + 30 * DAY, story }], now);
    await store.keepRecord(alert.id, { sentAt: [now + 30 * DAY], failures: 1, retryAt: now + 30 * DAY });

    expect(await alerts.deliver({ by: "alerts", to: alert.id }, 0)).toEqual({ kind: "delivered" });
  });
});

test("a worker that begins puts right what was written before it", async () => {
  const { settings } = world;
  const feeds = [aFeed(FEED, "pub", "http://127.0.0.1:1/feed")];
  const now = world.now();
  await lies(FEED, now + 4 * HOUR, { polledAt: now + 2 * HOUR, nextDueAt: now + 4 * HOUR });

  await using _ = await startTestDaemon({ ...settings, publishers: [aPublisher("pub")], feeds }, ["work"]);

  await eventually("it is pulled back", async () => ((await dueAt(FEED)) < now + 3 * HOUR ? true : undefined));
});

test("a clock that goes back is noticed once, one that goes on or wavers is not", () => {
  let now = DAY;
  const hasGoneBack = stepsBack([() => 0, () => now]);
  const after = (step: Duration): boolean => {
    now += step;
    return hasGoneBack();
  };

  expect([HOUR, -SECOND, -2 * HOUR, SECOND].map(after)).toEqual([false, false, true, false]);
});

test("a reader that Redis keeps waiting beyond its time reads on over another connection, and it is said once", async () => {
  await using proxy = await openMuteProxy(world.redis.options);
  const told: string[] = [];
  const open = (name: string) =>
    openRedis(
      { url: `redis://127.0.0.1:${proxy.port}` },
      { name, patient: true, onError: ({ message }) => told.push(message) },
    );
  const [web, desk, deliveries] = [open("web"), open("desk"), open("deliveries")];
  const { keys, redis } = world;
  const stream = deliveryStream(redis, keys, "reader");
  await stream.join();
  await Promise.all([web, desk, deliveries].map((one) => one.ping()));

  proxy.mute();
  const reads = Promise.all([
    openTail(web, keys).next({ decided: "0-0", swapped: "0-0" }),
    deskStore(redis, desk, keys).news(STREAM_START, 1, SECOND),
    stream.next(deliveries, SECOND),
  ]);
  await redis.xadd(keys.decided, "*", "swept", JSON.stringify(["item" as ItemId]));

  const [tailed, news, delivered] = await reads;
  expect(tailed?.told).toEqual([{ kind: "swept", items: ["item"] }]);
  expect([news, delivered]).toEqual([[], []]);
  expect(told.map((message) => message.split(":")[0])).toEqual([
    "Redis kept a reader waiting for longer than 1000 ms",
    "Redis kept a reader waiting for longer than 1000 ms",
    "Redis kept a reader waiting for longer than 2000 ms",
  ]);
  for (const one of [web, desk, deliveries]) one.disconnect();
});

/** A way to Redis whose connections of now bring no more answers once it is mute; later ones do. */
async function openMuteProxy({ path = "" }: Redis["options"]) {
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(path);
    for (const one of [client, behind]) {
      sockets.add(one);
      one.on("error", () => undefined).on("close", () => [client, behind].map((other) => other.destroy()));
    }
    answering.add(behind);
    client.pipe(behind);
    behind.on("data", (answer) => answering.has(behind) && client.write(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    mute: () => answering.clear(),
    async [Symbol.asyncDispose]() {
      for (const one of sockets) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

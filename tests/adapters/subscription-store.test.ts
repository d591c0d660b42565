import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { subscriptionStore } from "../../src/adapters/subscription-store.ts";
import { feedId } from "../../src/model/ids.ts";
import type { Subscription } from "../../src/model/subscription.ts";
import { MINUTE } from "../../src/model/time.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const FEED = feedId("blatt");
const LINKS = { hub: "https://hub.example/", topic: "https://blatt.example/feed" };
const CALLBACK = { ...LINKS, token: "one", address: "https://ressort.example/websub/one", secret: "s" };
const SUBSCRIPTION: Subscription = { ...LINKS, leaving: [], failures: 0, misses: 0, nextAt: 1000 };

const stack = new AsyncDisposableStack();
let one: Redis;
let two: Redis;
const keys = keysUnder("test");

beforeAll(async () => {
  const folder = stack.use(temporaryFolder());
  const server = stack.use(await startEmbeddedRedis({ dataDir: folder.path }));
  one = new Redis(server.url);
  two = new Redis(server.url);
  stack.defer(() => one.disconnect());
  stack.defer(() => two.disconnect());
});

beforeEach(async () => {
  await one.flushall();
});

afterAll(async () => {
  await stack.disposeAsync();
});

describe("a subscription", () => {
  test("that two workers change at the same time gets every change", async () => {
    const stores = [subscriptionStore(one, keys), subscriptionStore(two, keys)];
    const missed = (before = SUBSCRIPTION) => ({ after: { ...before, misses: before.misses + 1 } });

    await Promise.all(Array.from({ length: 12 }, (_, n) => stores[n % 2]?.change(FEED, missed)));

    expect((await stores[0]?.of(FEED))?.misses).toBe(12);
  });

  test("is found by its callbacks, old ones are forgotten with it", async () => {
    const store = subscriptionStore(one, keys);
    await store.change(FEED, () => ({ after: { ...SUBSCRIPTION, asked: CALLBACK } }));
    const asked = await store.feedOf("one");
    await store.change(FEED, () => ({ after: { ...SUBSCRIPTION, asked: { ...CALLBACK, token: "two" } } }));
    const replaced = [await store.feedOf("one"), await store.feedOf("two")];
    await store.change(FEED, () => ({ after: undefined }));

    expect(asked).toBe(FEED);
    expect(replaced).toEqual([undefined, FEED]);
    expect(await one.keys("*")).toEqual([]);
  });

  test("of which nothing is left to do is forgotten", async () => {
    const store = subscriptionStore(one, keys);
    const { nextAt, ...over } = SUBSCRIPTION;
    await store.change(FEED, () => ({ after: SUBSCRIPTION }));
    await store.change(FEED, () => ({ after: over }));

    expect(nextAt).toBe(1000);
    expect(await one.keys("*")).toEqual([]);
  });

  test("that is due is taken by one worker, and by the next where that one dies", async () => {
    const store = subscriptionStore(one, keys);
    await store.change(FEED, () => ({ after: SUBSCRIPTION }));

    expect(await store.claim(999, 10, MINUTE)).toEqual([]);
    expect(await store.claim(1000, 10, MINUTE)).toEqual([FEED]);
    expect(await store.claim(1001, 10, MINUTE)).toEqual([]);
    expect(await store.claim(1000 + MINUTE, 10, MINUTE)).toEqual([FEED]);
  });

  test("that is broken in Redis is as if it were not there", async () => {
    const store = subscriptionStore(one, keys);
    await one.hset(keys.subscriptions, FEED, "{");
    const read = await store.of(FEED);
    await store.change(FEED, (before) => ({ after: before ?? SUBSCRIPTION }));

    expect(read).toBeUndefined();
    expect(await store.of(FEED)).toEqual(SUBSCRIPTION);
  });

  test("that is lost brings the next poll forward, never back, and never brings a feed back into the schedule", async () => {
    const store = subscriptionStore(one, keys);
    const due = async () => await one.zscore(keys.due, FEED);
    await store.pollBy(FEED, 500);
    const unscheduled = await due();
    await one.zadd(keys.due, 2000, FEED);
    await store.pollBy(FEED, 3000);
    const kept = await due();
    await store.pollBy(FEED, 500);

    expect([unscheduled, kept, await due()].map((score) => score && Number(score))).toEqual([null, 2000, 500]);
  });
});

import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { feedId, itemId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import { DAY } from "../../src/model/time.ts";
import { openWorld } from "../../workers/world.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

const NOW = Date.UTC(2026, 10, 20);
const RETENTION = { items: 30 * DAY, maxItems: 3000 };

test("a feed that floods drives out its own oldest items, and nobody else's", async () => {
  await using desk = await anArchive();
  await desk.keep("ehrlich", 500, NOW - 5 * DAY);
  await desk.keep("flut", 4000, NOW - DAY);

  expect(await desk.world.items.sweep(NOW, RETENTION)).toBe(1500);

  expect(await desk.count("ehrlich")).toBe(500);
  expect(await desk.count("flut")).toBe(2500);
});

test("where all feeds keep within their shares, the oldest of all go", async () => {
  await using desk = await anArchive();
  for (const [n, feed] of ["eins", "zwei", "drei", "vier"].entries()) await desk.keep(feed, 900, NOW - (4 - n) * DAY);

  expect(await desk.world.items.sweep(NOW, RETENTION)).toBe(600);

  expect(await desk.count("eins")).toBe(300);
  expect(await desk.count("vier")).toBe(900);
});

test("the states of 125,000 feeds are asked for in commands that Redis and the stack can bear", async () => {
  await using desk = await anArchive();
  const feeds = Array.from({ length: 125_000 }, (_, n) => feedId(`f-${n}`));

  expect((await desk.world.feeds.states(feeds)).size).toBe(feeds.length);
});

async function anArchive() {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const server = stack.use(await startEmbeddedRedis({ dataDir: folder.path }));
  const world = stack.use(await openWorld(testSettings({ dataDir: folder.path, redisUrl: server.url }), "test"));
  const { redis, keys } = world;
  return {
    world,
    async keep(feed: string, count: number, from: number) {
      const items = Array.from({ length: count }, (_, n) => ({ id: itemId(`${feed}-${n}`), feed: feedId(feed) }));
      const texts = items.flatMap((item) => [keys.item(item.id), JSON.stringify(item satisfies Partial<Item>)]);
      await redis.mset(...texts);
      await redis.zadd(keys.items, ...items.flatMap(({ id }, n) => [from + n, id]));
    },
    async count(feed: string) {
      const kept = await redis.zrange(keys.items, "0", "-1");
      return kept.filter((id) => id.startsWith(`${feed}-`)).length;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

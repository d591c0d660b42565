import { afterEach, beforeEach, expect, test } from "vitest";
import { redateItems } from "../../src/adapters/redate-items.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId, itemId, publisherId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Decision } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { putRight } from "../../workers/put-right.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, testSettings } from "../support/test-settings.ts";

const FEED = feedId("anzeiger");
const YEAR = 365 * DAY;
const FERRY = "Fähre Uthlande strandet vor Amrum im dichten Nebel";
const ORGAN = "Orgel der Marienkirche in Husum verstummt nach Wasserschaden";

const SHELF = [
  "Molkerei in Jever baut zweites Werk",
  "Sternwarte auf Borkum öffnet nachts",
  "Leuchtturm von Pilsum wird gelb",
];

let stack: AsyncDisposableStack;
let settings: Settings;
let world: World;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const { home } = stack.use(await openTestRedis());
  const feeds = [aFeed(FEED, "anzeiger", "https://anzeiger.example/feed")];
  settings = testSettings({
    ...home,
    publishers: [aPublisher("anzeiger"), aPublisher("bote")],
    feeds,
    topics: [aTopic("alles", "*")],
  });
  world = stack.use(await openWorld(settings, "test"));
  await world.feeds.schedule([FEED], Date.now(), 0);
});
afterEach(() => stack.disposeAsync());

test("a desk that a clock has told of the next year is right again at the next news, and so is its successor", {
  timeout: 60_000,
}, async () => {
  const now = Date.now();
  {
    await using _ = await startTestDaemon(settings, ["desk"]);
    await decided("faehre", FERRY, now - MINUTE);
    await decided("orgel", ORGAN, now + YEAR);
    // it knows better before it takes anything else, and a successor would, too
    await eventually("what it remembers is written down", async () => {
      const { position, snapshotPosition } = await world.desk.memory();
      return position === snapshotPosition || undefined;
    });

    expect(await decided("kopie", FERRY, now, "bote")).toMatchObject({ copyOf: "faehre" });
    await decided("meteorit", "Meteorit schlägt bei Nördlingen in ein Maisfeld ein", now + 2 * YEAR);
  }

  await using _ = await startTestDaemon(settings, ["desk"]);
  expect(await decided("kopie-2", ORGAN, now, "bote")).toMatchObject({ copyOf: "orgel" });
});

test("an item that a clock dated a year ahead pushes the others out of its topic until it is dated anew", {
  timeout: 60_000,
}, async () => {
  const now = Date.now();
  for (const [n, title] of SHELF.entries()) await commit(anItem(`heute-${n}`, title, now - n * MINUTE));
  await using daemon = await startTestDaemon(settings);
  const rss = async () => await (await fetch(`http://127.0.0.1:${daemon.port}/topics/alles.rss`)).text();
  const reads = async (...titles: readonly string[]) =>
    await eventually(titles.join(", "), async () => {
      const text = await rss();
      return (
        (titles.every((title) => text.includes(title)) && text.split("<item>").length - 1 === titles.length) ||
        undefined
      );
    });
  await reads(...SHELF);
  const ahead = await decided("voraus", "Deich bei Greetsiel wird erhöht", now + YEAR);
  await reads("Deich bei Greetsiel wird erhöht");

  await putRight(world, 0);

  await reads(...SHELF, "Deich bei Greetsiel wird erhöht");
  const { keys, redis } = world;
  const dates = await Promise.all(
    [keys.items, keys.topic("alles"), keys.story(ahead.story)].map((key) => redis.zscore(key, "voraus").then(Number)),
  );
  const [item] = await world.items.items([itemId("voraus")]);
  expect(new Set([...dates, item?.arrivedAt]).size).toBe(1);
  expect(item?.arrivedAt).toBeGreaterThan(now - SECOND);
  expect(item?.arrivedAt).toBeLessThanOrEqual(world.now());
  expect((await world.items.placed([itemId("voraus")]))[0]?.decision.story).toBe(ahead.story);
});

test("a clock that is behind most of what is kept dates nothing anew, nor is written over what a poll wrote", async () => {
  const { redis, keys } = world;
  const items = ["a", "b", "c"].map((id, n) => anItem(id, id, (n + 1) * DAY));
  for (const item of items) {
    await redis.set(keys.item(item.id), JSON.stringify(item));
    await redis.zadd(keys.items, item.arrivedAt, item.id);
  }
  const redate = async (now: number, onRead = () => {}) =>
    await redateItems(redis, keys, now, (item) => {
      onRead();
      return { item: { ...item, arrivedAt: now } };
    });

  expect(await redate(0)).toBe(0);
  expect(await redate(DAY)).toBe(0);
  expect(
    await redate(2 * DAY, () => void redis.set(keys.item("c"), JSON.stringify({ ...items[2], title: "neu" }))),
  ).toBe(0);
  expect((await world.items.items([itemId("c")]))[0]).toMatchObject({ title: "neu", arrivedAt: 3 * DAY });

  expect(await redate(2 * DAY)).toBe(1);
  expect((await world.items.items([itemId("c")]))[0]).toMatchObject({ title: "neu", arrivedAt: 2 * DAY });
});

/** Commits an item and waits until the desk has decided on it. */
async function decided(id: string, title: string, arrivedAt: number, publisher?: string): Promise<Decision> {
  await commit(anItem(id, title, arrivedAt, publisher));
  return await eventually(`${id} decided`, async () => (await world.items.placed([itemId(id)]))[0]?.decision);
}

async function commit(item: Item): Promise<void> {
  const { feeds } = world;
  const now = Date.now();
  const nextDueAt = now + DAY;
  await feeds.takeLease(FEED, item.id, { now, lease: HOUR, claimedAt: Number.MAX_SAFE_INTEGER });
  const written = await feeds.commit({
    ...{ feed: FEED, token: item.id, state: { ...NEW_FEED_STATE, health: "ok", polledAt: now, nextDueAt }, nextDueAt },
    ...{ items: [{ item, news: { kind: "new", item } }], known: new Map() },
  });
  expect(written).toBe(true);
}

function anItem(id: string, title: string, arrivedAt: number, publisher = "anzeiger"): Item {
  const page = `https://${publisher}.example/${id}`;
  return {
    ...{ id: itemId(id), iri: page, feed: FEED, publisher: publisherId(publisher), permalink: page },
    ...{ title, arrivedAt, revision: 0, digest: "1" },
  };
}

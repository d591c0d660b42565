import { expect, test } from "vitest";
import type { FeedState } from "../../src/model/feed.ts";
import { feedId, itemId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { requestOf } from "../../src/poll/poll.ts";
import { openWorld } from "../../workers/world.ts";
import { aFeed, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { NOON, polled } from "./feed.ts";

const FEED = aFeed("paper", "paper", "https://paper.example/feed.xml");
const LEASE = MINUTE;
const BACKLOG = { overdueAfter: 5 * MINUTE, aSecond: 50 };
const ITEM = { id: itemId("one"), feed: FEED.id, arrivedAt: NOON, title: "One" } as Item;

test("A-04: validators are written with the items or not at all, so a killed poll is made again without condition", async () => {
  using folder = temporaryFolder();
  await using world = await openWorld(testSettings({ dataDir: folder.path, feeds: [FEED] }), "work");
  await world.feeds.schedule([FEED.id], NOON, 0);
  const state: FeedState = polled({ validators: { etag: '"new"' }, nextDueAt: NOON + HOUR });
  const written = (token: string) =>
    world.feeds.commit({
      feed: FEED.id,
      token,
      state,
      nextDueAt: NOON + HOUR,
      items: [{ item: ITEM }],
      known: new Map(),
    });

  // Given a worker that was killed after the answer came, and one that took over when its lease had ended
  await world.feeds.takeLease(FEED.id, "killed", { now: NOON, lease: LEASE, claimedAt: NOON });
  const later = NOON + 2 * LEASE;
  const taken = await world.feeds.takeLease(FEED.id, "other", { now: later, lease: LEASE, claimedAt: later });
  if (taken.kind === "refused") throw new Error(taken.why);

  // Then the other asks without condition, and the first, should it live after all, writes nothing
  expect(requestOf(FEED, taken.state, "ua").headers).not.toHaveProperty("if-none-match");
  expect(await written("killed")).toBe(false);
  expect(await world.items.count()).toBe(0);
  expect((await world.feeds.states([FEED.id])).get(FEED.id)?.validators).toEqual({});

  // And what the other writes is there together
  expect(await written("other")).toBe(true);
  expect(await world.items.count()).toBe(1);
  expect((await world.feeds.states([FEED.id])).get(FEED.id)?.validators).toEqual({ etag: '"new"' });
}, 30_000);

test("A-16: after a restart nothing is polled before its due time, and a long backlog drains at a set rate", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  const overdue = Array.from({ length: 1000 }, (_, n) => feedId(`overdue-${n}`));
  const later = feedId("later");

  // Given a thousand feeds that were due two hours ago and one that is due in an hour, and a restart of program and Redis
  {
    await using world = await openWorld(settings, "work");
    await world.feeds.schedule([...overdue, later], NOON - 2 * HOUR, 0);
    await world.redis.zadd(world.keys.due, NOON + HOUR, later);
  }
  await using world = await openWorld(settings, "work");
  await world.feeds.schedule([...overdue, later], NOON, 0);

  // When due feeds are claimed every two seconds for a minute
  const claims: string[][] = [];
  for (let at = NOON; at < NOON + 40 * SECOND; at += 2 * SECOND)
    claims.push((await world.feeds.claim(at, 10_000, HOUR, BACKLOG)).map(({ feed }) => feed));

  // Then fifty a second were taken up, each once, and the one that is not due was left alone
  expect(Math.max(...claims.map(({ length }) => length))).toBeLessThanOrEqual(4 * BACKLOG.aSecond);
  expect(claims.slice(0, 5).flat().length).toBeLessThanOrEqual(10 * BACKLOG.aSecond);
  expect(new Set(claims.flat()).size).toBe(claims.flat().length);
  expect(claims.flat().sort()).toEqual([...overdue].sort());
}, 30_000);

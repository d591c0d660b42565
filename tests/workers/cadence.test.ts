import { expect, test } from "vitest";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { Settings } from "../../src/model/settings.ts";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { openCadence } from "../../workers/poll/cadence.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEEDS = 2000;
const WELL: FeedState = { ...NEW_FEED_STATE, validators: { etag: '"a"' }, health: "ok" };

function budgeted(dataDir: string, redisUrl: string | undefined, requestsPerHour?: number): Settings {
  const base = testSettings({ dataDir });
  return testSettings({
    dataDir,
    ...(redisUrl !== undefined && { redisUrl }),
    poll: { ...base.poll, minInterval: 15 * MINUTE, ...(requestsPerHour !== undefined && { requestsPerHour }) },
    publishers: [aPublisher("paper")],
    feeds: Array.from({ length: FEEDS }, (_, n) => aFeed(`feed-${n}`, "paper", `https://paper.example/${n}`)),
  });
}

/** What every feed brings, as if it had been polled for months. */
async function remember({ redis, keys, settings }: World, rateOf: (n: number) => number): Promise<void> {
  const states = settings.feeds.map(({ id }, n) => [id, JSON.stringify({ ...WELL, rate: rateOf(n) })]);
  await redis.hset(keys.feeds, Object.fromEntries(states));
}

test("the request budget is reckoned once from all feeds' states and followed by every worker", async () => {
  // Given two thousand feeds, half of which bring an item a week, and two workers on one Redis
  using folder = temporaryFolder();
  await using first = await openWorld(budgeted(folder.path, undefined, 500), "work");
  const socket = first.redis.options.path ?? "";
  await using second = await openWorld(budgeted(folder.path, socket, 500), "work");
  await remember(first, (n) => (n % 2 === 0 ? 1 / 7 : 10));
  const one = await openCadence(first);
  const other = await openCadence(second);

  // When both follow the cadence
  const before = [one.intervalAtOneADay(), other.intervalAtOneADay()];
  await one.follow();
  await other.follow();

  // Then a feed with ten items a day is polled by the square root of seventy as often as one with an item a week
  expect(before).toEqual([undefined, undefined]);
  const interval = one.intervalAtOneADay() ?? Number.NaN;
  expect(other.intervalAtOneADay()).toBe(interval);
  const requestsPerHour = (FEEDS / 2) * (HOUR / (interval * Math.sqrt(7)) + HOUR / (interval / Math.sqrt(10)));
  expect(requestsPerHour / 500).toBeCloseTo(1, 2);

  // And whoever begins anew follows at once, and nobody reckons again for a while
  await remember(first, () => 10);
  await one.follow();
  expect(one.intervalAtOneADay()).toBe(interval);
  expect((await openCadence(second)).intervalAtOneADay()).toBe(interval);
}, 60_000);

test("without a budget feeds that bring little are asked every two hours all the same", async () => {
  using folder = temporaryFolder();
  await using world = await openWorld(budgeted(folder.path, undefined), "work");
  await remember(world, () => 1 / 7);
  const cadence = await openCadence(world);

  await cadence.follow();

  expect((cadence.intervalAtOneADay() ?? 0) * Math.sqrt(7)).toBeCloseTo(2 * HOUR, -3);
}, 60_000);

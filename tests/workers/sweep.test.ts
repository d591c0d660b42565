import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { feedId, itemId } from "../../src/model/ids.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from "../../src/model/time.ts";
import { putRight } from "../../workers/put-right.ts";
import { sweep } from "../../workers/sweep.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { testSettings } from "../support/test-settings.ts";

const YEAR = 365 * DAY;
const RETENTION = 30 * DAY;
const FEED = feedId("blatt");
/** A moment within an hour, as those of sweeps are. */
const START = Date.UTC(2026, 10, 20, 12, 17);

const stack = new AsyncDisposableStack();
let world: World;
/** What the shared clock says. */
let clock: Instant;
let said: [event: string, facts: object][];

beforeAll(async () => {
  const { home } = stack.use(await openTestRedis());
  const opened = stack.use(await openWorld(testSettings(home), "test"));
  const settings = {
    ...opened.settings,
    retention: { items: RETENTION, maxItems: 1000 },
    feeds: [{ id: FEED } as World["settings"]["feeds"][number]],
  };
  const saying = (facts: object, event: string) => void said.push([event, facts]);
  const log = { ...opened.log, info: saying, warn: saying } as World["log"];
  world = { ...opened, settings, log, now: () => clock };
});
beforeEach(async () => {
  await world.redis.flushall();
  clock = START;
  said = [];
  await arrive();
});
afterAll(() => stack.disposeAsync());

/** An item on each of the last twenty days, and what each is known by. */
async function arrive(): Promise<void> {
  const { redis, keys } = world;
  const arrivals = Array.from({ length: 20 }, (_, n) => START - n * DAY);
  await redis.zadd(keys.items, ...arrivals.flatMap((at) => [at, itemId(`i-${at}`)]));
  const known = arrivals.map((at) => [`g:${at}`, `i-${at} digest 0 ${Math.floor(at / DAY)}`]);
  await redis.hset(keys.known(FEED), Object.fromEntries(known));
}

const kept = async () => await world.items.count();
const known = async () => await world.redis.hlen(world.keys.known(FEED));

/** Sweeps now, and once an hour from then on. */
async function runs(length: Duration): Promise<void> {
  for (const end = clock + length; clock < end; clock += HOUR) await sweep(world);
}

/** Starts, sweeps once and ends, so many times. */
async function starts(times: number, apart: Duration): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await putRight(world, 0);
    await sweep(world);
    clock += apart;
  }
}

const putOff = () => said.flatMap(([event, facts]) => (event === "sweep.put-off" ? [facts] : []));

test("an item goes a day after it is older than the retention, and not before", async () => {
  await runs(11 * DAY);
  expect(await kept()).toBe(20);

  await runs(9 * DAY);

  expect(await kept()).toBe(12);
  expect(await world.redis.zcard(world.keys.clockHours)).toBeLessThanOrEqual(50);
});

test.each([
  ["twelve days", 12 * DAY],
  ["a year", YEAR],
  ["forty years", 40 * YEAR],
])("a clock that is ahead by %s for most of a day takes nothing", async (_, ahead) => {
  await runs(2 * DAY);

  clock += ahead;
  await runs(23 * HOUR);
  clock -= ahead;
  await runs(2 * DAY);

  expect(await kept()).toBe(20);
  expect(await known()).toBe(20);
});

test("nor does one that is ahead whenever a worker starts and is put right soon after", async () => {
  for (let day = 0; day < 5; day += 1) {
    clock += YEAR;
    await starts(1, HOUR);
    clock -= YEAR;
    await putRight(world, 0);
    clock += DAY;
  }

  expect(await kept()).toBe(20);
  expect(await known()).toBe(20);
});

test("nor one that was far behind before, nor one that is ahead where nobody noted anything yet", async () => {
  await runs(DAY);
  clock -= 50 * YEAR;
  await runs(2 * DAY);
  clock += 50 * YEAR;
  await runs(2 * HOUR);
  expect(await kept()).toBe(20);

  await world.redis.del(world.keys.clockHours);
  clock += YEAR;
  await runs(23 * HOUR);

  expect(await kept()).toBe(20);
  expect(await known()).toBe(20);
});

test("what grew too old while nothing ran goes a day after it runs again, and until then the log says why not", async () => {
  await runs(2 * DAY);
  clock += 60 * DAY;
  said = [];

  await runs(DAY);

  expect(await kept()).toBe(20);
  expect(putOff()).toHaveLength(24);
  expect(putOff()[0]).toEqual({
    reason: expect.stringMatching(/clock has run on .* after a day/),
    ranOn: "60 d",
    sweptAsOf: "2026-11-22T11:00:00.000Z",
  });

  await runs(HOUR);

  expect(await kept()).toBe(0);
  expect(putOff()).toHaveLength(24);
});

test("where it runs but for a moment each night, or each week, it sweeps what was over the time before", async () => {
  await starts(25, DAY + MINUTE);
  expect(await kept()).toBe(8);
  expect(putOff()).toHaveLength(1);

  await starts(2, 7 * DAY);
  expect(await kept()).toBe(6);
});

test("an item that a poll dated by a clock that was ahead arrives at its publisher's date, or now", async () => {
  const { redis, keys } = world;
  const now = Date.now();
  for (const [id, publishedAt] of [["dated", now - DAY], ["undated"]] as const) {
    await redis.zadd(keys.items, now + YEAR, id);
    await redis.set(keys.item(id), JSON.stringify({ id, publishedAt, arrivedAt: now + YEAR }));
  }

  await sweep(world);

  const [dated, undated] = (await redis.zmscore(keys.items, "dated", "undated")).map(Number);
  expect(dated).toBe(now - DAY);
  expect(undated).toBeGreaterThan(now - SECOND);
  expect(undated).toBeLessThanOrEqual(Date.now());
});

test("too many items go at once, whatever the clock says", async () => {
  const { maxItems } = world.settings.retention;
  const newest = Array.from({ length: maxItems }, (_, n) => [START + n, itemId(`n-${n}`)]);
  await world.redis.zadd(world.keys.items, ...newest.flat());

  await sweep(world);

  expect(await kept()).toBe(maxItems);
});

test("a Redis that is full is swept, too", async () => {
  await runs(12 * DAY);
  expect(await kept()).toBe(20);

  await world.redis.config("SET", "maxmemory", 1);
  clock += DAY;
  await expect(sweep(world)).rejects.toThrow("maxmemory");
  await world.redis.config("SET", "maxmemory", 0);

  expect(await kept()).toBe(19);
});

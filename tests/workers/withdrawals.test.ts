import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import { writeAttendance } from "../../src/identify/identify.ts";
import type { Document } from "../../src/model/document.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { writeRecollection } from "../../src/recall/recall.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";
import { take } from "../../workers/poll/take.ts";
import { openWorld } from "../../workers/world.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, testSettings } from "../support/test-settings.ts";
import { anEdit, type Edit, type Edition, editionsOf, pressOf, rssOf } from "./editions.ts";

/** One document after the other, each committed before the next: what a feed's items come to. */

const NOON = Date.UTC(2026, 10, 20, 12);
const HAUS = aFeed("haus", "haus", "https://haus.example/feed");
const ZWEIT = aFeed("zweit", "haus", "https://haus.example/zweit");

const stack = new AsyncDisposableStack();
let world: Awaited<ReturnType<typeof openWorld>>;
let reading: ReturnType<typeof threadPool<ReadingJob, Reading>>;

beforeAll(async () => {
  const server = stack.use(await openTestRedis());
  const settings = testSettings({
    ...server.home,
    publishers: [aPublisher("haus")],
    feeds: [HAUS, ZWEIT],
  });
  world = stack.use(await openWorld(settings, "test"));
  reading = stack.use(
    threadPool(new URL("../../workers/poll/reading-thread.ts", import.meta.url), { threads: 1, deadlineMs: 20_000 }),
  );
});

afterAll(() => stack.disposeAsync());

const article = (n: number): string =>
  `<item><title>Meldung ${n} aus dem Ort</title><link>https://haus.example/artikel/${n}</link>` +
  `<guid isPermaLink="false">haus-${n}</guid><pubDate>${new Date(NOON + n * 7 * MINUTE).toUTCString()}</pubDate></item>`;

const document = (...numbers: readonly number[]): Document => ({
  url: HAUS.url,
  headers: { "content-type": "text/xml; charset=utf-8" },
  bytes: Buffer.from(
    `<rss version="2.0"><channel><title>Haus</title><link>https://haus.example/</link><description>d</description>${numbers.map(article).join("\n")}</channel></rss>`,
  ),
});

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, n) => from - n);

/** @returns the news of each document: "withdrawn 5" */
async function travel(feed: Feed, editions: readonly Edition[]): Promise<readonly (readonly string[])[]> {
  await world.feeds.schedule([HAUS.id, ZWEIT.id], 0, 0);
  const told = [];
  for (const { document: printed, at } of editions) {
    const tools = { reading, world: { ...world, now: () => at }, sectionWords: [] };
    const token = String(at);
    const lease = await world.feeds.takeLease(feed.id, token, { now: at, lease: MINUTE, claimedAt: at });
    if (lease.kind === "refused") throw new Error(lease.why);
    const { brought, recollection, attendance } = await take(tools, feed, lease.state, printed);
    const { identity, items, known } = brought;
    const { identity: _, ...state } = lease.state;
    await world.feeds.commit({
      feed: feed.id,
      token,
      state: { ...state, polledAt: at, bodyHash: token, ...(identity !== undefined && { identity }) },
      nextDueAt: at,
      items,
      known,
      ...(recollection !== undefined && {
        recollection: recollection === "none" ? "" : writeRecollection(recollection),
      }),
      ...(attendance !== undefined && { attendance: writeAttendance(attendance) }),
    });
    told.push(items.map(({ item, news }) => `${news?.kind} ${/\d+/.exec(item.title)?.[0]}`));
  }
  return told;
}

const hourly = (...documents: readonly Document[]): readonly Edition[] =>
  documents.map((printed, n) => ({ document: printed, at: NOON + 10 * HOUR + n * HOUR }));

const without = (newest: number, ...gone: readonly number[]): Document =>
  document(...range(newest, 1).filter((n) => !gone.includes(n)));

test("an item that is deleted from the middle is withdrawn once, and is news again when it is shown again", async () => {
  await world.redis.flushdb();
  const full = document(...range(10, 1));

  const told = await travel(HAUS, [
    ...hourly(full, without(11, 5), without(12, 5), without(13, 5), without(14, 5), document(...range(15, 1))),
    { document: document(...range(16, 1)), at: NOON + 30 * HOUR },
  ]);

  expect(told.slice(1)).toEqual([
    ["new 11"],
    ["new 12"],
    ["new 13", "withdrawn 5"],
    ["new 14"],
    ["new 15", "new 5"],
    ["new 16"],
  ]);
});

test("what was withdrawn keeps its arrival and its text, says when, and is dated by its return", async () => {
  await world.redis.flushdb();
  const editions = hourly(
    document(...range(10, 1)),
    without(11, 5),
    without(12, 5),
    without(13, 5),
    document(...range(14, 1)),
  );
  const find = async () =>
    (await world.items.items((await world.redis.zrange(world.keys.items, "0", "-1")) as never)).find(
      ({ guid }) => guid === "haus-5",
    );

  await travel(HAUS, editions.slice(0, 4));
  expect(await find()).toMatchObject({ withdrawnAt: editions[3]?.at, arrivedAt: editions[0]?.at, revision: 0 });

  await travel(HAUS, editions.slice(4));
  const back = await find();
  expect(back).toMatchObject({ revisedAt: editions[4]?.at, arrivedAt: editions[0]?.at, revision: 0 });
  expect(back).not.toHaveProperty("withdrawnAt");
});

test("a text that its publisher files under another feed is not withdrawn while that shows it", async () => {
  await world.redis.flushdb();
  await travel(ZWEIT, hourly(document(9, 5, 3)));

  const told = await travel(
    HAUS,
    hourly(document(...range(10, 1)), without(11, 5), without(12, 5), without(13, 5), without(14, 5)),
  );
  expect(told.flat().filter((news) => news.startsWith("withdrawn"))).toEqual([]);

  await travel(ZWEIT, [{ document: document(17, 9, 3), at: NOON + 20 * HOUR }]);
  expect(await travel(HAUS, [{ document: without(15, 5), at: NOON + 21 * HOUR }])).toEqual([["new 15", "withdrawn 5"]]);
});

/** These take an item out, or put another one in its place: that is what a withdrawal is. */
const REPLACING: ReadonlySet<Edit["what"]> = new Set(["takenOut", "putBack", "column", "bulletin", "reusedGuid"]);

test("whatever a publisher does to a feed that lets go of its oldest items, nothing is withdrawn", {
  timeout: 120_000,
}, async () => {
  const press = pressOf(rssOf(40));
  if (press === undefined) throw new Error("an invented document can be cut into its items");
  const edits = fc.array(
    anEdit.filter(({ what }) => !REPLACING.has(what)),
    { minLength: 4, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(edits, async (made) => {
      await world.redis.flushdb();
      const told = await travel(HAUS, editionsOf(press, made, { url: HAUS.url, headers: {}, bytes: Buffer.from("") }));

      expect(told.flat().filter((news) => news.startsWith("withdrawn"))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { noteHour } from "../../src/adapters/shared-clock.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId, itemId } from "../../src/model/ids.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { feedReport } from "../../workers/feeds/feed-report.ts";
import { sweep } from "../../workers/sweep.ts";
import { type FeedServer, openFeedServer } from "../support/feed-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEED = feedId("blatt");
const PUBLISHER = aPublisher("blatt");
const TOPIC = aTopic("alles", "*", { window: 30 * DAY, size: 50 });

interface Article {
  readonly guid: string;
  readonly page: string;
  readonly title: string;
  readonly at: number;
}

const article = (n: number, at: number): Article => ({ guid: `g${n}`, page: `/a/${n}`, title: titleOf(n), at });

/** Words that no two articles share, so that the desk makes no stories of them. */
const titleOf = (n: number): string =>
  createHash("sha256")
    .update(String(n))
    .digest("hex")
    .slice(0, 32)
    .replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)))
    .replace(/.{8}/g, "$& ")
    .trim();

const document = (articles: readonly Article[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><link>https://blatt.example/</link>${articles
    .map(
      ({ guid, page, title, at }) =>
        `<item><guid isPermaLink="false">${guid}</guid><link>https://blatt.example${page}</link><title>${title}</title>` +
        `<description>Was in ${title} steht.</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
    )
    .join("")}</channel></rss>`;

const daemonFor = (publisher: FeedServer, dataDir: string) =>
  startTestDaemon(
    testSettings({
      dataDir,
      publishers: [PUBLISHER],
      feeds: [aFeed(FEED, PUBLISHER.id, publisher.url("/feed"), { language: "de" })],
      topics: [TOPIC],
    }),
  );

/** Has the feed polled; its document has changed, so it is read. */
async function polled(daemon: Daemon): Promise<void> {
  const { feeds, now } = daemon.world;
  const stateOf = async () => (await feeds.states([FEED])).get(FEED) ?? NEW_FEED_STATE;
  const { bodyHash } = await stateOf();
  await eventually("the next document read", async () => {
    await feeds.dueNow(FEED, now());
    return (await stateOf()).bodyHash === bodyHash ? undefined : true;
  });
}

test("guids that change with every document announce nothing again, and the feed's page says what became of them", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const now = Math.floor(Date.now() / 1000) * 1000;
  const front = [5, 4, 3, 2, 1].map((n) => article(n, now - n * HOUR));
  publisher.put("/feed", document(front));
  await using daemon = await daemonFor(publisher, folder.path);
  await daemon.settled(5);

  for (let take = 1; take <= 4; take += 1) {
    publisher.put("/feed", document(front.map((one) => ({ ...one, guid: `${one.guid}-${take}` }))));
    await polled(daemon);
  }

  await daemon.settled(5);
  expect(await daemon.world.redis.xlen(daemon.world.keys.news)).toBe(5);
  const state = (await daemon.world.feeds.states([FEED])).get(FEED) ?? NEW_FEED_STATE;
  expect(state.identity).toMatchObject({ by: "page", because: { code: "guid-churn", documents: 4, of: 4 } });
  const [feed = aFeed(FEED, PUBLISHER.id, "")] = daemon.world.settings.feeds;
  expect(feedReport(feed, PUBLISHER, state, [], now)).toContain(
    "items known by their page: the same pages come back under new guids (in 4 of the last 4 documents)",
  );
  const page = await (await fetch(`http://127.0.0.1:${daemon.port}/publishers/blatt`)).text();
  expect(page).toContain("Meldungen an ihrer Seite erkannt: dieselben Seiten kommen unter neuen Kennungen wieder");
});

test("a feed with an archive does not flood its topics, and loses nothing of it", { timeout: 90_000 }, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const now = Math.floor(Date.now() / 1000) * 1000;
  publisher.put("/feed", document(Array.from({ length: 600 }, (_, n) => article(n, now - n * 6 * HOUR))));
  await using daemon = await daemonFor(publisher, folder.path);
  await daemon.settled(600);

  const { redis, keys } = daemon.world;
  expect(await redis.zcount(keys.items, now, "+inf")).toBe(100);
  expect(await redis.zcount(keys.items, "-inf", now - 4 * DAY)).toBe(500);
  const found = await fetch(`http://127.0.0.1:${daemon.port}/search.json?q=${encodeURIComponent(titleOf(599))}`);
  expect(((await found.json()) as { items: { title: string }[] }).items).toMatchObject([{ title: titleOf(599) }]);
  const topic = await eventually("the topic", async () => {
    const answer = await fetch(`http://127.0.0.1:${daemon.port}/topics/alles.json`);
    return answer.ok ? ((await answer.json()) as { items: { title: string }[] }) : undefined;
  });
  const newest = new Set(Array.from({ length: 100 }, (_, n) => titleOf(n)));
  expect(topic.items).toHaveLength(50);
  for (const { title } of topic.items) expect(newest).toContain(title);
});

test("the sweep bounds what is remembered of a feed, and never forgets what its document still carries", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  await using daemon = await startTestDaemon(
    testSettings({
      dataDir: folder.path,
      publishers: [PUBLISHER],
      feeds: [aFeed(FEED, PUBLISHER.id, publisher.url("/feed"))],
    }),
    ["desk", "web"],
  );
  const { world } = daemon;
  const today = Math.floor(Date.now() / DAY) * DAY;
  await noteHour(world.redis, world.keys, today - DAY);
  await world.feeds.schedule([FEED], today, 0);
  await remember(daemon, "lost", 3000, today - 400 * DAY);
  await remember(daemon, "old", 15_000, today - 30 * DAY);
  await remember(daemon, "new", 15_000, today - 20 * DAY);

  await sweep(world);

  expect(await known(daemon, "lost")).toBe(0);
  expect(await known(daemon, "old")).toBe(5000);
  expect(await known(daemon, "new")).toBe(15_000);

  // a feed that has not changed for a year still carries what it carried
  await remember(daemon, "many", 30_000, today - 10 * DAY);
  await sweep(world);
  expect(await known(daemon, "many")).toBe(30_000);
  expect(await known(daemon, "new")).toBe(0);
});

test("a record says who, which text, which day and which date, and one of an older version is read too", async () => {
  using folder = temporaryFolder();
  await using daemon = await startTestDaemon(testSettings({ dataDir: folder.path }), ["web"]);
  const { feeds, redis, keys } = daemon.world;
  await redis.hset(keys.known(FEED), "g:old", "i1 d1 2 20000", "g:new", "i2 d2 0 20001 1767225600000");
  await redis.hset(keys.known(FEED), "g:both", "i3 d3 2 20001 1767225600000 d2", "g:undated", "i4 d4 1 20001 - d3");

  const found = await feeds.known(FEED, ["g:old", "g:new", "g:both", "g:undated"]);

  expect(Object.fromEntries(found)).toEqual({
    "g:old": { item: "i1", digest: "d1", revision: 2, seen: 20_000 * DAY },
    "g:new": { item: "i2", digest: "d2", revision: 0, seen: 20_001 * DAY, at: 1_767_225_600_000 },
    "g:both": { item: "i3", digest: "d3", revision: 2, before: "d2", seen: 20_001 * DAY, at: 1_767_225_600_000 },
    "g:undated": { item: "i4", digest: "d4", revision: 1, before: "d3", seen: 20_001 * DAY },
  });
});

async function remember(daemon: Daemon, name: string, count: number, at: number): Promise<void> {
  const { feeds } = daemon.world;
  const lease = await feeds.takeLease(FEED, name, { now: Date.now(), lease: HOUR, claimedAt: Number.MAX_SAFE_INTEGER });
  expect(lease.kind).toBe("taken");
  const record = { item: itemId("i"), digest: "d", revision: 0, at };
  await feeds.commit({
    feed: FEED,
    token: name,
    state: { ...NEW_FEED_STATE, polledAt: at },
    nextDueAt: Date.now() + DAY,
    items: [],
    known: new Map(Array.from({ length: count }, (_, n) => [`g:${name}${n}`, record])),
  });
}

async function known({ world }: Daemon, name: string): Promise<number> {
  const all = await world.redis.hkeys(world.keys.known(FEED));
  return all.filter((key) => key.startsWith(`g:${name}`)).length;
}

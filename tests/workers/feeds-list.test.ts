import { expect, test } from "vitest";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { feedLine, feedReport } from "../../workers/feeds/feed-report.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, eventually, testSettings } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

const NOW = Date.UTC(2026, 0, 20, 3);
const feed = aFeed("bote", "blatt", "https://bote.example/rss");
const failing = {
  ...NEW_FEED_STATE,
  health: "failing" as const,
  healthSince: NOW - 2 * DAY,
  failures: 9,
  lastError: "html: https://bote.example/rss is a web page, not a feed",
  polledAt: NOW - HOUR,
  succeededAt: NOW - 2 * DAY,
  nextDueAt: NOW + 40 * MINUTE,
  nextReasons: [{ rule: "back-off", failures: 9 } as const],
  homeUrl: "https://bote.example/",
  rate: 12,
};

test("an ill feed says since when, what is wrong, when it is tried again and what to do", () => {
  const line = feedLine(feed, failing, NOW);
  const report = feedReport(feed, aPublisher("blatt"), failing, [], NOW);

  expect(line).toMatch(/^failing {4}bote .*read 2 d ago {2}12 a day {2}next in 40 min: /);
  expect(line).toContain("\n           for 2 d, 9 failures in a row: html: https://bote.example/rss is a web page");
  expect(report).toContain("failing since 2026-01-18T03:00:00Z (2 d ago)");
  expect(report).toContain(
    '"npm run --silent ressort -- feeds add --dry-run https://bote.example/" looks for its feeds',
  );
});

test("a well feed takes one line, a new one says so", () => {
  const well = {
    ...NEW_FEED_STATE,
    health: "ok" as const,
    succeededAt: NOW - 5 * MINUTE,
    rate: 0.1,
    nextDueAt: NOW - MINUTE,
  };

  expect(feedLine(feed, well, NOW)).toMatch(/^ok +bote +read 5 min ago {2}3.0 a month {2}due for 60 s$/);
  expect(feedLine(feed, NEW_FEED_STATE, NOW)).toMatch(/^new .*never read$/);
});

test("A-18: a feed is refreshed at most every 30 minutes, conditionally, and the way is told", {
  timeout: 60_000,
}, async () => {
  // given: a feed that was polled a moment ago
  await using publisher = await openFeedServer();
  publisher.put(
    "/bote",
    "<rss><channel><item><title>a</title><link>https://bote.example/1</link></item></channel></rss>",
  );
  publisher.put("/kaputt", "kein Feed");
  const feeds = ["bote", "kaputt"].map((id) => aFeed(id, "blatt", publisher.url(`/${id}`)));
  const operator = openOperator(
    [Number(new URL(publisher.url("/")).port)],
    `publishers: [{ id: blatt, title: Blatt, feeds: [${feeds.map(({ id, url }) => `{ id: ${id}, url: "${url}" }`)}] }]\n`,
  );
  const settings = testSettings({ dataDir: operator.dataDir, publishers: [aPublisher("blatt")], feeds });
  await using daemon = await startTestDaemon(settings, ["work", "desk"]);
  const { world } = daemon;
  const stateOf = async (id: string) =>
    [...(await world.feeds.states(feeds.map((one) => one.id)))].find(([key]) => key === id)?.[1];
  await eventually("polled", async () =>
    (await stateOf("kaputt"))?.polledAt !== undefined && (await stateOf("bote"))?.polledAt !== undefined
      ? true
      : undefined,
  );

  // when
  const [tooEarly, ill, shown] = await Promise.all([
    operator.ressort("feeds", "refresh", "bote"),
    operator.ressort("feeds", "list"),
    operator.ressort("feeds", "show", "bote"),
  ]);
  const state = await stateOf("bote");
  await world.redis.hset(
    world.keys.feeds,
    "bote",
    JSON.stringify({ ...state, polledAt: Date.now(), nextDueAt: Date.now() + 110 * SECOND }),
  );
  const frequent = await operator.ressort("feeds", "refresh", "bote");
  await world.redis.hset(world.keys.feeds, "bote", JSON.stringify({ ...state, polledAt: Date.now() - 31 * MINUTE }));
  const refreshed = await operator.ressort("feeds", "refresh", "bote");
  await eventually("polled again", () =>
    publisher.asked.filter(({ path }) => path === "/bote").length === 2 ? true : undefined,
  );

  // then
  expect(tooEarly).toMatchObject({ code: 1, stdout: expect.stringMatching(/bote: .* asked for again in (29|30) min/) });
  expect(frequent).toMatchObject({ code: 1, stdout: expect.stringMatching(/bote: .* next poll is due in \d+ s/) });
  expect(refreshed).toMatchObject({ code: 0, stdout: expect.stringContaining("bote is due now") });
  expect(publisher.asked.filter(({ path }) => path === "/bote").map(({ status }) => status)).toEqual([200, 304]);
  expect(ill.stdout.split("\n")[0]).toMatch(/^failing +kaputt/);
  expect(ill.stdout).toContain("2 feeds, 1 ill");
  expect(shown.stdout).toMatch(/refresh +again .* \(in (29|30) min\)/);
});

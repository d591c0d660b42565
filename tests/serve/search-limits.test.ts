import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { openMetrics } from "../../src/adapters/metrics.ts";
import { MINUTE } from "../../src/model/time.ts";
import { readerLimits, subscriberCounts } from "../../src/serve/serve.ts";
import { openReaders } from "../../workers/web/readers.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { heapUsed } from "../support/heap-used.ts";
import { type Served, served } from "./served.ts";

const FEED = "/topics/elbe.rss";

/** Readers say in a header of their own who they are; the clock stands still until it is moved. */
async function limited(searches: number, wholeFeeds: number): Promise<Served & { wait(duration: number): void }> {
  let now = EXAMPLE_NOW;
  const nameOf = ({ headers }: IncomingMessage) => headers["x-reader"]?.toString();
  const readers = readerLimits({ searches, wholeFeeds }, nameOf, () => now);
  const server = await served(await exampleView({}, undefined, { readers }));
  return Object.assign(server, {
    wait: (duration: number) => {
      now += duration;
    },
  });
}

describe("who searches too often", () => {
  test("is asked to wait, on pages and feeds alike; others are not, nor is who cannot be told from others", async () => {
    await using server = await limited(3, 0);
    const search = async (reader?: string, path = "/search?q=hafen") =>
      await server.get(path, reader === undefined ? {} : { "x-reader": reader });

    for (const path of ["/search?q=hafen", "/search.rss?q=hafen", "/search?q=elbe&page=1"])
      expect((await search("a", path)).status).toBe(200);
    const page = await search("a");
    const feed = await search("a", "/search.json?q=hafen");

    expect(page.status).toBe(429);
    expect(page.headers).toMatchObject({ "retry-after": "20", "cache-control": "no-store" });
    expect(page.text).toContain("Bitte in 20 Sekunden noch einmal versuchen");
    expect(feed.status).toBe(429);
    expect(feed.headers).toMatchObject({ "retry-after": "20", "cache-control": "no-store" });
    expect((await search("a", "/search")).status).toBe(200);
    for (const other of ["b", undefined, undefined, undefined, undefined])
      expect((await search(other)).status).toBe(200);

    server.wait(20_000);
    expect((await search("a")).status).toBe(200);
    expect((await search("a")).status).toBe(429);
  });

  test("pays a tenth for what has not changed", async () => {
    await using server = await limited(3, 0);
    const { headers } = await server.get("/search.rss?q=hafen", { "x-reader": "a" });
    const again = { "x-reader": "a", "if-none-match": headers["etag"] ?? "" };

    const statuses = [];
    for (let i = 0; i < 9; i++) statuses.push((await server.get("/search.rss?q=hafen", again)).status);

    expect(new Set(statuses)).toEqual(new Set([304]));
  });
});

test("a made-up If-None-Match buys no more searches", async () => {
  await using server = await limited(3, 0);
  const search = async (_: unknown, n: number) =>
    (await server.get(`/search.rss?q=hafen+${n}`, { "x-reader": "a", "if-none-match": '"x"' })).status;

  const statuses = await Promise.all(Array.from({ length: 20 }, search));

  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
});

describe("who fetches one feed whole again and again", () => {
  test("is asked to wait for that feed; who has its newest version is told so, always", async () => {
    await using server = await limited(0, 2);
    const fetchFeed = (headers: Readonly<Record<string, string>> = {}, path = FEED) =>
      server.get(path, { "x-reader": "a", ...headers });

    const { headers } = await fetchFeed();
    await fetchFeed();
    const refused = await fetchFeed();

    expect(refused.status).toBe(429);
    expect(refused.headers).toMatchObject({
      "retry-after": "300",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
    });
    expect(refused.text).toContain("If-None-Match");
    expect((await fetchFeed({}, "/topics/bahn.rss")).status).toBe(200);
    expect((await fetchFeed({ "if-none-match": headers["etag"] ?? "" })).status).toBe(304);
    expect((await fetchFeed({ "x-reader": "b" })).status).toBe(200);
    expect((await server.ask("HEAD", FEED, { "x-reader": "a" })).status).toBe(200);

    server.wait(5 * MINUTE);
    expect((await fetchFeed()).status).toBe(200);
  });

  test("pays a tenth where it says what it has, be it made up, and nothing for a 304", async () => {
    await using server = await limited(0, 1);
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await server.get(FEED, { "x-reader": "a", ...headers })).status;
    const { etag = "" } = (await server.get(FEED)).headers;

    for (let i = 0; i < 30; i++) expect(await statusOf({ "if-none-match": etag })).toBe(304);
    const madeUp = [await statusOf({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" })];
    for (let i = 0; i < 10; i++) madeUp.push(await statusOf({ "if-none-match": `"made up ${i}"` }));

    expect(madeUp).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect(await statusOf({ "if-none-match": etag })).toBe(304);
  });

  test("0 holds nobody back", async () => {
    await using server = await limited(0, 0);

    for (let i = 0; i < 30; i++) expect((await server.get(FEED, { "x-reader": "a" })).status).toBe(200);
  });
});

describe("behind a proxy", () => {
  /** The daemon's own watch, and the server that it watches. */
  async function watched(trustProxies: readonly string[]) {
    const view = await exampleView();
    const http = { ...view.settings.http, trustProxies, limits: { searches: 1, wholeFeeds: 1 } };
    const metrics = openMetrics("test");
    const world = { settings: { ...view.settings, http }, metrics, now: () => EXAMPLE_NOW };
    return { server: await served({ ...view, readers: openReaders(world) }), metrics };
  }

  test("that is trusted each reader is told from the others", async () => {
    const { server, metrics } = await watched(["127.0.0.0/8"]);
    await using _ = server;
    const get = async (path: string, from: string) =>
      (await server.get(path, { "x-forwarded-for": from, "user-agent": "Feedbin - 5 subscribers" })).status;

    expect([await get(FEED, "1.1.1.1"), await get(FEED, "9.9.9.9, 1.1.1.1"), await get(FEED, "8.8.8.8")]).toEqual([
      200, 429, 200,
    ]);
    expect([await get("/search?q=elbe", "1.1.1.1"), await get("/search?q=elbe", "1.1.1.1")]).toEqual([200, 429]);
    expect(await metrics.registry.metrics()).toContain('ressort_feed_subscribers{topic="topics/elbe"} 5');
  });

  test("that is not trusted nobody pays for others, nor by a header for anybody", async () => {
    const { server } = await watched([]);
    await using _ = server;

    for (let i = 0; i < 5; i++) {
      expect((await server.get(FEED, { "x-forwarded-for": "1.1.1.1" })).status).toBe(200);
      expect((await server.get("/search?q=elbe", { "x-forwarded-for": "1.1.1.1" })).status).toBe(200);
    }
  });
});

/** Somebody who searches, and a clock that the test moves. */
function searcher(searches: number) {
  let now = EXAMPLE_NOW;
  const { search } = readerLimits(
    { searches, wholeFeeds: 0 },
    ({ url }) => url,
    () => now,
  );
  return {
    asks: (name: string) => search({ url: name, headers: {} } as IncomingMessage),
    step(duration: number): void {
      now += duration;
    },
  };
}

test("of a hundred thousand strangers the first are forgotten; the last, and the one who hurries, are not", () => {
  const { asks } = searcher(1);

  for (let i = 0; i < 100_000; i++) {
    asks(`stranger ${i}`);
    if (i % 5000 === 0) asks("hurried");
  }

  expect(asks("hurried")).toBeGreaterThan(0);
  expect(asks("stranger 99999")).toBeGreaterThan(0);
  expect(asks("stranger 1")).toBeUndefined();
});

test("a clock that was ahead and is put right keeps nobody waiting, and whoever hurries then is held as ever", () => {
  const { asks, step } = searcher(3);
  for (let n = 0; n < 10; n++) asks("a");

  step(-60 * MINUTE);

  expect([1, 2, 3, 4].map(() => asks("a"))).toEqual([undefined, undefined, undefined, 20]);
});

describe("subscribers", () => {
  test.each([
    ["Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)", 12],
    ["Feedbin feed-id:1234 - 5 subscribers", 5],
    ["Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 1 subscribers; )", 1],
    ["NewsBlur Feed Fetcher - 14 subscribers - http://www.newsblur.com/site/1 (Mozilla/5.0)", 14],
    ["Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 7 subscribers)", 7],
    ["NetNewsWire (RSS Reader; https://netnewswire.com/)", undefined],
    ["curl/8.0", undefined],
  ])("%s", (agent, expected) => {
    const told = new Map<string, number>();
    const note = subscriberCounts(
      (topic, count) => told.set(topic, count),
      () => EXAMPLE_NOW,
    );

    note(agent, "topics/elbe.rss");

    expect(told.get("topics/elbe")).toBe(expected);
  });

  test("are added up over readers and formats, counted once, and forgotten after a week", () => {
    let now = EXAMPLE_NOW;
    const told = new Map<string, number>();
    const note = subscriberCounts(
      (topic, count) => told.set(topic, count),
      () => now,
    );

    for (let i = 0; i < 3; i++) note("Feedly/1.0 (12 subscribers)", "topics/elbe.rss");
    note("Feedly/1.0 (3 subscribers)", "topics/elbe.atom");
    note("Inoreader/1.0 (2 subscribers)", "topics/elbe.rss");
    note("Inoreader/1.0 (9 subscribers)", "topics/elbe/archive/1.rss");
    expect([...told]).toEqual([["topics/elbe", 17]]);

    note("Inoreader/1.0 (4 subscribers)", "topics/elbe.rss");
    expect(told.get("topics/elbe")).toBe(19);

    now += 8 * 24 * 60 * MINUTE;
    note("Inoreader/1.0 (4 subscribers)", "topics/elbe.rss");
    expect(told.get("topics/elbe")).toBe(7);
  });

  test("whoever makes up readers does not fill the memory", () => {
    let highest = 0;
    const note = subscriberCounts(
      (_, count) => {
        highest = Math.max(highest, count);
      },
      () => EXAMPLE_NOW,
    );

    for (let i = 0; i < 5000; i++) note(`Made${i}/1.0 (1 subscribers)`, "topics/elbe.rss");

    expect(highest).toBe(50);
  });

  test("nor does whoever calls itself by long names", () => {
    const note = subscriberCounts(
      () => undefined,
      () => EXAMPLE_NOW,
    );
    const before = heapUsed();

    for (const [characters, times] of [
      [400, 5000],
      [15_000, 500],
    ] as const)
      for (let n = 0; n < times; n++) note(`${`${n}`.padEnd(characters, "x")} 12 subscribers`, `topics/t${n % 50}.rss`);

    expect(heapUsed() - before).toBeLessThan(2_500_000);
  });
});

import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseFeed } from "feedsmith";
import { expect, test } from "vitest";
import { loadSettings } from "../../src/settings/settings.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { type FeedServer, openFeedServer } from "../support/feed-server.ts";
import { readSeedItems, seedFeed } from "../support/seed-feed.ts";
import {
  aFeed,
  aPublisher,
  eventually,
  ROOT,
  SHARED,
  temporaryFolder,
  testSettings,
} from "../support/test-settings.ts";

const CORPUS = path.join(SHARED, "corpus", "real");
const isThere = existsSync(CORPUS) && existsSync(path.join(SHARED, "seed"));
if (!isThere) console.warn(`SKIPPED: the road over real documents needs ${SHARED}`);

const DOCUMENTS = 60;

test.skipIf(!isThere)(
  "real documents travel the whole road into topic feeds, pages and search",
  { timeout: 120_000 },
  async () => {
    await using publisher = await openFeedServer();
    using folder = temporaryFolder();
    const documents = globSync("{de-news,de-news2,codehollow,gesab-headlines}/**/*.{xml,rss,rdf,atom}", { cwd: CORPUS })
      .sort()
      .filter((_, n, all) => n % Math.floor(all.length / DOCUMENTS) === 0);
    const feeds = documents.map((file, n) => serve(publisher, n, readFileSync(path.join(CORPUS, file))));
    const seed = readSeedItems();
    publisher.put("/seed", seedFeed(seed));
    const shipped = loadSettings(path.join(ROOT, "config"), {});
    if (shipped.kind === "broken") throw new Error("the shipped config is broken");

    const settings = testSettings({
      dataDir: folder.path,
      // sixty feeds arrive within seconds: whatever matches is to be seen
      topics: shipped.settings.topics.map((topic) => ({ ...topic, size: 300 })),
      publishers: [aPublisher("dwn", { title: "DWN", rank: 1 }), ...feeds.map((feed) => aPublisher(feed.publisher))],
      feeds: [aFeed("dwn", "dwn", publisher.url("/seed"), { language: "de" }), ...feeds],
    });
    await using daemon = await startDaemon(settings, ["work", "desk", "web"]);
    const site = `http://127.0.0.1:${daemon.port}`;
    const states = await eventually(
      "every feed polled",
      async () => {
        const all = await daemon.world.feeds.states(settings.feeds.map(({ id }) => id));
        return [...all.values()].every(({ polledAt }) => polledAt !== undefined) ? all : undefined;
      },
      60_000,
    );
    const items = await daemon.world.items.count();
    await eventually(
      "every item in the index",
      async () => ((await get(`${site}/readyz`)).ok && (await indexSize(daemon)) >= items) || undefined,
    );

    expect(documents.length).toBeGreaterThanOrEqual(40);
    expect([...states.values()].filter(({ health }) => health === "ok").length).toBeGreaterThanOrEqual(
      0.97 * settings.feeds.length,
    );
    expect(items).toBeGreaterThan(500);

    await theSeedIsFiledAsThePageFilesIt(site, seed);
    await topicFeedsAreRead(site);
  },
);

async function theSeedIsFiledAsThePageFilesIt(site: string, seed: ReturnType<typeof readSeedItems>): Promise<void> {
  expect(seed.length).toBe(9);
  for (const item of seed) {
    const section = item.section.toLowerCase();
    const title = item.title.slice(item.section.length + 1);
    const feed = await eventually(`${title} in ${section}`, async () => {
      const found = await jsonFeed(`${site}/search.json?q=${encodeURIComponent(`section:${section} publisher:dwn`)}`);
      return found.items.find((one) => one.title === title);
    });
    const [day, month, year] = item.date.split(/[. ]/);
    expect(feed.date_published.slice(0, 10)).toBe(`${year}-${month}-${day}`);
    expect(feed.content_text ?? feed.content_html ?? "").not.toMatch(/\.\.\.\.|…\./);
  }
  const russia = await jsonFeed(`${site}/search.json?q=${encodeURIComponent("publisher:dwn (Putin OR Russland*)")}`);
  const topic = await eventually("the topic feed", async () => {
    const feed = await jsonFeed(`${site}/topics/russland-ukraine.json`);
    return feed.items.some(({ title }) => title.startsWith("Putins Bündnisse")) ? feed : undefined;
  });
  expect(russia.items.map(({ title }) => title).join()).toContain("Putins Bündnisse zerfallen");
  expect(topic.items.map(({ title }) => title).join()).not.toMatch(/ZEW|Goldpreis|Blackout|Materialmangel/);

  for (const [query, start] of [
    ["Goldpreis", "Goldpreis-Rekordhoch"],
    ["goldpreis", "Goldpreis-Rekordhoch"],
    ["Blackout", "Energie in unsicheren Zeiten"],
    ["Warnstreik", "Verdi-Warnstreik"],
    ["ofentlich* dienst", undefined],
    ["Zölle", "Exporte in die USA"],
    ["Zoelle", "Exporte in die USA"],
    ["Zolle", "Exporte in die USA"],
  ] as const) {
    const found = await jsonFeed(`${site}/search.json?q=${encodeURIComponent(`publisher:dwn ${query}`)}`);
    if (start === undefined) expect(found.items).toEqual([]);
    else expect(found.items.map(({ title }) => title).join(), query).toContain(start);
  }
}

async function topicFeedsAreRead(site: string): Promise<void> {
  for (const section of ["politik", "wirtschaft"])
    for (const suffix of ["rss", "atom", "json"]) {
      const response = await eventually(`${section}.${suffix}`, async () => {
        const answer = await get(`${site}/sections/${section}.${suffix}`);
        return answer.ok ? answer : undefined;
      });
      const { feed } = parseFeed(await response.text());
      const entries = Object(feed).entries ?? Object(feed).items;
      expect(entries.length, `${section}.${suffix}`).toBeGreaterThanOrEqual(1);
    }
  for (const page of [
    "/",
    "/topics/russland-ukraine",
    "/sections/politik",
    "/publishers",
    "/search?q=Goldpreis",
    "/opml",
  ]) {
    const answer = await get(`${site}${page}`);
    expect(answer.status, page).toBe(200);
  }
}

interface JsonFeed {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly date_published: string;
    readonly content_html?: string;
    readonly content_text?: string;
  }[];
}

async function jsonFeed(url: string): Promise<JsonFeed> {
  const answer = await get(url);
  return answer.ok ? ((await answer.json()) as JsonFeed) : { items: [] };
}

const get = (url: string): Promise<Response> => fetch(url);

async function indexSize(daemon: Awaited<ReturnType<typeof startDaemon>>): Promise<number> {
  return (await daemon.world.metrics.indexSize.get()).values[0]?.value ?? 0;
}

function serve(publisher: FeedServer, n: number, bytes: Buffer) {
  publisher.put(`/real/${n}`, bytes);
  return aFeed(`real-${n}`, `publisher-${n}`, publisher.url(`/real/${n}`));
}

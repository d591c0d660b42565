import path from "node:path";
import { parseFeed } from "feedsmith";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk } from "../../src/desk/desk.ts";
import type { ItemId, StoryId } from "../../src/model/ids.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { matches, parseQuery, TOPIC_LIMITS } from "../../src/query/query.ts";
import { loadSettings, readSections } from "../../src/settings/settings.ts";
import { CHURNED_AT, COPIED_AT, CORRECTED_AT, editionAt, REDATED_AT } from "../../workers/press/edition.ts";
import { openPress, type Press } from "../../workers/press/press.ts";
import { readStock, type Stock, type Story } from "../../workers/press/stock.ts";
import { aPlaced } from "../query/a-placed.ts";

const CONFIG = path.join(import.meta.dirname, "..", "..", "config");
const OPENED_AT = Date.parse("2026-11-23T10:00:00Z");

let clock: number;
let press: Press;
let stock: Stock;

beforeAll(async () => {
  clock = OPENED_AT;
  stock = await readStock();
  press = await openPress({ now: () => clock });
});

afterAll(() => press[Symbol.asyncDispose]());

beforeEach(() => {
  clock = OPENED_AT;
});

const at = (elapsed: number) => editionAt(stock, elapsed, 1);
const titleOf = (piece: { readonly title: string }) => piece.title;

describe("the press, when it opens", () => {
  test("has ten publishers, and 120 pieces of eight sections that a feed reader can read, in four formats", async () => {
    const whole = press.feeds.filter(({ id }) => id.endsWith("-alle") && id !== "dispatch-alle");

    const documents = await Promise.all(whole.map(async ({ url }) => parseFeed(await read(url))));

    expect(press.publishers).toHaveLength(10);
    expect(documents.map(countOf).reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(120);
    expect(new Set(at(0).map(({ section }) => section)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(documents.map(({ format }) => format))).toEqual(new Set(["rss", "rdf", "atom", "json"]));
  });

  test("tells most stories in several houses, and prints some texts unchanged in three", () => {
    const told = stock.stories.filter((story) => new Set(story.told.map(({ by }) => by)).size >= 2);
    const wired = stock.stories.filter((story) => (story.wire?.by.length ?? 0) >= 3);

    expect(told.length).toBeGreaterThan(stock.stories.length * 0.9);
    expect(wired.length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    ["house by house", (story: Story, by: string) => `${by} ${String(9999 - story.minutesAgo).padStart(4)}`],
    ["as they happened", (story: Story) => String(9999 - story.minutesAgo).padStart(4)],
    ["the newest first", (story: Story) => String(story.minutesAgo).padStart(4)],
  ])("tells stories that our desk never takes for one another, read %s", (_, turnOf) => {
    const pieces = stock.stories
      .flatMap((story, number) => story.told.map((told) => ({ ...told, number, turn: turnOf(story, told.by) })))
      .sort((one, other) => one.turn.localeCompare(other.turn));
    const desk = openDesk({ sections: readSections(CONFIG), publishers: [] });
    const storyOf = new Map<ItemId, StoryId>();
    const into = new Map<StoryId, StoryId>();

    for (const [at, { title, teaser, by: publisher, number }] of pieces.entries()) {
      const { item } = aPlaced({ id: `${number}-${at}`, title, teaser, publisher, arrivedAt: OPENED_AT + at });
      const { decisions, aliases } = desk.take({ kind: "new", item });
      for (const decision of decisions) storyOf.set(decision.item, decision.story);
      for (const alias of aliases) into.set(alias.from, alias.into);
    }
    const living = (story: StoryId): StoryId => (into.has(story) ? living(into.get(story) ?? story) : story);
    const told = Map.groupBy([...storyOf], ([, story]) => living(story));
    const mixed = [...told.values()].filter((items) => new Set(items.map(([id]) => id.split("-")[0])).size > 1);

    expect(storyOf.size).toBe(pieces.length);
    expect(mixed).toEqual([]);
  });

  test("has at least ten stories for the topic of gold, interest and stock markets as it is shipped", () => {
    const loaded = loadSettings(CONFIG, {});
    if (loaded.kind !== "settings") throw new Error("config/ is broken");
    const topic = loaded.settings.topics.find(({ id }) => id === "gold-zinsen-boerse");
    const parsed = parseQuery(topic?.query ?? "", TOPIC_LIMITS);
    if (parsed.kind === "bad") throw new Error(parsed.message);
    const isIn = (words: { title: string; teaser: string }) => matches(parsed.query, aPlaced(words), OPENED_AT);

    const matching = stock.stories.filter((story) => story.told.some(isIn));

    expect(matching.length).toBeGreaterThanOrEqual(12);
  });

  test("writes umlauts in ISO 8859-1 where a house does so, and says it", async () => {
    const response = await fetch(urlOf("tageblatt-alle"));

    const text = new TextDecoder("iso-8859-1").decode(await response.arrayBuffer());
    expect(response.headers.get("content-type")).toBe("application/rss+xml; charset=iso-8859-1");
    expect(text).toContain('encoding="iso-8859-1"');
    expect(text).toContain("Entlaufenes Känguru Rudi");
    expect(text).toContain("falsche Auskünfte");
  });

  test("has a desk that writes the section's word before titles, days as dates and teasers that break off", async () => {
    const text = await read(urlOf("kontor-alle"));

    expect(text).toContain("<title>Finanzen Goldpreis-Rekordhoch: Gelbes Edelmetall");
    expect(text).toContain("<pubDate>23.11.2026</pubDate>");
    expect(text).toMatch(/[^.]\.\.\.\.?<\/description>/);
    expect(text).not.toContain("<category>");
  });

  test("has a page behind every link", async () => {
    const text = await read(urlOf("anzeiger-alle"));
    const links = [...text.matchAll(/<item>.*?<link>(.*?)<\/link>/g)].map(([, link]) => link ?? "");

    const pages = await Promise.all(links.map((link) => fetch(link)));

    expect(links.length).toBeGreaterThan(20);
    expect(pages.map(({ status }) => status)).toEqual(links.map(() => 200));
    expect(await pages[0]?.text()).toContain("<h1>");
    expect((await fetch(`${links[0]}x`)).status).toBe(404);
  });
});

describe("the press, while it is open", () => {
  test("publishes every three to five seconds, for ever", () => {
    const moments = at(2 * HOUR)
      .map(({ publishedAt }) => publishedAt)
      .filter((moment) => moment > MINUTE)
      .sort((one, other) => one - other);

    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * SECOND);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5 * SECOND);
    expect(moments.at(-1)).toBeGreaterThan(2 * HOUR - 5 * SECOND);
  });

  test("depends on the time since it opened and the seed, and on nothing else", () => {
    expect(at(5 * MINUTE)).toEqual(at(5 * MINUTE));
    expect(editionAt(stock, 5 * MINUTE, 2)).not.toEqual(at(5 * MINUTE));
  });

  test("prints a text again at another house", () => {
    const isCopy = ({ house, title }: { house: string; title: string }) =>
      house === "gipfelpost" && title.endsWith("Feinunze Gold erstmals teurer als 4.700 US-Dollar");

    expect(at(COPIED_AT - 1).some(isCopy)).toBe(false);
    expect(at(COPIED_AT).filter(isCopy)).toHaveLength(1);
    expect(
      at(0).filter(({ title }) => title.endsWith(": Feinunze Gold erstmals teurer als 4.700 US-Dollar")),
    ).toHaveLength(3);
  });

  test("corrects a figure under the same guid", () => {
    const [before] = at(CORRECTED_AT - 1).filter(({ title }) => title === "Inflation sinkt auf 1,9 Prozent");
    const [after] = at(CORRECTED_AT).filter(({ title }) => title === "Inflation sinkt auf 1,8 Prozent");

    expect(after?.guid).toBe(before?.guid);
    expect(at(CORRECTED_AT).map(titleOf)).not.toContain("Inflation sinkt auf 1,9 Prozent");
  });

  test("gives a page another guid, and another a newer date", () => {
    const find = (elapsed: number, word: string) => at(elapsed).find(({ title }) => title.includes(word));
    const lark = [find(CHURNED_AT - 1, "„Lerche“ im Test"), find(CHURNED_AT, "„Lerche“ im Test")];
    const roo = [find(REDATED_AT - 1, "Entlaufenes Känguru"), find(REDATED_AT, "Entlaufenes Känguru")];

    expect(lark[1]?.path).toBe(lark[0]?.path);
    expect(lark[1]?.guid).not.toBe(lark[0]?.guid);
    expect(roo[1]?.guid).toBe(roo[0]?.guid);
    expect(roo[1]?.publishedAt).toBe(REDATED_AT);
  });
});

describe("the press and those who poll it", () => {
  test("answers 304 to who has the newest document, by ETag or by date, until something is published", async () => {
    const url = urlOf("anzeiger-alle");
    const first = await fetch(url);
    const etag = first.headers.get("etag") ?? "";
    const modified = first.headers.get("last-modified") ?? "";

    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await fetch(url, { headers: { "if-modified-since": modified } })).status).toBe(304);
    clock += 20 * SECOND;
    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("cuts one feed off and repairs it after a minute", async () => {
    const url = urlOf("dispatch-alle");

    expect(await read(url)).toBe('<?xml version="1.0" encoding="utf-8"?>\n<rss ');
    clock += MINUTE;
    expect(parseFeed(await read(url)).feed).toMatchObject({ title: "Saltmarsh Dispatch" });
  });

  test("fails now and then, throttles a first visitor, has moved, and takes its time", async () => {
    const statusAt = async (id: string, elapsed: number) => {
      clock = OPENED_AT + elapsed;
      return (await fetch(urlOf(id), { redirect: "manual" })).status;
    };
    expect(await statusAt("gipfelpost-sport", 10 * SECOND)).toBe(200);
    expect(await statusAt("gipfelpost-sport", 25 * SECOND)).toBe(500);
    expect(await statusAt("gipfelpost-sport", 35 * SECOND)).toBe(200);

    const throttled = await fetch(urlOf("abendblick-sport"));
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(await statusAt("abendblick-sport", 0)).toBe(200);

    const moved = await fetch(urlOf("abendblick-alle"), { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      urlOf("abendblick-alle").replace("rss.php", "alles.xml"),
    ]);

    const started = performance.now();
    expect(await statusAt("kuestenfunk-wissen", 0)).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(2.9 * SECOND);
  });
});

const urlOf = (id: string): string => press.feeds.find((feed) => feed.id === id)?.url ?? `no feed ${id}`;

/** The document as a reader decodes it: by what the answer says of itself. */
async function read(url: string): Promise<string> {
  const response = await fetch(url);
  const charset = /charset=([\w-]+)/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "utf-8";
  return new TextDecoder(charset).decode(await response.arrayBuffer());
}

function countOf({ feed }: ReturnType<typeof parseFeed<string>>): number {
  if ("entries" in feed) return feed.entries?.length ?? 0;
  return "items" in feed ? (feed.items?.length ?? 0) : 0;
}

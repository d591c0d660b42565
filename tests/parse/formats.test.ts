import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { FeedFormat } from "../../src/model/parsed.ts";
import { type ParsedDocument, parseBytes } from "./read-text.ts";

const FOLDER = path.join(import.meta.dirname, "../fixtures/feeds");

async function parseFixture(name: string): Promise<ParsedDocument> {
  const parsed = await parseBytes(readFileSync(path.join(FOLDER, name)));
  if (parsed.kind === "unreadable") throw new Error(parsed.why);
  return parsed;
}

/** What a format has no words for is left out of what is expected of it. */
const PUBLISHED = { publishedAt: Date.UTC(2026, 0, 20, 8) };
const BYLINE = { authors: [{ name: "Jo Doe" }] };
const SECTION = { categories: [expect.objectContaining({ term: "Wirtschaft" })] };
const TEXT = {
  content: expect.objectContaining({ text: expect.stringContaining("<p>Die <em>Auftragsbücher</em> sind voll.</p>") }),
};

test.each<[string, FeedFormat, object]>([
  ["rss-0.90.rdf", "rdf", {}],
  ["rss-0.91-with-doctype.rss", "rss", { summary: { text: "Die Auftragsbücher sind voll.", type: "html" } }],
  ["rss-1.0-content-items.rdf", "rdf", { ...PUBLISHED, ...BYLINE, ...SECTION, ...TEXT }],
  ["rss-2.0-other-prefixes.rss", "rss", { ...PUBLISHED, ...BYLINE, ...SECTION, ...TEXT }],
  ["atom-0.3-mode-escaped.atom", "atom", { ...PUBLISHED, ...BYLINE, ...TEXT, updatedAt: Date.UTC(2026, 0, 20, 8, 30) }],
  ["atom-1.0-xhtml-xml-base.atom", "atom", { ...PUBLISHED, ...BYLINE, ...SECTION, ...TEXT }],
  ["json-feed-1.0.json", "json", { ...PUBLISHED, ...BYLINE, ...SECTION, ...TEXT }],
  ["json-feed-1.1.json", "json", { ...PUBLISHED, ...BYLINE, ...SECTION, ...TEXT }],
  ["rss-in-json.json", "rss", { ...PUBLISHED, ...BYLINE, ...SECTION, guid: "werften" }],
  ["channel-definition.cdf", "rss", { updatedAt: Date.UTC(2026, 0, 20, 8, 30) }],
  ["podcast-namespaces.rss", "rss", PUBLISHED],
])("%s says the same as all the others", async (name, format, more) => {
  const parsed = await parseFixture(name);

  expect(parsed.format).toBe(format);
  expect(parsed.feed).toMatchObject({ title: { text: "Hafenblatt" }, homeUrl: "https://hafenblatt.example/" });
  expect(parsed.items).toMatchObject([
    { title: { text: "Werften bauen wieder" }, link: "https://hafenblatt.example/werften", ...more },
  ]);
});

test("a podcast shows its host, its keywords, its sound and its picture", async () => {
  const { feed, items } = await parseFixture("podcast-namespaces.rss");

  expect(feed).toMatchObject({
    categories: [{ term: "News" }, { term: "Daily News" }],
    image: { url: "https://hafenblatt.example/titel.jpg" },
  });
  expect(items[0]).toMatchObject({
    authors: [{ name: "Jo Doe", url: "https://hafenblatt.example/jo" }],
    categories: [{ term: "Wirtschaft" }, { term: "Hafen" }],
    enclosures: [{ url: "https://hafenblatt.example/werften.mp3" }, { url: "https://hafenblatt.example/bild?id=7" }],
    image: { url: "https://hafenblatt.example/bild?id=7", width: 640, height: 360 },
  });
});

test("an enclosure of RSS in JSON has its attributes", async () => {
  const { items } = await parseFixture("rss-in-json.json");

  expect(items[0]?.enclosures).toEqual([
    { url: "https://hafenblatt.example/werften.mp3", type: "audio/mpeg", length: 1000 },
  ]);
});

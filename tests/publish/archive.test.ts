import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { TopicEntry } from "../../src/model/topic.ts";
import { archiveAddresses, check, nextArchive, topicAddresses } from "../../src/publish/publish.ts";
import { documentsOf, entry, MORNING, site, topic, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const SIZE = 4;

function numbered(n: number, publishedAt: number): TopicEntry {
  return entry({ iri: `tag:elbbote.example,2026:${n}` }, { publishedAt, updatedAt: publishedAt });
}

const idsOf = (entries: readonly TopicEntry[]): readonly string[] => entries.map(({ iri }) => iri);

describe("the next archive", () => {
  const entries = [1, 2, 3, 4, 5].map((n) => numbered(n, MORNING + n * HOUR));

  test("takes the oldest as soon as there are enough of them", () => {
    const shown = new Set(idsOf(entries));

    expect(idsOf(nextArchive(entries.toReversed(), shown, SIZE) ?? [])).toEqual(idsOf(entries.slice(0, SIZE)));
  });

  test("waits while everything is still shown", () => {
    const few = entries.slice(0, SIZE - 1);

    expect(nextArchive(few, new Set(idsOf(few)), SIZE)).toBeUndefined();
    expect(nextArchive([], new Set(), SIZE)).toBeUndefined();
  });

  test("takes all that there are before one leaves that no archive has", () => {
    const few = entries.slice(0, SIZE - 1);

    expect(nextArchive(few, new Set(idsOf(few.slice(1))), SIZE)).toEqual(few);
  });

  test("whatever comes and when, every story is in one archive or in the current document", () => {
    const days = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 20 * DAY }), news: fc.integer({ max: 9, min: 0 }) }),
    );
    fc.assert(
      fc.property(days, (steps) => {
        const archives: (readonly TopicEntry[])[] = [];
        const all: TopicEntry[] = [];
        let now = MORNING;
        for (const { pause, news } of steps) {
          now += pause;
          for (let n = 0; n < news; n += 1) all.unshift(numbered(all.length, now));
          const shown = idsOf(all.filter(({ publishedAt }) => publishedAt >= now - 7 * DAY).slice(0, SIZE));
          cutAll(all, archives, new Set(shown));

          const reached = new Set([...idsOf(archives.flat()), ...shown]);
          expect(idsOf(all).filter((iri) => !reached.has(iri))).toEqual([]);
        }
        expect(new Set(idsOf(archives.flat())).size).toBe(archives.flat().length);
        expect(archives.every(({ length }) => length > 0 && length <= SIZE)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

function cutAll(all: readonly TopicEntry[], archives: (readonly TopicEntry[])[], shown: ReadonlySet<string>): void {
  const archived = new Set(idsOf(archives.flat()));
  const next = nextArchive(
    all.filter(({ iri }) => !archived.has(iri)),
    shown,
    SIZE,
  );
  if (next === undefined) return;
  archives.push(next);
  cutAll(all, archives, shown);
}

describe("an archive", () => {
  const archived = topicFeed(told, numbered(1, MORNING));
  const first = documentsOf(archived, archiveAddresses(topic, site, 1));
  const second = documentsOf(archived, archiveAddresses(topic, site, 2));

  test("conforms, and says that it is one, of which feed, and what is before and after it (RFC 5005 4)", () => {
    const links = [
      { rel: "current", href: "https://feeds.example.org/topics/energie.atom" },
      { rel: "prev-archive", href: "https://feeds.example.org/topics/energie/archive/1.atom" },
      { rel: "next-archive", href: "https://feeds.example.org/topics/energie/archive/3.atom" },
    ];

    const { rss, atom, json } = second;

    expect([check("rss", rss.text), check("atom", atom.text), check("json", json.text)]).toEqual([[], [], []]);
    expect(parseAtomFeed(atom.text).links).toEqual(expect.arrayContaining(links));
    for (const text of [rss.text, atom.text])
      expect(text).toContain('<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>');
    const rssLinks = parseRssFeed(rss.text).atom?.links?.map(({ rel, href }) => ({ rel, href }));
    expect(rssLinks).toEqual(
      expect.arrayContaining(links.map(({ rel, href }) => ({ rel, href: href.replace(".atom", ".rss") }))),
    );
    expect(rss.path).toBe("topics/energie/archive/2.rss");
  });

  test("is of the same feed as its current document", () => {
    const current = documentsOf(topicFeed());

    expect(parseAtomFeed(second.atom.text).id).toBe(parseAtomFeed(current.atom.text).id);
    expect(parseRssFeed(second.rss.text).link).toBe(parseRssFeed(current.rss.text).link);
  });

  test("asks nobody to come again", () => {
    expect(second.rss.text).not.toContain("<ttl>");
  });

  test("the oldest leads no further back", () => {
    expect(first.atom.text + first.rss.text).not.toContain("prev-archive");
    expect(parseJsonFeed(first.json.text).next_url).toBeUndefined();
  });

  test("never changes, however many follow", () => {
    expect(documentsOf(archived, archiveAddresses(topic, site, 1))).toEqual(first);
  });

  test("is reached from the current document, in JSON page by page", () => {
    const { rss, atom, json } = documentsOf(topicFeed(told), topicAddresses(topic, site, undefined, 2));

    expect(parseJsonFeed(json.text).next_url).toBe("https://feeds.example.org/topics/energie/archive/2.json");
    expect(parseJsonFeed(second.json.text).next_url).toBe("https://feeds.example.org/topics/energie/archive/1.json");
    for (const text of [rss.text, atom.text])
      expect(text).toMatch(/rel="prev-archive" [^>]*energie\/archive\/2|energie\/archive\/2[^>]*rel="prev-archive"/);
    expect([check("rss", rss.text), check("atom", atom.text), check("json", json.text)]).toEqual([[], [], []]);
  });
});

describe("a current document that has no archives", () => {
  test("names none", () => {
    const { rss, atom, json } = documentsOf(topicFeed(told));

    expect(rss.text + atom.text).not.toMatch(/archive/);
    expect(json.text).not.toContain("next_url");
  });
});

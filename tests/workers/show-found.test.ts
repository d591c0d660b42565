import { expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { FoundFeed } from "../../workers/feeds/discover.ts";
import { showFound, twins } from "../../workers/feeds/show-found.ts";

const NOW = Date.UTC(2026, 0, 20, 12);

function found(drafts: readonly Draft[], own: Partial<FoundFeed["reading"]> = {}): FoundFeed {
  const reading = {
    kind: "read",
    format: "atom",
    profile: { title: "Bote" },
    drafts,
    hints: {},
    repairs: [],
    ...own,
  } as const;
  return { url: "https://bote.example/atom", reading };
}

const drafts = (count: number, own: (n: number) => Draft): readonly Draft[] =>
  Array.from({ length: count }, (_, n) => own(n));
const pages = (from: number, count: number) =>
  drafts(count, (n) => ({ permalink: `https://bote.example/${from + n}` }));

test("a feed is shown with what tells whether it is wanted: items, the newest, how many a day, text, hub, oddities", () => {
  const items = drafts(9, (n) => ({
    title: `Meldung ${n}`,
    content: "x".repeat(2000),
    publishedAt: NOW - HOUR - n * 3 * HOUR,
  }));

  const text = showFound(
    found(items, {
      hints: { hub: "https://hub.example/", ttl: HOUR },
      repairs: ["truncated"],
      profile: { title: "B", language: "de" },
    }),
    { number: 2, sameAs: 1, thereAs: "bote", now: NOW },
  );

  expect(text).toBe(` 2  B
    https://bote.example/atom
    atom, 9 items, newest 2026-01-20T11:00:00.000Z (60 min ago), about 8 a day, de, full texts
    there already as bote; the same items as 1; WebSub hub https://hub.example/; asks for 60 min between polls; mended: truncated
    - 2026-01-20 11:00  Meldung 0
    - 2026-01-20 08:00  Meldung 1
    - 2026-01-20 05:00  Meldung 2`);
});

test("a feed may say nearly nothing, and a stranger's text is no command to the terminal", () => {
  const wild = { title: "\u001b[31mrot\u009b2J\u202e\nneu", publishedAt: NOW - 40 * DAY };

  const text = showFound(found([wild], { profile: {} }), { number: 1, now: NOW });

  expect(text).toContain("- 2025-12-11 12:00   [31mrot 2J neu");
  expect(text).toContain("(no title)");
  expect(showFound(found([]), { number: 1, now: NOW })).toContain("atom, 0 items, no dates, titles only");
});

test("feeds with the same items are told from those that only share some", () => {
  const feeds = [found(pages(0, 10)), found(pages(1, 10)), found(pages(8, 10)), found([]), found(pages(0, 3))];

  expect(twins(feeds)).toEqual([undefined, 1, undefined, undefined, 1]);
});

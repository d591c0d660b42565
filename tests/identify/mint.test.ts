import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepFirstSight } from "../../src/identify/identify.ts";
import type { Draft, Item } from "../../src/model/item.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { draft, FEED, NOON, openPress, without } from "./press.ts";

function mint(given: Draft): Item {
  const [item] = openPress().read([given]).fresh;
  if (item === undefined) throw new Error("nothing minted");
  return item;
}

describe("the id on output", () => {
  test.each([
    "https://paper.example/?p=1",
    "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
    "tag:paper.example,2026:1",
  ])("is the publisher's own %s", (guid) => {
    expect(mint(draft({ guid })).iri).toBe(guid);
  });

  test.each([
    "4711",
    "https://paper.example/a b",
    "https://",
    "http://paper.example/über",
    "javascript:alert(1)",
    "https://paper.example/<x>",
    `https://paper.example/${"a".repeat(500)}`,
    "urn:a\u0007b",
  ])("is a tag of ours where the publisher's is %s", (guid) => {
    const item = mint(draft({ guid }));

    expect(item.iri).toBe(`tag:news.example,2026:item/${item.id}`);
  });

  test("is a tag of ours where there is no guid", () => {
    expect(mint(without(draft(), "guid")).iri).toMatch(/^tag:news\.example,2026:item\/i/);
  });
});

describe("the title", () => {
  test.each([
    ["the first words of the teaser", { teaser: `${"ferry ".repeat(30)}` }, /^(ferry ){12}ferry…$/],
    ["the page", { teaser: " " }, /^https:\/\/paper\.example\/politics\/harbour$/],
  ])("falls back to %s", (_, more, expected) => {
    expect(mint(draft({ title: "  ", ...more })).title).toMatch(expected);
  });

  test("falls back to the feed's", () => {
    expect(mint({ guid: "1" }).title).toBe("The Paper");
  });

  test("is cut at 500 characters, never through one", () => {
    const { title } = mint(draft({ title: "a".repeat(498) + "😀".repeat(10) }));

    expect(title).toBe(`${"a".repeat(498)}…`);
  });
});

describe("dates", () => {
  test("in the future are now, before the web they are none", () => {
    expect(mint(draft({ publishedAt: NOON + DAY, updatedAt: NOON + DAY }))).toMatchObject({
      publishedAt: NOON,
      updatedAt: NOON,
    });
    expect(mint(draft({ publishedAt: 0 }))).not.toHaveProperty("publishedAt");
    expect(mint(draft({ publishedAt: NOON - 900 * DAY })).publishedAt).toBe(NOON - 900 * DAY);
  });

  test("of publication is that of the first version where its publisher names only the last change", () => {
    const undated = without(draft(), "publishedAt");
    const press = openPress();
    const [first] = press.read([{ ...undated, updatedAt: NOON - 2 * HOUR }]).fresh;
    const [later] = press.read([{ ...undated, title: "Other", updatedAt: NOON + HOUR }], NOON + 2 * HOUR).revised;
    if (later === undefined) throw new Error("not revised");

    expect(first).toMatchObject({ publishedAt: NOON - 2 * HOUR, updatedAt: NOON - 2 * HOUR });
    expect(keepFirstSight(later, first)).toMatchObject({ publishedAt: NOON - 2 * HOUR, updatedAt: NOON + HOUR });
    expect(mint({ ...undated, updatedAt: NOON + DAY }).publishedAt).toBe(NOON);
    expect(mint({ ...undated, publishedAt: 0, updatedAt: NOON - HOUR }).publishedAt).toBe(NOON - HOUR);
  });
});

describe("bounds", () => {
  test("hold for lists and texts from outside", () => {
    const item = mint(
      draft({
        categories: Array.from({ length: 99 }, (_, n) => ({ term: `${n}` })),
        authors: Array.from({ length: 99 }, (_, n) => ({ name: `${n}` })),
        enclosures: Array.from({ length: 99 }, (_, n) => ({ url: `https://paper.example/${n}` })),
        content: "x".repeat(300_000),
        guid: "g".repeat(3000),
      }),
    );

    expect([item.categories?.length, item.authors?.length, item.enclosures?.length]).toEqual([32, 16, 16]);
    expect(item).not.toHaveProperty("content");
    expect(item).not.toHaveProperty("guid");
    expect(item.teaser).toBe(draft().teaser);
  });

  test("hold for time: a text made of open tags is read at once", () => {
    const started = performance.now();

    mint(draft({ content: "<".repeat(250_000), teaser: "&".repeat(250_000) }));

    expect(performance.now() - started).toBeLessThan(1000);
  });
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", " ", "a", "https://paper.example/a"));
const anyDraft: fc.Arbitrary<Draft> = fc.record(
  {
    guid: anyText,
    permalink: anyText,
    title: anyText,
    teaser: anyText,
    content: anyText,
    publishedAt: fc.integer({ min: -DAY, max: NOON + 9 * DAY }),
  },
  { requiredKeys: [] },
);

describe("whatever drafts a document has", () => {
  test("all are accounted for, ids are unique, and nothing is new the second time", () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 12 }), (drafts) => {
        const press = openPress();
        const first = press.read(drafts);
        const second = press.read(drafts, NOON + HOUR);

        expect(first.fresh.length + first.repeats).toBe(drafts.length);
        expect(new Set(first.fresh.map(({ id }) => id)).size).toBe(first.fresh.length);
        expect(new Set(first.fresh.map(({ iri }) => iri)).size).toBe(first.fresh.length);
        for (const item of first.fresh) {
          expect(item.title.trim()).not.toBe("");
          expect(item.publishedAt ?? 0).toBeLessThanOrEqual(item.arrivedAt);
          expect(item.feed).toBe(FEED.id);
        }
        expect(second).toMatchObject({ fresh: [], revised: [], unchanged: first.fresh.length });
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SearchResult } from "../../src/model/found.ts";
import { sectionId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { parseQuery } from "../../src/query/query.ts";
import { openSearch, readSearch, type SearchIndex, searchPageOf } from "../../src/search/search.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";
import { somePlaced, someQuery } from "../query/arbitrary.ts";

async function pageOf(index: SearchIndex, text: string, page = 1, order: SearchResult["order"] = "relevance") {
  const search = readSearch(text);
  if (search.kind === "bad") throw new Error(`${text}: ${search.message}`);
  return await searchPageOf(index, search, { page, order, now: NOON });
}

function indexOf(placed: readonly Placed[]): SearchIndex {
  const index = openSearch({ part: 3 });
  for (const one of placed) index.put(one);
  return index;
}

function totalOf(index: SearchIndex, text: string): number {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return index.find(parsed.query, { limit: 1, now: NOON }).total;
}

const counts = (found: SearchResult, field: string) =>
  found.facets.find((facet) => facet.field === field)?.values.map(({ value, count }) => [value, count]);

describe("facets", () => {
  const press = [
    aPlaced({ id: "a", title: "Hafen", section: "wirtschaft", publisher: "bote", language: "de" }),
    aPlaced({ id: "b", title: "Hafen", section: "wirtschaft", publisher: "bote", language: "de-at" }),
    aPlaced({ id: "c", title: "Hafen", section: "sport", publisher: "kurier", language: "en", arrivedAt: NOON - DAY }),
    aPlaced({ id: "d", title: "Hafen", publisher: "kurier", arrivedAt: NOON - 13 * HOUR }),
    aPlaced({ id: "e", title: "Wind", section: "politik", publisher: "kurier" }),
  ];

  test("count all hits, the most common first, days from the newest", async () => {
    const found = await pageOf(indexOf(press), "hafen");

    expect(counts(found, "section")).toEqual([
      ["wirtschaft", 2],
      ["sport", 1],
    ]);
    expect(counts(found, "publisher")).toEqual([
      ["bote", 2],
      ["kurier", 2],
    ]);
    expect(counts(found, "lang")).toEqual([
      ["de", 2],
      ["en", 1],
    ]);
    expect(counts(found, "day")).toEqual([
      ["2026-03-10", 2],
      ["2026-03-09", 2],
    ]);
  });

  test("an item in several sections counts in each, once", async () => {
    const [first, ...others] = press;
    const also = [sectionId("sport"), sectionId("wirtschaft")];
    const filed = first ? [{ ...first, decision: { ...first.decision, alsoIn: also } }, ...others] : [];

    expect(counts(await pageOf(indexOf(filed), "hafen"), "section")).toEqual([
      ["sport", 2],
      ["wirtschaft", 2],
    ]);
  });

  test("narrow the search, and can be taken away again", async () => {
    const index = indexOf(press);
    const query = (found: SearchResult, value: string) =>
      found.facets.flatMap(({ values }) => values).find((one) => one.value === value)?.query ?? "";

    const all = await pageOf(index, "Hafen");
    const section = await pageOf(index, query(all, "wirtschaft"));
    const day = await pageOf(index, query(all, "2026-03-09"));

    expect([section.query, section.total]).toEqual(["hafen section:wirtschaft", 2]);
    expect(section.filters).toEqual([{ field: "section", value: "wirtschaft", query: "hafen" }]);
    // all that is left is from one publisher and one day
    expect(section.facets.map(({ field }) => field)).toEqual([]);
    expect([day.query, day.total]).toEqual(["hafen after:2026-03-09 before:2026-03-10", 2]);
    expect(day.filters).toEqual([{ field: "day", value: "2026-03-09", query: "hafen" }]);
  });

  test("words between brackets stay together", async () => {
    const index = indexOf(press);

    const found = await pageOf(index, "hafen OR wind");

    expect(found.facets[0]?.values[0]?.query).toBe("(hafen OR wind) section:wirtschaft");
  });

  test("conditions that are no facets can be taken away, too", async () => {
    const { filters } = await pageOf(indexOf(press), "hafen within:7d -url:sport lang:de");

    expect(filters).toEqual([
      { field: "other", value: "within:1w", query: "hafen -url:sport lang:de" },
      { field: "lang", value: "de", query: "hafen within:1w -url:sport" },
    ]);
  });

  test("no more than ten publishers are named, and none that would make the search too long", async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      aPlaced({ id: `i${n}`, title: "Hafen", publisher: `blatt-${n % 15}` }),
    );

    expect(counts(await pageOf(indexOf(many), "hafen"), "publisher")).toHaveLength(10);
    expect((await pageOf(indexOf(many), "hafen OR a1 OR a2 OR a3 OR a4 OR a5 OR a6 OR a7")).facets).toEqual([]);
  });
});

test("each facet's count is what its search finds, and without a filter there is no less: for any items and query", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(somePlaced, { maxLength: 12 }), someQuery, async (placed, text) => {
      fc.pre(readSearch(text).kind === "search");
      const index = indexOf(placed);
      const found = await pageOf(index, text);

      expect(totalOf(index, found.query)).toBe(found.total);
      for (const { count, query } of found.facets.flatMap(({ values }) => values))
        expect(totalOf(index, query)).toBe(count);
      for (const { query } of found.filters) expect(totalOf(index, query)).toBeGreaterThanOrEqual(found.total);
    }),
    { numRuns: 400 },
  );
});

describe("pages", () => {
  const many = Array.from({ length: 1234 }, (_, n) =>
    aPlaced({ id: `i${n}`, title: "Hafen", permalink: `https://a.example/${n}`, arrivedAt: NOON - n * HOUR }),
  );
  const index = openSearch();
  for (const one of many) index.put(one);
  const idsOn = async (page: number) =>
    (await pageOf(index, "hafen", page, "newest")).hits.map(({ placed }) => placed.item.id);

  test("follow one another without gap or repetition, up to the twentieth", async () => {
    const ids = (await Promise.all(Array.from({ length: 20 }, (_, n) => idsOn(n + 1)))).flat();

    expect(ids).toEqual(many.slice(0, 1000).map(({ item }) => item.id));
  });

  test("beyond the last there is the last, for the price of one search", async () => {
    const few = indexOf(many.slice(0, 60));
    let asked = 0;
    const counted: SearchIndex = {
      ...few,
      ask(...all) {
        asked += 1;
        return few.ask(...all);
      },
    };

    expect(await pageOf(index, "hafen", 999)).toMatchObject({ page: 20, pages: 20, total: 1234, reachable: 1000 });
    expect(await pageOf(index, "gibtesnicht", 3)).toMatchObject({ page: 1, pages: 1, hits: [] });
    expect(await pageOf(counted, "hafen", 9)).toMatchObject({ page: 2, hits: { length: 10 } });
    expect(asked).toBe(1);
  });

  test("list all that they count, also what came by two feeds of its publisher", async () => {
    const twice = many
      .slice(0, 80)
      .flatMap(({ item, decision }, n) => [
        { item, decision },
        aPlaced({ id: `again${n}`, title: "Hafen", permalink: item.permalink ?? "", arrivedAt: item.arrivedAt - 1 }),
      ]);
    const index = indexOf(twice);

    const pages = await Promise.all([1, 2, 3, 4].map((page) => pageOf(index, "hafen", page, "newest")));
    const ids = pages.flatMap(({ hits }) => hits.map(({ placed }) => placed.item.id));

    expect(ids).toEqual(twice.map(({ item }) => item.id));
    for (const { total } of pages) expect(total).toBe(ids.length);
  });
});

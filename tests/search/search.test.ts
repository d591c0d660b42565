import { describe, expect, test } from "vitest";
import { itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { parseQuery } from "../../src/query/query.ts";
import { type FindOptions, type Glimpse, openSearch, type SearchIndex } from "../../src/search/search.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

function find(index: SearchIndex, text: string, options: Partial<FindOptions> = {}): readonly string[] {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(parsed.message);
  return index.find(parsed.query, { limit: 10, now: NOON, ...options }).hits.map(({ item }) => item.id);
}

function indexOf(...placed: readonly Placed[]): SearchIndex {
  const index = openSearch();
  for (const one of placed) index.put(one);
  return index;
}

const ids = (placed: Iterable<Glimpse>): readonly string[] => [...placed].map(({ item }) => item.id);

describe("finding", () => {
  const press = indexOf(
    aPlaced({ id: "gold", title: "Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie" }),
    aPlaced({ id: "strike", title: "Neue Warnstreiks im Nahverkehr" }),
    aPlaced({ id: "verdi", title: "Verdi-Warnstreik legt Busse lahm", section: "wirtschaft" }),
    aPlaced({ id: "market", title: "Frankfurter Börse schließt höher", teaser: "Der Goldpreis fällt." }),
    aPlaced({ id: "road", title: "Berliner Straße gesperrt" }),
  );

  test.each([
    ["goldpreis", ["gold", "market"]],
    ["warnstreik*", ["verdi", "strike"]],
    ["warnstreik* section:wirtschaft", ["verdi"]],
    ["warnstreik* -verdi", ["strike"]],
    ["boerse", ["market"]],
    ["borse", ["market"]],
    ["BÖRSE", ["market"]],
    ["Bo\u0308rse", ["market"]],
    ["strasse", ["road"]],
    ["Straße", ["road"]],
    ['"gelbes edelmetall"', ["gold"]],
    ['"edelmetall gelbes"', []],
    ["goldpre", []],
  ])("%s finds %j", (text, expected) => {
    expect(new Set(find(press, text))).toEqual(new Set(expected));
  });

  test("the limit cuts the hits, not the total", () => {
    const parsed = parseQuery("*");
    const answer = parsed.kind === "query" && press.find(parsed.query, { limit: 2, now: NOON });

    expect(answer).toMatchObject({ total: 5, hits: { length: 2 } });
  });
});

test("a search that takes too long answers with what it has, the newest first, and says so", async () => {
  const index = openSearch({ part: 50 });
  for (let i = 0; i < 3000; i++)
    index.put(aPlaced({ id: `i${i}`, title: "Goldpreis steigt", arrivedAt: NOON - (3000 - i) * HOUR }));
  await index.loaded();
  const parsed = parseQuery('"goldpreis steigt"');
  if (parsed.kind === "bad") throw new Error(parsed.message);

  const { hits, total, isCut } = await index.ask(parsed.query, { limit: 10, now: NOON, budget: 0 });

  expect([isCut, hits.length > 0, total < 3000]).toEqual([true, true, true]);
  expect(hits.every(({ item }) => item.arrivedAt > NOON - 2900 * HOUR)).toBe(true);
  expect(await index.ask(parsed.query, { limit: 10, now: NOON, budget: 60_000 })).toMatchObject({ total: 3000 });
});

describe("the order of hits", () => {
  test("a word in the title counts for more than one in the teaser", () => {
    const index = indexOf(
      aPlaced({ id: "teaser", title: "Kurse am Abend", teaser: "Der Goldpreis steigt" }),
      aPlaced({ id: "title", title: "Goldpreis steigt weiter", teaser: "Kurse am Abend" }),
    );

    expect(find(index, "goldpreis")).toEqual(["title", "teaser"]);
  });

  test("of two equal hits the newer leads", () => {
    const index = indexOf(
      aPlaced({ id: "old", title: "Goldpreis steigt", arrivedAt: NOON - 2 * DAY }),
      aPlaced({ id: "new", title: "Goldpreis steigt", arrivedAt: NOON - HOUR }),
    );

    expect(find(index, "goldpreis")).toEqual(["new", "old"]);
  });

  test("age never takes more than half: what is about the words stays before what only mentions them", () => {
    const index = indexOf(
      aPlaced({ id: "about", title: "Goldpreis Goldpreis", arrivedAt: NOON - 90 * DAY }),
      aPlaced({ id: "mention", title: "Kurse", teaser: `Der Goldpreis ${"und mehr ".repeat(40)}`, arrivedAt: NOON }),
    );

    expect(find(index, "goldpreis")).toEqual(["about", "mention"]);
  });

  test("the best of very many are the first of all of them sorted", () => {
    const index = openSearch();
    for (let i = 0; i < 3000; i++) {
      const teaser = `Kurse ${"Goldpreis ".repeat((i * 7) % 11)}${"und ".repeat((i * 5) % 13)}`;
      index.put(aPlaced({ id: `i${i}`, title: "Markt", teaser, arrivedAt: NOON - ((i * 13) % 97) * HOUR }));
    }

    for (const order of ["relevance", "newest"] as const) {
      const all = find(index, "goldpreis", { limit: 3000, order });
      expect(find(index, "goldpreis", { limit: 30, order })).toEqual(all.slice(0, 30));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test("newest first where that is asked for, and where only fields are asked", () => {
    const index = indexOf(
      aPlaced({ id: "b", title: "Kurse", teaser: "Goldpreis", arrivedAt: NOON }),
      aPlaced({ id: "a", title: "Goldpreis", arrivedAt: NOON }),
      aPlaced({ id: "old", title: "Goldpreis Goldpreis", arrivedAt: NOON - DAY }),
    );

    expect(find(index, "goldpreis", { order: "newest" })).toEqual(["a", "b", "old"]);
    expect(find(index, "publisher:abendblatt")).toEqual(["a", "b", "old"]);
  });
});

describe("keeping", () => {
  test("the same item twice changes nothing, a changed one replaces it", () => {
    const index = indexOf(aPlaced({ title: "Goldpreis" }));
    const before = index.version;

    index.put(aPlaced({ title: "Goldpreis" }));
    expect(index.version).toBe(before);

    index.put(aPlaced({ title: "Silberpreis", teaser: "Kurse" }));
    expect(index.version).toBeGreaterThan(before);
    expect([find(index, "goldpreis"), find(index, "silberpreis")]).toEqual([[], ["item-1"]]);
    expect(index.size).toBe(1);

    index.put(aPlaced({ title: "Silberpreis", teaser: "Börse" }));
    expect([find(index, "kurse"), find(index, "börse")]).toEqual([[], ["item-1"]]);
  });

  test("every change shows in the version, and what changes nothing does not", () => {
    const index = indexOf(aPlaced({ id: "a" }), aPlaced({ id: "b" }));
    const versions = [index.version];
    const note = (): number => versions.push(index.version);

    index.move(itemId("a"), storyId("b"), "urn:b");
    note();
    index.alias(storyId("a"), storyId("b"));
    note();
    index.drop(itemId("a"));
    note();
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));

    index.drop(itemId("a"));
    index.move(itemId("a"), storyId("b"), "urn:b");
    index.alias(storyId("a"), storyId("b"));
    expect(index.version).toBe(versions.at(-1));
  });

  test("beyond its size it drops the oldest, also where the oldest is what was just put", () => {
    const index = openSearch({ maxItems: 2 });

    for (const hours of [3, 1, 2, 9]) index.put(aPlaced({ id: `h${hours}`, arrivedAt: NOON - hours * HOUR }));

    expect(ids(index.newest())).toEqual(["h1", "h2"]);
    expect(index.item(itemId("h3"))).toBeUndefined();
    expect(find(index, "titel")).toEqual(["h1", "h2"]);
  });

  test("a rolling window answers for what is in it, and for nothing that was", () => {
    const index = openSearch({ maxItems: 500 });

    for (let i = 0; i < 6000; i++)
      index.put(aPlaced({ id: `i${i}`, title: `Meldung ${i} Wort${i % 7}`, arrivedAt: NOON + i }));

    expect(find(index, "wort3", { limit: 1000 }).length).toBe(
      ids(index.newest()).filter((id) => Number(id.slice(1)) % 7 === 3).length,
    );
    expect([find(index, "5499"), find(index, "5500")]).toEqual([[], ["i5500"]]);
  });
});

describe("stories", () => {
  const pair = (): SearchIndex =>
    indexOf(
      aPlaced({ id: "a", story: "s1", arrivedAt: NOON - HOUR }),
      aPlaced({ id: "b", story: "s2", arrivedAt: NOON }),
      aPlaced({ id: "c", story: "s2", arrivedAt: NOON - 2 * HOUR }),
    );

  test("a story has its members, newest first; an unknown one is not there", () => {
    const index = pair();

    expect(ids(index.story(storyId("s2"))?.members ?? [])).toEqual(["b", "c"]);
    expect(index.story(storyId("s3"))).toBeUndefined();
  });

  test.each(["moves first", "alias first"])("after a merge the old id leads to the new story (%s)", (order) => {
    const index = pair();
    const move = (): void => index.move(itemId("a"), storyId("s2"), "urn:s2");

    if (order === "moves first") move();
    index.alias(storyId("s1"), storyId("s2"));
    if (order === "alias first") move();

    expect(index.story(storyId("s1"))).toEqual(index.story(storyId("s2")));
    expect(index.story(storyId("s1"))?.id).toBe("s2");
    expect(ids(index.story(storyId("s1"))?.members ?? [])).toEqual(["b", "a", "c"]);
    expect(index.item(itemId("a"))?.decision).toMatchObject({ story: "s2", storyIri: "urn:s2" });
  });

  test("old ids stay valid through a chain of merges, and the same merges again change nothing", () => {
    const index = indexOf(
      aPlaced({ id: "a", story: "s1" }),
      aPlaced({ id: "b", story: "s2" }),
      aPlaced({ id: "c", story: "s3" }),
    );
    const merge = (item: string, from: string, into: string): void => {
      index.move(itemId(item), storyId(into), `urn:${into}`);
      index.alias(storyId(from), storyId(into));
    };
    const mergeAll = (): void => {
      merge("a", "s1", "s2");
      merge("a", "s2", "s3");
      merge("b", "s2", "s3");
    };

    mergeAll();
    const once = index.story(storyId("s1"));
    mergeAll();

    expect(once?.id).toBe("s3");
    expect(ids(once?.members ?? [])).toEqual(["a", "b", "c"]);
    expect(index.story(storyId("s1"))).toEqual(once);
  });

  test("aliases that are loaded before the items hold", () => {
    const index = openSearch();

    index.alias(storyId("s1"), storyId("s2"));
    index.put(aPlaced({ id: "b", story: "s2" }));

    expect(index.story(storyId("s1"))).toMatchObject({ id: "s2", members: { length: 1 } });
  });

  test("a story goes with its last item", () => {
    const index = pair();

    index.drop(itemId("a"));

    expect(index.story(storyId("s1"))).toBeUndefined();
  });
});

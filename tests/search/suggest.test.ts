import { describe, expect, test } from "vitest";
import { openSearch, readSearch, type SearchIndex, searchPageOf } from "../../src/search/search.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

function indexOf(...titles: readonly string[]): SearchIndex {
  const index = openSearch();
  for (const [n, title] of titles.entries())
    index.put(aPlaced({ id: `i${n}`, title, permalink: `https://a.example/${n}` }));
  return index;
}

async function suggested(index: SearchIndex, text: string) {
  const search = readSearch(text);
  if (search.kind === "bad") throw new Error(search.message);
  return (await searchPageOf(index, search, { page: 1, order: "relevance", now: NOON })).suggestion;
}

const press = indexOf(
  ...["Fähre in Niederhafen", "Niederhafen feiert", "Die Börse schließt höher", "Neue Warnstreiks im Nahverkehr"],
  ...["Grüne wollen Straßen sperren", "Müller tritt an", "Mütter klagen", "Mütter feiern", "Выборы в парламент"],
);

describe("what was perhaps meant", () => {
  test.each([
    ["niederhaven", "niederhafen", 2],
    ["nierderhafen", "niederhafen", 2],
    ["niedrhafen", "niederhafen", 2],
    ["neiderhafen", "niederhafen", 2],
    ["iederhafen", "niederhafen", 2],
    ["börze", "börse", 1],
    ["boerze", "börse", 1],
    ["strasen", "straßen", 1],
    ["niederhaven feiert", "niederhafen feiert", 1],
    ["title:hafen OR börze", "title:hafen OR börse", 1],
    ["выбары", "выборы", 1],
  ])("by %s is %s", async (typed, query, total) => {
    expect(await suggested(press, typed)).toEqual({ query, total });
  });

  test.each([
    ["is not guessed of short words", "fahr"],
    ["is not guessed of what is between quotation marks", '"niederhaven"'],
    ["is not guessed of beginnings", "niederhaven*"],
    ["is not guessed of fields", "title:niederhaven"],
    ["is not guessed of what must not be there", "-niederhaven börse"],
    ["is not guessed where two letters are wrong", "niedarhaven"],
    ["is not guessed of figures", "20261"],
    ["is no other form of a word that was found", "warnstreik"],
    ["is nothing that finds no more", "niederhaven nahverkehr"],
  ])("%s: %s", async (_, typed) => {
    expect(await suggested(press, typed)).toBeUndefined();
  });

  test("is the more frequent of two words", async () => {
    expect(await suggested(press, "mütler")).toEqual({ query: "mütter", total: 2 });
  });

  test("is asked about a known word only where another is far more common", async () => {
    const common = Array.from({ length: 30 }, (_, n) => `Trump sagt ${n}`);

    expect(await suggested(indexOf("Tromp sagt was", ...common), "tromp")).toEqual({ query: "trump", total: 30 });
    expect(await suggested(indexOf("Tromp sagt was", ...common.slice(0, 9)), "tromp")).toBeUndefined();
  });

  test("is not asked where enough is found", async () => {
    const titles = Array.from({ length: 100 }, (_, n) => (n < 5 ? `Tromp ${n}` : `Trump ${n}`));

    expect(await suggested(indexOf(...titles), "tromp")).toBeUndefined();
  });
});

test("takes no longer for eight words in six hundred parts", async () => {
  const index = openSearch({ part: 1 });
  for (let n = 0; n < 600; n++) index.put(aPlaced({ id: `i${n}`, title: `Meldung wort${n}` }));
  await index.loaded();
  const words = Array.from({ length: 8 }, (_, n) => `vertipptes${"abcdefgh"[n]}wort`).join(" ");
  const before = process.threadCpuUsage();

  expect(await suggested(index, words)).toBeUndefined();

  const { user } = process.threadCpuUsage(before);
  expect(user / 1000).toBeLessThan(250);
});

import { describe, expect, test } from "vitest";
import type { Placed } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import { matches, parseQuery } from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";

function isFound(placed: Placed, text: string): boolean {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(parsed.message);
  return matches(parsed.query, placed, NOON);
}

describe("words of a German desk", () => {
  test.each([
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie", "Goldpreis", true],
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie", '"gelbes edelmetall"', true],
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie", '"edelmetall gelbes"', false],
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie", "Gold", false],
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall so teuer wie nie", "Gold*", true],
    ["Neue Warnstreiks im Nahverkehr", "Warnstreik*", true],
    ["Neue Warnstreiks im Nahverkehr", "Warnstreik", true],
    ["Neue Warnstreiks im Nahverkehr", '"Warnstreik"', false],
    ["Verdi-Warnstreik legt Busse lahm", "Warnstreik*", true],
    ["Verdi-Warnstreik legt Busse lahm", "Verdi-Warnstreik", true],
    ["Warnstreik von Verdi", "Verdi-Warnstreik", false],
    ["Frankfurter Börse schließt höher", "boerse", true],
    ["Frankfurter Börse schließt höher", "borse", true],
    ["Frankfurter Börse schließt höher", "BÖRSE", true],
    ["Frankfurter Börse schließt höher", "schliesst hoeher", true],
    ["Frankfurter Börse schließt höher", "Boe*", true],
    ["Sperrung der Berliner Strasse", "Straße", true],
    ["Sperrung der Berliner Straße", "strass*", true],
    ["Feuer in Israel: Michael meldet neue Brände", "feuer israel michael neue", true],
    ["Feuer in Israel", "Isral OR feur OR nue", false],
    ["東京都の予算", "東京都", true],
    ["東京都の予算", "京東", false],
  ])("%s: %s → %s", (title, query, expected) => {
    expect(isFound(aPlaced({ title }), query)).toBe(expected);
  });

  test("bare words look at the teaser too, title: does not", () => {
    const placed = aPlaced({ title: "Rekord", teaser: "Der Goldpreis steigt." });

    expect(isFound(placed, "goldpreis rekord")).toBe(true);
    expect(isFound(placed, "title:goldpreis")).toBe(false);
  });

  test("a phrase does not reach from the title into the teaser", () => {
    expect(isFound(aPlaced({ title: "Der hohe", teaser: "Goldpreis steigt" }), '"hohe goldpreis"')).toBe(false);
  });
});

describe("operators", () => {
  const placed = aPlaced({ title: "Gold und Silber" });

  test.each([
    ["gold silber", true],
    ["gold platin", false],
    ["gold OR platin", true],
    ["gold -silber", false],
    ["gold -platin", true],
    ["-(gold silber)", false],
    ["platin OR gold silber", true],
    ["(platin OR gold) kupfer", false],
    ["*", true],
    ["-platin", true],
  ])("%s → %s", (query, expected) => {
    expect(isFound(placed, query)).toBe(expected);
  });
});

describe("fields", () => {
  const placed = aPlaced({
    section: "wirtschaft",
    publisher: "morgenpost",
    feed: "morgenpost-geld",
    language: "de-at",
    author: "Anna Müller-Lüdenscheid",
    category: "Börse & Märkte",
    permalink: "https://morgenpost.example/Geld/gold-123.html",
    arrivedAt: NOON - 5 * HOUR,
  });

  test.each([
    ["section:wirtschaft", true],
    ["section:(politik OR wirtschaft)", true],
    ["section:politik", false],
    ["publisher:morgenpost", true],
    ["publisher:morgen", false],
    ["feed:morgenpost-geld", true],
    ["lang:de", true],
    ["lang:de-at", true],
    ["lang:de-ch", false],
    ["lang:en", false],
    ["author:mueller", true],
    ['author:"anna müller"', true],
    ["author:lüdensch*", true],
    ["author:meier", false],
    ["category:boerse", true],
    ["category:märk*", true],
    ["category:sport", false],
    ["url:/geld/", true],
    ["url:morgenpost.example", true],
    ["url:/sport/", false],
    ["within:5h", true],
    ["within:4h", false],
    ["after:2026-03-10", true],
    ["before:2026-03-10", false],
    ["before:2026-03-11", true],
    ["after:2026-03-11", false],
  ])("%s → %s", (query, expected) => {
    expect(isFound(placed, query)).toBe(expected);
  });

  test.each(["section:politik", "lang:de", "author:anna", "category:sport", "url:sport", "title:gold"])(
    "an item that lacks what %s asks for does not match",
    (query) => {
      expect(isFound(aPlaced(), query)).toBe(false);
      expect(isFound(aPlaced(), `-${query}`)).toBe(true);
    },
  );
});

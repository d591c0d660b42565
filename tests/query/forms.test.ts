import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formsOf, isFormOf, matches, parseQuery, showQuery, spellingsOf } from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";

const finds = (query: string, title: string): boolean => {
  const parsed = parseQuery(query);
  if (parsed.kind === "bad") throw new Error(`${query}: ${parsed.message}`);
  return matches(parsed.query, aPlaced({ title }), NOON);
};
const shown = (text: string): string => {
  const parsed = parseQuery(text);
  return parsed.kind === "query" ? showQuery(parsed.query) : parsed.message;
};

describe("a bare word finds its forms, and each of its forms finds it", () => {
  test.each([
    "Regierung Regierungen",
    "Warnstreik Warnstreiks Warnstreiken",
    "Haus Hauses Häuser Häusern",
    "Börse Börsen Boersen",
    "Kind Kinder Kindern Kindes",
    "deutsch deutsche deutscher deutschem",
    "schnell schneller schnellsten",
    "Zug Züge Zügen",
    "Entscheidung Entscheidungen",
    "Zins Zinsen",
    "Fuchs Füchse Fuchses",
    "company companies",
    "plan plans planned planning",
    "hope hopes hoping",
    "tax taxes",
    "install installed installing",
    "recall recalled",
    "Metall metals",
  ])("%s", (line) => {
    const words = line.split(" ");

    const missed = words.flatMap((asked) => words.filter((word) => !finds(asked, word)).map((word) => [asked, word]));

    expect(missed).toEqual([]);
  });
});

describe("what is no form of a word", () => {
  test.each([
    ["Regierung", "regieren"],
    ["sicher", "Sicherheit"],
    ["Winter", "winterlich"],
    ["nation", "national"],
    ["organ", "organization"],
    ["Gold", "Goldpreis"],
    ["Streik", "Warnstreik"],
    ["Müll", "Müller"],
    ["Burg", "Bürger"],
    ["leben", "Leber"],
    ["boe", "Boeing"],
    ["Ware", "waren"],
    ["Weg", "wegen"],
    ["2024", "2024er"],
    ["東京", "東"],
  ])("%s is not found by %s, nor the other way", (one, other) => {
    expect(finds(one, other) || finds(other, one)).toBe(false);
  });

  test("anything, for a word between quotation marks, in a phrase, begun or of an author", () => {
    const byAnna = aPlaced({ author: "Anna Müllers" });
    const asked = parseQuery("author:müller");

    expect(finds('"Warnstreik"', "Neue Warnstreiks")).toBe(false);
    expect(finds('"neue Warnstreik"', "Neue Warnstreiks")).toBe(false);
    expect(finds("Neuer-Warnstreik", "Neue Warnstreiks")).toBe(false);
    expect(finds("regierungen*", "Die Regierung")).toBe(false);
    expect(asked.kind === "query" && matches(asked.query, byAnna, NOON)).toBe(false);
  });
});

test("each form begins and ends as the word's forms do, whatever the words", () => {
  const ending = fc.constantFrom(
    ..."e en er ern es s sen ses em est sten ung ungen ing ed ies y ied lich keit t l".split(" "),
    "",
  );
  const start = fc.constantFrom(
    ..."regier zin kur fuch hous compan plan schnell nation hop kind organiz bess runn tax zug metal recall".split(" "),
  );
  const word = fc.tuple(start, ending, ending).map((parts) => parts.join(""));
  const ofOneStart = fc
    .tuple(start, ending, ending)
    .map(([begun, one, other]) => [begun + one, begun + other] as const);
  fc.assert(
    fc.property(fc.oneof(fc.tuple(word, word), ofOneStart), ([one, other]) => {
      const [asked, reverse] = [formsOf(one), formsOf(other)];
      const shareAKey = [...asked.keys].some((key) => reverse.keys.has(key));

      expect(isFormOf(other, asked)).toBe(shareAKey);
      expect(isFormOf(one, reverse)).toBe(shareAKey);
    }),
    { numRuns: 3000 },
  );
  expect(spellingsOf("häuser").some((spelling) => isFormOf(spelling, formsOf("haus")))).toBe(true);
});

describe("a stop word", () => {
  test.each([
    ["die Börse", "börse"],
    ["The company and its plans", "company plans"],
    ["title:(der Streik) bahn", "title:streik bahn"],
    ["(der die) (das Gold)", "gold"],
    ["für (gold OR silber)", "gold OR silber"],
    ["-(die Börse)", "-börse"],
    ["gold OR die Börse", "gold OR börse"],
    ["fur trade", "fur trade"],
    ["war crimes", "war crimes"],
  ])("is left out beside words that say more: %s is %s", (typed, asked) => {
    expect(shown(typed)).toBe(asked);
  });

  test.each([
    ["die", '"die"'],
    ["der die das", '"der" "die" "das"'],
    ["die -merz", '"die" -merz'],
    ["die section:politik", '"die" section:politik'],
    ["title:die gold", 'title:"die" gold'],
    ["die OR gold", '"die" OR gold'],
    ['"die" Börse', '"die" börse'],
    ['"die Börse"', '"die börse"'],
    ["die* gold", "die* gold"],
    ["author:der gold", "author:der gold"],
  ])("stays where it says all, or was meant: %s is %s", (typed, asked) => {
    expect(shown(typed)).toBe(asked);
  });
});

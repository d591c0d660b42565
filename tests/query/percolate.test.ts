import fc from "fast-check";
import { expect, test } from "vitest";
import { matches, parseQuery, percolator } from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";
import { somePlaced, someQuery } from "./arbitrary.ts";

const asked = (text: string) => {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return { text, query: parsed.query };
};

const found = (placed: ReturnType<typeof aPlaced>, ...queries: readonly string[]): readonly string[] =>
  percolator(queries.map(asked))(placed, NOON).map(({ text }) => text);

test("whatever the queries and the item, it finds those that hold, in their order, and no other", () => {
  fc.assert(
    fc.property(fc.array(someQuery, { minLength: 1, maxLength: 12 }), somePlaced, (texts, placed) => {
      const all = texts.map(asked);
      const holding = all.filter(({ query }) => matches(query, placed, NOON));
      expect(percolator(all)(placed, NOON)).toEqual(holding);
    }),
    { numRuns: 3000 },
  );
});

test("a word, a beginning, a phrase, a field and their opposites", () => {
  const placed = aPlaced({
    title: "Börse: Goldpreis auf Rekordhoch",
    teaser: "Anleger kaufen",
    section: "finanzen",
    language: "de-at",
    author: "Anna Müller",
  });

  expect(found(placed, "boerse", "gold*", "silber*", '"goldpreis auf"', '"auf goldpreis"')).toEqual([
    "boerse",
    "gold*",
    '"goldpreis auf"',
  ]);
  expect(found(placed, "section:finanzen", "section:politik", "lang:de", "lang:de-at", "lang:en")).toEqual([
    "section:finanzen",
    "lang:de",
    "lang:de-at",
  ]);
  expect(found(placed, "author:mueller", "category:anna", "-silber", "-gold*", "*", "title:anleger")).toEqual([
    "author:mueller",
    "-silber",
    "*",
  ]);
});

test.each([
  ["metals", "metall", "Metall wird teuer"],
  ["installed", "install", "How to install it"],
  ["recalled", "recall", "Recall of cars"],
])("%s finds what it would find alone, where another asks for %s", (one, other, title) => {
  const placed = aPlaced({ title });

  expect(found(placed, one, other)).toEqual([one, other].filter((text) => matches(asked(text).query, placed, NOON)));
});

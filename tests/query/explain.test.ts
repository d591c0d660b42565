import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { itemId, storyId } from "../../src/model/ids.ts";
import {
  anyWordOf,
  beforePlacing,
  explain,
  matches,
  parseQuery,
  type Query,
  showQuery,
} from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";
import { somePlaced, someQuery } from "./arbitrary.ts";

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

const gold = aPlaced({ title: "Goldpreis auf Rekordhoch", section: "sport", publisher: "kurier" });

describe("which clause decided", () => {
  test.each<[string, boolean, readonly string[], readonly string[]]>([
    ["goldpreis*", true, ["goldpreis*"], []],
    ["goldpreis -section:sport", false, ["-section:sport"], ["-section:sport"]],
    ["goldpreis -(section:sport OR silber)", false, ["-section:sport"], ["-section:sport"]],
    ["silber OR goldpreis OR (goldpreis rekordhoch)", true, ["goldpreis"], []],
    ["goldpreis (silber OR kupfer OR zinn)", false, ["silber OR kupfer OR zinn"], ["silber OR kupfer OR zinn"]],
    ["silber OR kupfer OR (goldpreis zinn)", false, ["silber OR kupfer OR (goldpreis zinn)"], ["zinn"]],
    ["silber kupfer", false, ["silber"], ["silber", "kupfer"]],
    ["goldpreis publisher:kurier", true, ["goldpreis", "publisher:kurier"], []],
    ["-silber", true, ["-silber"], []],
  ])("of %s", (text, holds, because, missing) => {
    const found = explain(read(text), gold, NOON);

    expect(found.holds).toBe(holds);
    expect(found.because.map(showQuery)).toEqual(because);
    expect(found.missing.map(showQuery)).toEqual(missing);
  });

  test.each([
    ["goldpreis -section:sport", true],
    ["goldpreis lang:en", true],
    ["silber OR (goldpreis kupfer)", true],
    ["silber section:sport", false],
    ["silber -section:kultur", false],
    ["silber OR kupfer", false],
  ])("%s is near: %s", (text, isNear) => {
    expect(explain(read(text), gold, NOON).isNear).toBe(isNear);
  });

  test("what is asked of a story is decided with it", () => {
    const facts = { publishers: 2, lead: gold.item.id };

    expect(explain(read("story.publishers>=3"), gold, NOON, facts).missing.map(showQuery)).toEqual([
      "story.publishers>=3",
    ]);
    expect(explain(read("story.publishers>=3"), gold, NOON).holds).toBe(true);
  });
});

const STORY = { publishers: 2, lead: itemId("item-1") };

test("whatever the query and the item: the clauses named are as the whole is, and others would turn it", () => {
  fc.assert(
    fc.property(someQuery, somePlaced, (text, placed) => {
      const query = read(text);
      const holdsFor = (part: Query) => matches(part, placed, NOON, STORY);
      const { holds, because, missing } = explain(query, placed, NOON, STORY);

      expect(holds).toBe(holdsFor(query));
      for (const part of because) expect(holdsFor(part)).toBe(holds);
      expect(missing.length === 0).toBe(holds);
      const turned = new Set(missing.map((part) => (part.kind === "not" ? part.of : part)));
      expect(holdsWith(query, turned)).toBe(true);

      function holdsWith(part: Query, others: ReadonlySet<Query>): boolean {
        if (others.has(part)) return !holdsFor(part);
        if (part.kind === "and") return part.of.every((one) => holdsWith(one, others));
        if (part.kind === "or") return part.of.some((one) => holdsWith(one, others));
        if (part.kind === "not") return !holdsWith(part.of, others);
        return holdsFor(part);
      }
    }),
    { numRuns: 2000 },
  );
});

test("what a query may take is taken before the item is placed", () => {
  const somewhere = { story: storyId("s"), storyIri: "urn:s", reasons: [] };
  fc.assert(
    fc.property(someQuery, somePlaced, (text, placed) => {
      const query = read(text);
      const unplaced = { item: placed.item, decision: { ...somewhere, item: placed.item.id } };

      if (matches(query, placed, NOON)) expect(matches(beforePlacing(query), unplaced, NOON)).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(showQuery(beforePlacing(read("gold -section:sport")))).toBe("gold -(-(*))");
});

test("a query's words, whatever else it asks", () => {
  const shown = (text: string) => {
    const any = anyWordOf(read(text));
    return any && showQuery(any);
  };

  expect(shown("title:(gold OR silber) lang:de -zinn")).toBe("title:gold OR title:silber");
  expect(shown("gold section:sport")).toBe("gold");
  expect(shown("section:sport -gold")).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import { itemId } from "../../src/model/ids.ts";
import { matches, parseQuery, type Query, type StoryFacts, showQuery } from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";

const asked = (text: string): Query => {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
};
const GOLD = aPlaced({ id: "gold", title: "Gold steigt" });
const told = (publishers: number, lead = "gold"): StoryFacts => ({ publishers, lead: itemId(lead) });
const holds = (text: string, story?: StoryFacts, placed = GOLD) => matches(asked(text), placed, NOON, story);

describe("what is asked of an item's story", () => {
  test("how many publishers tell it, more, fewer or as many", () => {
    const counts = [1, 2, 3, 4, 5];
    const holding = (text: string) => counts.filter((count) => holds(text, told(count)));

    expect(holding("story.publishers>=3")).toEqual([3, 4, 5]);
    expect(holding("story.publishers>3")).toEqual([4, 5]);
    expect(holding("Story.Publishers=3")).toEqual([3]);
    expect(holding("story.publishers<=3")).toEqual([1, 2, 3]);
    expect(holding("story.publishers<3")).toEqual([1, 2]);
    expect(holding("-story.publishers>3")).toEqual([1, 2, 3]);
    expect(holding("gold story.publishers>1 story.publishers<4")).toEqual([2, 3]);
  });

  test("who leads it", () => {
    expect(holds("is:lead", told(2))).toBe(true);
    expect(holds("is:lead", told(2, "other"))).toBe(false);
    expect(holds("gold -is:lead", told(2, "other"))).toBe(true);
  });

  test("is unknown without the story: then whatever may yet hold is taken", () => {
    expect(holds("story.publishers>=3")).toBe(true);
    expect(holds("-story.publishers>=3")).toBe(true);
    expect(holds("-(-is:lead)")).toBe(true);
    expect(holds("gold is:lead")).toBe(true);
    expect(holds("silber is:lead")).toBe(false);
    expect(holds("silber OR is:lead")).toBe(true);
    expect(holds("-(gold OR is:lead)")).toBe(false);
    expect(holds("-(silber is:lead)")).toBe(true);
    expect(holds("-(gold is:lead)")).toBe(true);
  });
});

test("an item that its publisher changed is revised, one whose text was known is a copy: its story is not needed", () => {
  const revised = aPlaced({ revisedAt: NOON });
  const copy = aPlaced({ copyOf: "first" });

  expect([GOLD, revised, copy].map((placed) => holds("is:revised", undefined, placed))).toEqual([false, true, false]);
  expect([GOLD, revised, copy].map((placed) => holds("is:copy", undefined, placed))).toEqual([false, false, true]);
  expect([GOLD, revised, copy].map((placed) => holds("-is:copy", undefined, placed))).toEqual([true, true, false]);
});

describe("is written in one way", () => {
  test.each([
    ["story.publishers>3", "story.publishers>=4"],
    ["story.publishers<3", "story.publishers<=2"],
    ["STORY.publishers=3", "story.publishers=3"],
    ["IS:Lead", "is:lead"],
    ["is:(revised OR copy)", "is:revised OR is:copy"],
    ['"story.publishers>=3"', '"story publishers 3"'],
    ["story.example", '"story example"'],
  ])("%s is %s", (text, expected) => {
    expect(showQuery(asked(text))).toBe(expected);
  });

  test.each([
    ["gold story.publishers", 5, 'write "story.publishers>=3"'],
    ["story.publishers >= 3", 0, "without spaces"],
    ["story.publisher>=3", 0, 'did you mean "story.publishers>=3"?'],
    ["story.items>=3", 0, 'did you mean "story.publishers>=3"?'],
    ["story.publishers>=viele", 0, 'write "story.publishers>=3"'],
    ["story.publishers>9999", 0, 'write "story.publishers>=3"'],
    ["story.publishers<0", 0, 'write "story.publishers>=3"'],
    ["title:(gold story.publishers>=3)", 12, "cannot stand inside the brackets"],
    ["is:leed", 3, 'did you mean "is:lead"?'],
    ["is:schön", 3, "there are revised, copy, lead"],
  ])("%s is no question", (text, at, words) => {
    expect(parseQuery(text)).toMatchObject({ kind: "bad", at, message: expect.stringContaining(words) });
  });
});

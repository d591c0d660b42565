import { expect, test } from "vitest";
import { readSearch } from "../../src/search/search.ts";

const textOf = (typed: string): string => {
  const search = readSearch(typed, { topics: new Map([["metall", "gold OR silber"]]) });
  return search.kind === "bad" ? search.message : search.text;
};

test("a search has one spelling, and a topic that it asks for stays a topic, whatever that asks for tomorrow", () => {
  expect(textOf("Die  Börse AND (Gold)")).toBe("börse gold");
  expect(textOf("-is:copy  topic:Metall")).toBe("-is:copy topic:Metall");
});

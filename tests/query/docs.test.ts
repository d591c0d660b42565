import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { matches, parseQuery, TOPIC_LIMITS } from "../../src/query/query.ts";
import { aPlaced, NOON } from "./a-placed.ts";

const page = readFileSync(new URL("../../docs/query-language.md", import.meta.url), "utf8");
const examples = [...(page.split("## Examples")[1] ?? "").matchAll(/^\| `(.+?)` +\| (.+?) +\| (yes|no) +\|$/gm)];
const inline = [...page.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

/** The story that all examples tell, and the topics that they name. */
const STORY = { publishers: 1, lead: aPlaced().item.id };
const NAMES = {
  topics: new Map([
    ["edelmetall", "gold OR silber"],
    ["energie", "strom* OR gas*"],
  ]),
};

test("the page has examples", () => {
  expect(examples.length).toBeGreaterThan(15);
});

test.each(examples.map(([, query = "", title = "", found]) => [query, title, found]))(
  "the page's example holds: %s, %s: %s",
  (query, title, found) => {
    const parsed = parseQuery(query, TOPIC_LIMITS, NAMES);

    expect(parsed.kind).toBe("query");
    expect(parsed.kind === "query" && matches(parsed.query, aPlaced({ title }), NOON, STORY)).toBe(found === "yes");
  },
);

test("every query that the page shows can be typed, save the bare field names, values and operators", () => {
  const queries = inline.filter((text) => !/^(\w+:|AND|OR|NOT|story\.publishers|[<>]?=?\d?|window: \w+)$/.test(text));

  const refused = queries.filter((text) => parseQuery(text, undefined, NAMES).kind === "bad");

  expect(refused).toEqual([]);
});

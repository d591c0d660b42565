import { expect, test } from "vitest";
import { checkQuery, compileTopics } from "../../src/road.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

const topicsFile = (queries: Readonly<Record<string, string>>): string =>
  `topics:\n${Object.entries(queries)
    .map(([id, query]) => `  - { id: ${id}, title: ${id}, description: ${id}, query: '${query}' }\n`)
    .join("")}`;

const loaded = (queries: Readonly<Record<string, string>>) =>
  loadSettings(configFolder({ topics: topicsFile(queries) }), {}, checkQuery);

test("a query that names what nobody has is refused, with its place and the nearest name", () => {
  const found = loaded({
    one: "gold section:poltik",
    two: "publisher:abendblat",
    three: "topic:on",
    four: "topic:five",
    five: "gold topic:four",
    six: "gold OR",
    seven: "gold within:24h",
  });

  expect(found.kind === "broken" && found.problems.map(({ path, message, hint }) => [path, message, hint])).toEqual([
    ["topics[0].query", 'there is no section "poltik"; did you mean "politik"?', 'look at character 14, "poltik"'],
    ["topics[1].query", 'there is no publisher "abendblat"; did you mean "abendblatt"?', expect.any(String)],
    ["topics[2].query", 'there is no topic "on"; did you mean "one"?', expect.any(String)],
    ["topics[3].query", "a topic cannot ask for itself: five asks for four asks for five", expect.any(String)],
    ["topics[4].query", "a topic cannot ask for itself: four asks for five asks for four", expect.any(String)],
    ["topics[5].query", expect.any(String), "look at its end"],
    ["topics[6].query", expect.stringContaining('as in "window: 24h"'), 'look at character 13, "24h"'],
  ]);
});

test("topics and sections may be asked for, and what they ask for is compiled in their place", () => {
  const found = loaded({ metall: "gold OR silber", mehr: "topic:metall -topic:politik" });

  const compiled = found.kind === "settings" ? compileTopics(found.settings) : [];

  const mehr = compiled.find(({ topic }) => topic.id === "mehr");
  expect(mehr?.query).toMatchObject({
    kind: "and",
    of: [{ kind: "or" }, { kind: "not", of: { kind: "section", section: "politik" } }],
  });
});

import { describe, expect, test } from "vitest";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

function problemsOf(feeds: string) {
  const loaded = loadSettings(configFolder({ feeds }), {});
  return loaded.kind === "broken" ? loaded.problems : [];
}

test.each([
  ["publishers: &a\n  - *a\n", "feeds.yaml:2:5  *a stands within &a; write out what it stands for"],
  [`${manyAliases(30)}publishers: *a29\n`, "feeds.yaml  its aliases (*name) stand for too much; write out"],
])("aliases without end are named with a remedy: %j", (feeds, words) => {
  expect(showProblems(problemsOf(feeds))).toContain(words);
});

test("of very many problems the first ones are shown, and how many more there are", () => {
  const twice = "  - { id: p, title: P, feeds: [{ id: f, url: 'https://h.example/x.xml' }] }\n";
  const problems = problemsOf(`publishers:\n${twice.repeat(200)}`);

  const lines = showProblems(problems).split("\n");

  expect(problems).toHaveLength(3 * 199);
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe("and 577 more");
});

/** Each stands ten times for the one before it. */
function manyAliases(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const before = n === 0 ? ["x"] : Array.from({ length: 10 }, () => `*a${n - 1}`);
    return `a${n}: &a${n} [${before}]\n`;
  });
  return lines.join("");
}

describe("texts of a topic", () => {
  const complaint = (key: string, value: string): string => {
    const topic = { id: "wind", title: "Wind", description: "Wind", query: "wind", [key]: value };
    const loaded = loadSettings(configFolder({ topics: JSON.stringify({ topics: [topic] }) }), {});
    return loaded.kind === "broken" ? showProblems(loaded.problems).replace(/^\S+ {2}topics\[0\]\./, "") : "";
  };

  test.each([
    ["title", "Wind\0", "title: has characters that no feed can carry; take out what is neither"],
    ["description", "Wind \ud83d", "description: has characters that no feed can carry; take out what is neither"],
    ["title", "Wind\u001b[2J", "title: has characters that no feed can carry; take out what is neither"],
    ["query", "wind\uffff", "query: has characters that no feed can carry; take out what is neither"],
    ["title", "W".repeat(30_000), "title: has 30000 characters; write 300 at the most"],
    ["description", "W".repeat(1001), "description: has 1001 characters; write 1000 at the most"],
  ])("%s %#: what no feed can carry or nobody reads is refused, with what would be right", (key, value, said) => {
    expect(complaint(key, value)).toContain(said);
  });

  test("whatever people write is taken: line breaks, emoji, every script", () => {
    for (const text of ["Wind\nund Wetter\n", "Wind 🌬️👩‍👩‍👧", "ветер", "風", "W".repeat(300)])
      for (const key of ["title", "description"]) expect(complaint(key, text)).toBe("");
  });
});

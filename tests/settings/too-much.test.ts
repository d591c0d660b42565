import { expect, test } from "vitest";
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

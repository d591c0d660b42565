import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { ActKind } from "../../src/model/editing.ts";
import { wordsOf } from "../../workers/act-words.ts";
import { ROOT } from "../support/test-settings.ts";

test("docs/api.md shows an act of each kind, and each of them is taken, whatever the day", () => {
  const text = readFileSync(path.join(ROOT, "docs", "api.md"), "utf8");
  const commands = [...text.matchAll(/-X POST \S+\/topics\/energie\/(\w+) +-d '(.*)'/g)];

  const said = commands.map(([, kind = "", body = ""]) => [
    kind,
    wordsOf(kind as ActKind, JSON.parse(body), Date.now()),
  ]);

  expect(said.map(([kind]) => kind)).toEqual(["pins", "spikes", "retitles", "embargoes"]);
  for (const [, words] of said) expect(words).not.toHaveProperty("kind");
});

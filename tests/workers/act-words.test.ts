import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type ActKind, NO_EDITING } from "../../src/model/editing.ts";
import { itemId } from "../../src/model/ids.ts";
import { wordsOf } from "../../workers/topics/act-words.ts";
import { actsOf } from "../../workers/topics/edit-topics.ts";
import { ROOT } from "../support/test-settings.ts";

const NOON = Date.parse("2026-02-27T12:00:00Z");

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

test.each([
  ["spikes", { until: "6h" }, "until: spikes hold for good; leave it out"],
  ["retitles", { title: "Gold", until: "6h" }, "until: retitles hold for good; leave it out"],
  ["pins", { title: "Gold" }, "title: only retitles have one; leave it out"],
] as const)("what %s cannot say is refused, never passed over: %j", (kind, given, message) => {
  expect(wordsOf(kind, given, NOON)).toMatchObject({ kind: "refused", why: "broken", message });
});

test.each([
  ["2026-03-01T10:00Z", "2026-03-01T10:00:00.000Z"],
  ["2026-03-01T10:00:30.5+01:00", "2026-03-01T09:00:30.500Z"],
  ["6h", "2026-02-27T18:00:00.000Z"],
])("%s is a moment", (until, iso) => {
  expect(wordsOf("embargoes", { until }, NOON)).toEqual({ until: Date.parse(iso) });
});

test.each([
  "2026-02-30T10:00Z",
  "2026-02-29T10:00:00Z",
  "2026-03-01T25:00Z",
  "2026-03-01T10:00",
  "2026-02-27T11:00Z",
  "2027-03-01T10:00Z",
])("%s is no moment that is to come within a year", (until) => {
  expect(wordsOf("pins", { until }, NOON)).toMatchObject({ kind: "refused", faults: [{ path: "until" }] });
});

test("of what editors did only what still holds is shown", () => {
  const act = { iri: "urn:story", by: "anna", at: 1000 };
  const editing = {
    ...NO_EDITING,
    pins: [{ ...act, item: itemId("for-good") }],
    embargoes: [
      { ...act, item: itemId("over"), until: 5000 },
      { ...act, item: itemId("still"), until: 9000 },
    ],
  };

  const lines = actsOf(editing, 5000);

  expect(lines).toEqual([
    "pins: for-good, by anna 1970-01-01T00:00:01.000Z",
    "embargoes: still, by anna 1970-01-01T00:00:01.000Z, until 1970-01-01T00:00:09.000Z",
  ]);
});

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openDesk } from "../../src/desk/desk.ts";
import type { ItemId, StoryId } from "../../src/model/ids.ts";
import type { Decision } from "../../src/model/news.ts";
import { itemOf, SETTINGS } from "./entries.ts";

interface Row {
  readonly url: string;
  readonly publisher: string;
  readonly title: string;
  readonly teaser?: string;
  readonly first_seen: string;
  /** the text it belongs to, by rule; null where no other publisher printed it */
  readonly dup: string | null;
  readonly story: string | null;
}

const FRONT_PAGES = path.join(import.meta.dirname, "../../../shared/data/frontpage-de.jsonl");
const isMissing = !existsSync(FRONT_PAGES);
if (isMissing) console.warn(`SKIPPED: copies and stories of real front pages: ${FRONT_PAGES} is not there`);

test.skipIf(isMissing)("copies and stories of six days of German front pages", { timeout: 60_000 }, () => {
  // given 13,000 items of eleven publishers
  const rows: readonly Row[] = readFileSync(FRONT_PAGES, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  // when the desk has told them
  const { decisions, storyOf } = tell(rows);

  // then copies are found as rules find them, stories as people labelled them, and no day's routine makes one
  const copies = pairwise(
    rows.map(({ url }) => decisions.get(url)?.copyOf ?? url),
    rows.map(({ dup }) => dup ?? undefined),
  );
  expect(copies.precision).toBeGreaterThanOrEqual(0.96);
  expect(copies.f1).toBeGreaterThanOrEqual(0.97);
  const labelled = rows.filter(({ story }) => story !== null);
  const stories = bcubed(
    labelled.map(({ url }) => storyOf(url)),
    labelled.map(({ story }) => story ?? ""),
  );
  expect(stories.precision).toBeGreaterThanOrEqual(0.96);
  expect(stories.f1).toBeGreaterThanOrEqual(0.8);
  expect(Math.max(...countsOf(rows.map(({ url }) => storyOf(url))).values())).toBeLessThanOrEqual(150);
});

function tell(rows: readonly Row[]) {
  const desk = openDesk(SETTINGS);
  const decisions = new Map<string, Decision>();
  const aliases = new Map<StoryId, StoryId>();
  for (const row of rows) {
    const item = {
      ...itemOf({ ...row, id: row.url, ...(row.teaser ? { teaser: row.teaser } : {}) }),
      arrivedAt: Date.parse(`${row.first_seen}Z`),
    };
    const outcome = desk.take({ kind: "new", item });
    for (const decision of outcome.decisions) decisions.set(decision.item, decision);
    for (const { from, into } of outcome.aliases) aliases.set(from, into);
  }
  const storyOf = (url: string): string => {
    let story = decisions.get(url)?.story;
    for (let into = story && aliases.get(story); into !== undefined; into = aliases.get(into)) story = into;
    return story ?? "lost";
  };
  return { decisions, storyOf };
}

function countsOf<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Share of the pairs found that are wanted, and the other way round. */
function pairwise(found: readonly (ItemId | string)[], wanted: readonly (string | undefined)[]) {
  const pairs = (keys: readonly string[]) =>
    [...countsOf(keys).values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const grouped = wanted.flatMap((key) => key ?? []);
  const both = pairs(found.flatMap((key, at) => (wanted[at] === undefined ? [] : `${key} ${wanted[at]}`)));
  return f1Of(both / pairs(found), both / pairs(grouped));
}

/** A. Bagga & B. Baldwin, "Entity-based cross-document coreferencing using the vector space model" (1998). */
function bcubed(found: readonly string[], wanted: readonly string[]) {
  const both = countsOf(found.map((key, at) => `${key} ${wanted[at]}`));
  const [ofFound, ofWanted] = [countsOf(found), countsOf(wanted)];
  const mean = (of: ReadonlyMap<string, number>, keys: readonly string[]) =>
    keys.reduce((sum, key, at) => sum + (both.get(`${found[at]} ${wanted[at]}`) ?? 0) / (of.get(key) ?? 1), 0) /
    keys.length;
  return f1Of(mean(ofFound, found), mean(ofWanted, wanted));
}

const f1Of = (precision: number, recall: number) => ({
  ...{ precision, recall },
  f1: (2 * precision * recall) / (precision + recall),
});

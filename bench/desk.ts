/**
 * How fast the desk decides: `node bench/desk.ts`. Speed is told beside that of cutting the same texts into words, so
 * that two machines can be compared; how right it is, tests/desk/front-pages.test.ts says. Reads front pages under ../shared/data; without them it makes up
 * headlines and measures speed alone.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { openDesk, restoreDesk } from "../src/desk/desk.ts";
import { wordsOf } from "../src/desk/words.ts";
import { type FeedId, itemId, type PublisherId } from "../src/model/ids.ts";
import type { NewsItem } from "../src/model/news.ts";
import { readSections } from "../src/settings/settings.ts";

const ROUNDS = 3;
const SYNTHETIC = 20_000;
const root = path.join(import.meta.dirname, "..");
const settings = { sections: readSections(path.join(root, "config")), publishers: [] };

const shared = path.join(root, "../shared/data/frontpage-de.jsonl");
const items = existsSync(shared) ? frontPages(shared) : madeUp();
const words = best(() => items.reduce((sum, { title, teaser = "" }) => sum + wordsOf(`${title} ${teaser}`).length, 0));
const desk = best(() => {
  const one = openDesk(settings);
  for (const item of items) one.take({ kind: "new", item });
  return one.size.items;
});
const { size, slowest, snapshot } = once();

console.log(
  `${items.length} items (${existsSync(shared) ? "German front pages, 82 hours" : "made up"}), best of ${ROUNDS} rounds\n`,
);
row("cutting into words", `${rate(words)} items/s`);
row("the desk", `${rate(desk)} items/s`, `${(desk / words).toFixed(1)} times the words' time`);
row("slowest single item", `${slowest.toFixed(1)} ms`);
row(
  "on the desk at the end",
  `${size.items} items`,
  `${size.texts} texts, ${size.stories} stories, ${size.terms} terms`,
);
row(
  "snapshot",
  `${(snapshot.bytes / 1e6).toFixed(1)} MB`,
  `${Math.round(snapshot.bytes / size.items)} bytes an item, ${snapshot.lines} lines in ${snapshot.ms.toFixed(0)} ms`,
);
row("restoring", `${snapshot.restored.toFixed(0)} ms`);

function best(run: () => number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}

function once() {
  const one = openDesk(settings);
  let slowest = 0;
  for (const item of items) {
    const started = performance.now();
    one.take({ kind: "new", item });
    slowest = Math.max(slowest, performance.now() - started);
  }
  const started = performance.now();
  const lines = [...one.snapshot()];
  const ms = performance.now() - started;
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const restoring = performance.now();
  restoreDesk(settings, lines);
  return {
    size: one.size,
    slowest,
    snapshot: { bytes, ms, lines: lines.length, restored: performance.now() - restoring },
  };
}

function rate(ms: number): string {
  return Math.round((1000 * items.length) / ms).toLocaleString("en");
}

function row(what: string, figure: string, more = ""): void {
  console.log(`${what.padEnd(24)} ${figure.padStart(18)}  ${more}`);
}

function frontPages(file: string): readonly NewsItem[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ url, publisher, title, teaser, first_seen }) =>
      itemOf(url, publisher, title, teaser ?? "", url, Date.parse(`${first_seen}Z`)),
    );
}

/** 200 items an hour of six words each, out of 30,000; the same in every run. */
function madeUp(): readonly NewsItem[] {
  let seed = 1;
  const word = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return `Wort${(seed >>> 8) % 30_000}`;
  };
  return Array.from({ length: SYNTHETIC }, (_, at) => {
    const title = Array.from({ length: 6 }, word).join(" ");
    return itemOf(`i${at}`, `p${at % 20}`, title, "", `https://p${at % 20}.example/politik/${at}`, at * 18_000);
  });
}

function itemOf(
  id: string,
  publisher: string,
  title: string,
  teaser: string,
  permalink: string,
  arrivedAt: number,
): NewsItem {
  return {
    ...{
      id: itemId(id),
      iri: id,
      feed: "bench" as FeedId,
      publisher: publisher as PublisherId,
      title,
      teaser,
      permalink,
    },
    ...{ language: "de", arrivedAt, revision: 0, digest: "" },
  };
}

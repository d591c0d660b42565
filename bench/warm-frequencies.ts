/**
 * Counts in how many texts a word stem occurs, for src/desk/data/frequencies-*.json: `node bench/warm-frequencies.ts`.
 * English from AG News (test split, 2004) and BBC News (2004/05), German from zeitgeist.jsonl (articles of 2025), all
 * under ../shared/data; not from its front pages, whose own news would then pass for common words and which judge the
 * desk. Only stems and counts are kept, no text.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { termsOf } from "../src/desk/features.ts";
import { headlineOf } from "../src/desk/headline.ts";
import { stemmerFor } from "../src/desk/stems.ts";
import { stopWordsOf } from "../src/desk/stop-words.ts";

interface Article {
  readonly title: string;
  readonly teaser: string;
}

const LEAST = { de: 4, en: 3 };
const root = path.join(import.meta.dirname, "..");
const rows = (name: string): readonly Record<string, string>[] =>
  readFileSync(path.join(root, "../shared/data", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

write(
  "de",
  rows("zeitgeist.jsonl").map(({ title = "", content = "" }) => ({ title: headlineOf(title), teaser: content })),
);
write("en", [
  ...rows("ag.jsonl").map(({ title = "", teaser = "" }) => ({ title, teaser })),
  ...rows("bbc.jsonl").map(({ text = "" }) => {
    const [title = "", ...body] = text.split("\n");
    return { title, teaser: body.join(" ").trim() };
  }),
]);

function write(language: keyof typeof LEAST, articles: readonly Article[]): void {
  const reading = { language, stem: stemmerFor(language), stops: stopWordsOf(language) };
  const counts = new Map<string, number>();
  for (const { title, teaser } of articles) {
    for (const term of termsOf(title, teaser, reading).keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const byCount = new Map<number, string[]>();
  for (const [term, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (count >= LEAST[language]) byCount.set(count, [...(byCount.get(count) ?? []), term]);
  }
  const terms = Object.fromEntries(
    [...byCount].sort(([a], [b]) => a - b).map(([count, all]) => [count, all.join(" ")]),
  );
  writeFileSync(
    path.join(root, `src/desk/data/frequencies-${language}.json`),
    `${JSON.stringify({ texts: articles.length, terms }, null, 2)}\n`,
  );
  console.log(`${language}: ${articles.length} texts, ${[...byCount.values()].flat().length} stems`);
}

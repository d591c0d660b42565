/**
 * Counts in how many texts a word stem occurs, for src/desk/data/frequencies-en.json: `node bench/warm-frequencies.ts`.
 * From AG News (test split, 2004) and BBC News (2004/05) under ../shared/data. Only stems and counts are kept, no text.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { termsOf } from "../src/desk/features.ts";
import { stemmerFor } from "../src/desk/stems.ts";
import { stopWordsOf } from "../src/desk/stop-words.ts";

const LEAST = 3;
const root = path.join(import.meta.dirname, "..");
const rows = (name: string): readonly Record<string, string>[] =>
  readFileSync(path.join(root, "../shared/data", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const reading = { language: "en", stem: stemmerFor("en"), stops: stopWordsOf("en") };
const texts = [
  ...rows("ag.jsonl").map(({ title = "", teaser = "" }) => termsOf(title, teaser, reading)),
  ...rows("bbc.jsonl").map(({ text = "" }) => {
    const [title = "", ...body] = text.split("\n");
    return termsOf(title, body.join(" ").trim(), reading);
  }),
];
const counts = new Map<string, number>();
for (const terms of texts) for (const term of terms.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);

const byCount = new Map<number, string[]>();
for (const [term, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (count >= LEAST) byCount.set(count, [...(byCount.get(count) ?? []), term]);
}
const terms = Object.fromEntries([...byCount].sort(([a], [b]) => a - b).map(([count, all]) => [count, all.join(" ")]));
writeFileSync(
  path.join(root, "src/desk/data/frequencies-en.json"),
  `${JSON.stringify({ texts: texts.length, terms }, null, 1)}\n`,
);
console.log(`${texts.length} texts, ${[...byCount.values()].flat().length} stems`);

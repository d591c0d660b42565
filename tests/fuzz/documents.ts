import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Random } from "./random.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const CORPUS = path.join(ROOT, "../shared/corpus");
const FIXTURES = path.join(ROOT, "tests/fixtures");
/** Bytes: longer ones take long, and break in no other way. */
const MAX_SIZE = 20_000;
const MAX_ITEM = 4000;

export const hasCorpus = (): boolean => existsSync(CORPUS);

export interface Documents {
  /** as publishers wrote them */
  readonly real: readonly string[];
  /** as the authors of parsers did */
  readonly suites: readonly string[];
}

/** Each document with one character a byte, so that nothing is lost whatever its charset. */
export function loadDocuments(): Documents {
  if (hasCorpus())
    return { real: loadFolder(path.join(CORPUS, "real")), suites: loadFolder(path.join(CORPUS, "suites")) };
  const fixtures = loadFolder(FIXTURES);
  return { real: fixtures, suites: fixtures };
}

function loadFolder(folder: string): readonly string[] {
  const files = globSync("**/*.{xml,rss,rdf,atom,json,cdf,feed}", { cwd: folder }).toSorted();
  return files.map((file) => readFileSync(path.join(folder, file)).toString("latin1"));
}

/** The document with some of its items, if it is long. */
export function shorten(text: string, random: Random): string {
  if (text.length <= MAX_SIZE) return text;
  const [head = "", ...items] = text.split(/(?=<(?:item|entry)[\s>])|(?<=\},)\s*(?=\{"id")/i);
  const start = random.below(Math.max(1, items.length - 3));
  const kept = items.slice(start, start + 1 + random.below(3)).map((item) => item.slice(0, MAX_ITEM));
  return [head.slice(0, MAX_ITEM), ...kept, text.slice(-200)].join("").slice(0, MAX_SIZE);
}

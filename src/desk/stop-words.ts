import data from "./data/stop-words.json" with { type: "json" };
import { fold } from "./words.ts";

/** Words that tell no story: function words and the newsroom's own furniture ("live", "update", weekdays). */
const STOP_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(data).map(([language, words]) => [language, new Set(words.split(" "))]),
);
const NONE: ReadonlySet<string> = new Set();

const FOLDED: ReadonlySet<string> = new Set([...STOP_WORDS.values()].flatMap((words) => [...words].map(fold)));

/** In any language that we know, of a folded word. */
export const isStopWord = (folded: string): boolean => FOLDED.has(folded);

export const stopWordsOf = (language: string): ReadonlySet<string> => STOP_WORDS.get(language) ?? NONE;

/** The language whose function words a text has most of; undefined where it has none or as many of two. */
export function languageByStopWords(words: readonly string[]): string | undefined {
  const votes = [...STOP_WORDS].map(([language, stops]) => ({
    language,
    count: words.filter((word) => stops.has(word.toLowerCase())).length,
  }));
  const [best, second] = votes.sort((a, b) => b.count - a.count);
  return best === undefined || best.count === (second?.count ?? 0) ? undefined : best.language;
}

import type { QueryHint } from "../model/query-hint.ts";

/** What other search engines, and other languages, call our operators. */
const MEANT = {
  ODER: "OR",
  UND: "AND",
  NICHT: "NOT",
  or: "OR",
  not: "NOT",
  "|": "OR",
  "||": "OR",
  "&&": "AND",
  "!": "NOT",
} as const;
/** Ordinary words at the beginning and at the end of what is asked for. */
const BETWEEN: ReadonlySet<string> = new Set(["or", "not"]);

type Foreign = keyof typeof MEANT;

/** Where a query was perhaps meant otherwise than it is read; each once. */
export function hintsOf(text: string): readonly QueryHint[] {
  const bare = text.replaceAll(QUOTED, " ").replaceAll(ADDRESS, " ");
  const words = bare.split(/[\s()]+/);
  const foreign = new Set(words.flatMap((word, n) => foreignIn(word, n > 0 && n < words.length - 1)));
  const hints = [...foreign].map((written): QueryHint => {
    const meant = MEANT[written];
    return {
      ...{ rule: "no-operator", written, meant },
      message: `"${written}" is no operator here: did you mean "${meant}"?`,
    };
  });
  return words.includes("-") ? [...hints, LONELY_DASH] : hints;
}

const QUOTED = /["„“”«»][^"„“”«»]*(?:["„“”«»]|$)/g;
/** It may have anything in it. */
const ADDRESS = /(?<!\p{L})url:\S*/giu;

function foreignIn(word: string, isBetween: boolean): readonly Foreign[] {
  if (word.startsWith("!")) return EXCLUDING.test(word) ? ["!"] : [];
  if (Object.hasOwn(MEANT, word)) return isBetween || !BETWEEN.has(word) ? [word as Foreign] : [];
  if (word.includes("|")) return [word.includes("||") ? "||" : "|"];
  return word.includes("&&") ? ["&&"] : [];
}

const EXCLUDING = /^!\p{L}/u;

const LONELY_DASH: QueryHint = {
  rule: "lonely-dash",
  message: '"-" stands right before what it excludes, without a space: "-silber"',
};

import type { Change } from "./passages.ts";

/** Letters that may differ in a word that was only misspelt. */
const FEW_LETTERS = 2;
/** In a short name another letter is another name: Iran, Irak. */
const TELLING_NAME = 6;
/** Articles, prepositions: grammar, not news. */
const SMALL_WORD = 3;
const NEGATION = /^(?:k?ein\p{L}*|nie|not?|ohne)$/iu;
const FIGURE = /\p{N}/u;
const CAPITAL = /^\p{Lu}/u;

/** Punctuation, case, spaces, a few letters of a word: nothing that anybody was told wrongly. Only words are given. */
export function isSlip({ struck, inserted }: Change): boolean {
  if (struck.join("").toLowerCase() === inserted.join("").toLowerCase()) return true;
  return struck.length === inserted.length && struck.every((word, n) => isMisspelt(word, inserted[n] ?? ""));
}

function isMisspelt(old: string, fresh: string): boolean {
  const [a, b] = [old.toLowerCase(), fresh.toLowerCase()];
  if (a === b) return true;
  if ([old, fresh].some((word) => FIGURE.test(word) || NEGATION.test(word))) return false;
  const isSmall = !CAPITAL.test(old) && !CAPITAL.test(fresh) && a.length <= SMALL_WORD && b.length <= SMALL_WORD;
  if (isSmall) return true;
  const isOtherName = CAPITAL.test(old) && a.length === b.length && a.length <= TELLING_NAME && !isTransposed(a, b);
  return !isOtherName && Math.min(a.length, b.length) > SMALL_WORD && differingLetters(a, b) <= FEW_LETTERS;
}

const isTransposed = (a: string, b: string): boolean => [...a].sort().join("") === [...b].sort().join("");

/** Letters between a common beginning and a common end. */
function differingLetters(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end;
}

import { isStopWord } from "./stop-words.ts";
import { fold, foldedWords, wordsOf } from "./words.ts";

/** A colon suffix this short ("Bilder des Tages") is a label, not a headline: facts/stories.md 6.3. */
const SUFFIX_WORDS = 4;
const SUFFIX_LENGTH = 20;
const TELLING_WORDS = 2;
const WHOLE_LENGTH = 12;
const MOST_SUFFIXES = 3;

/** What readers must pay for, and tickers, as written into titles where nobody took it out before. */
const PAYWALL =
  /^\s*(?:(?:z|s|f|faz|heise|bild|welt|wp)\+|sz plus|bildplus|\((?:s|z)?\+\))\s*(?:\(abopflichtiger inhalt\))?[\s;:|–-]*/i;
const TICKER =
  /^\s*(?:live|liveblog|liveticker|ticker|newsblog|eilmeldung|breaking|breaking news|exklusiv|exclusive|update|watch|video)\s*[;:|+–-]+\s*/i;
/** Longer titles are bodies that lost their way; a headline is told apart by its beginning. */
const LONGEST_TITLE = 500;

/** A title without paywall marks and ticker flags. */
export function headlineOf(title: string): string {
  const bare = title.slice(0, LONGEST_TITLE).replace(PAYWALL, "").replace(TICKER, "").trim();
  return bare === "" ? title.slice(0, LONGEST_TITLE) : bare;
}

/**
 * The spellings under which the same headline is told elsewhere: publishers of one agency's text change the kicker
 * ("Silvester: Niederländer böllern …") or drop it, so each part behind a colon stands for the whole.
 */
export function titleKeys(headline: string): readonly string[] {
  const whole = foldedWords(headline);
  const suffixes = suffixesOf(headline).map(foldedWords).filter(isHeadline);
  return [...new Set(whole.length >= WHOLE_LENGTH ? [whole, ...suffixes] : suffixes)];
}

/** The headline without its kicker: the longest part behind a colon that can stand alone. */
export function withoutKicker(headline: string): string {
  return suffixesOf(headline).find((suffix) => isHeadline(foldedWords(suffix))) ?? headline;
}

/** The headline in a page's address ("…/niederlaender-boellern-zum-letzten-mal-4172991.html"), spelt like a title key. */
export function slugKey(url: string): string | undefined {
  const segments = pathOf(url)
    .split("/")
    .filter((segment) => segment.includes("-"));
  const key = wordsOf(fold(segments.at(-1) ?? ""))
    .filter((word) => !/\d/.test(word) && word !== "html" && word !== "dpa")
    .join(" ");
  return isHeadline(key) ? key : undefined;
}

function suffixesOf(headline: string): readonly string[] {
  const parts = headline.split(/(?<!\d):|:(?!\d)/u);
  return parts.slice(1, 1 + MOST_SUFFIXES).map((_, at) =>
    parts
      .slice(at + 1)
      .join(":")
      .trim(),
  );
}

/** "Was wir wissen und was nicht" is long enough, but says nothing. */
function isHeadline(key: string): boolean {
  const words = key.split(" ");
  if (key.length < SUFFIX_LENGTH || words.length < SUFFIX_WORDS) return false;
  return words.filter((word) => !isStopWord(word)).length >= TELLING_WORDS;
}

const pathOf = (url: string): string => URL.parse(url)?.pathname ?? "";

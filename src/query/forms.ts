import { newStemmer } from "snowball-stemmers";
import { isFunctionWord } from "./stop-words.ts";
import { spellingsOf } from "./terms.ts";

/** In which forms a word may stand in texts. */
export interface Forms {
  /** "de:regierung", "en:compani": words that share one are forms of each other; none: it stands as it is */
  readonly keys: ReadonlySet<string>;
  /** what is left of forms without their ending */
  readonly bases: ReadonlySet<string>;
  /** each form begins with one of these */
  readonly starts: readonly string[];
  /** no form has more letters */
  readonly longest: number;
}

/**
 * How a word may be inflected: in German, in English, or not at all. Whatever the text's language, so that it is the same
 * for topics, searches and percolation: German papers have English words, and few items say theirs. Only endings of
 * inflection go: Regierung and Regierungen are one, regieren is another; and so are winter and winterlich, nation and
 * national, which Snowball's stems do not tell apart.
 */
export function formsOf(term: string): Forms {
  const keys = new Set(spellingsOf(term).flatMap(stemKeysOf));
  const bases = new Set([...keys].flatMap(basesOf));
  const starts = [...bases].filter((base) => ![...bases].some((other) => other !== base && base.startsWith(other)));
  const longest = [...keys].reduce(
    (most, key) => Math.max(most, key.length - LANGUAGE_MARK + LONGEST_ENDING + "s".length),
    0,
  );
  return { keys, bases, starts, longest };
}

/** An English stem's last letter may be another in a form: companies and company, hope and hoping. */
export function basesOf(key: string): readonly string[] {
  const letters = key.slice(LANGUAGE_MARK);
  if (key.startsWith(GERMAN)) return [letters, `${letters}s`];
  return letters.length > SHORTEST ? [letters, letters.slice(0, -1)] : [letters];
}

/** @param spelling folded */
export function isFormOf(spelling: string, { keys, bases, starts, longest }: Forms): boolean {
  return (
    spelling.length <= longest &&
    starts.some((start) => spelling.startsWith(start)) &&
    mayBeForm(spelling, bases) &&
    stemKeysOf(spelling).some((key) => keys.has(key))
  );
}

/** Stemming is dear: does the word end as forms do, and is what is left a base? */
export function mayBeForm(spelling: string, bases: ReadonlySet<string>): boolean {
  for (let cut = 0; cut <= LONGEST_ENDING && cut <= spelling.length - SHORTEST; cut++) {
    const end = spelling.length - cut;
    if (cut > 0 && !ENDINGS.has(spelling.slice(end))) continue;
    const base = spelling.slice(0, end);
    if (bases.has(base)) return true;
    if (base.at(-1) === base.at(-2) && bases.has(base.slice(0, -1))) return true;
  }
  return false;
}

/** @param spelling folded */
export function stemKeysOf(spelling: string): readonly string[] {
  const known = remembered.get(spelling);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const keys = isInflected(spelling) ? [...german(spelling), ...english(spelling)] : [];
  remembered.set(spelling, keys);
  return keys;
}

/** Stemming costs 20 µs a word and language. Forgetting all now and then bounds the memory: some 10 MB. */
const REMEMBERED = 50_000;
const remembered = new Map<string, readonly string[]>();

const SHORTEST = 3;
/** Longer runs of letters are no words; a stemmer's time grows with them. */
const INFLECTED = /^[a-z]{3,40}$/;

const GERMAN_FIRST = ["", "en", "er", "est", "st"];
const GERMAN_LAST = ["", "ern", "e", "em", "en", "er", "es", "s"];
const ENGLISH_ENDINGS = ["ing", "ied", "ies", "ed", "es", "e", "s", "y"];
const ENDINGS: ReadonlySet<string> = new Set([
  ...GERMAN_FIRST.flatMap((first) => GERMAN_LAST.map((last) => first + last)),
  ...ENGLISH_ENDINGS,
]);
const LONGEST_ENDING = Math.max(...[...ENDINGS].map(({ length }) => length));

/** At the end, the longest that fits. */
const ending = (endings: readonly string[]): RegExp =>
  new RegExp(
    `(?:${endings
      .filter(Boolean)
      .toSorted((a, b) => b.length - a.length)
      .join("|")})$`,
  );
const FIRST_OF_GERMAN = ending(GERMAN_FIRST);
const LAST_OF_GERMAN = ending(GERMAN_LAST);
const OF_ENGLISH = ending(ENGLISH_ENDINGS);

const GERMAN = "de:";
const ENGLISH = "en:";
const LANGUAGE_MARK = 3;

const isInflected = (spelling: string): boolean =>
  INFLECTED.test(spelling) && !isFunctionWord(spelling) && !KEPT_WHOLE.has(spelling);

/**
 * What Snowball takes for a form of another word and is none, as met in news: Müller is no form of Müll, nor Bürger of
 * Burg. Mostly names, and words whose "er" is no ending.
 */
const KEPT_WHOLE: ReadonlySet<string> = new Set(
  `arte baden becker bereits berger boeing bürger bürgern bürgers christopher corps dieter eltern evening evenings
  federer hammer hate herbst hofer immens jens jorge kater kohl lager lagern lagers leber leider liefern lindern littler
  lohnen male maler manchester mars mehring meister meistern meisters messer messern meter müller ostern palmer peter
  peters premiere premieren reis richter richtern ritter ritters roger sans schlager schneider siebers sprach stats
  steiner trauer tuner verlängern verlies wachst wales weber werder werders wetter wunder wundern wüst`
    .split(/\s+/)
    .flatMap(spellingsOf),
);

const stemmers = { german: newStemmer("german"), english: newStemmer("english") } as const;

/** Up to two endings: a comparative's or a participle's, and one of case and number. */
function german(word: string): readonly string[] {
  const stem = stemmers.german.stem(word);
  if (stem.length < SHORTEST || !word.startsWith(stem)) return [];
  const rest = word.slice(stem.length).replace(LAST_OF_GERMAN, "").replace(FIRST_OF_GERMAN, "");
  const key = `${GERMAN}${stem}${rest}`;
  // of Zins Snowball makes zin, as if it were a genitive, and zins of Zinsen
  return GENITIVE.test(key) && key.length > LANGUAGE_MARK + SHORTEST ? [key, key.slice(0, -1)] : [key];
}

/** The letters after which Snowball takes an "s" for an ending. */
const GENITIVE = /[bdfghklmnrt]s$/;

function english(word: string): readonly string[] {
  const stem = stemmers.english.stem(word);
  const common = commonLength(word, stem);
  if (common < SHORTEST || common < stem.length - 1) return [];
  const tail = word.slice(common).replace(OF_ENGLISH, "");
  // planned, planning: the last letter is written twice
  const rest = tail === stem.at(-1) ? "" : tail;
  return common < stem.length && rest !== "" ? [] : [`${ENGLISH}${stem}${rest}`];
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < other.length && one[length] === other[length]) length++;
  return length;
}

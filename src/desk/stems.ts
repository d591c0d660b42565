import { newStemmer } from "snowball-stemmers";

/** Snowball's names (snowballstem.org) by BCP 47 primary subtag. */
const SNOWBALL: Readonly<Record<string, string>> = {
  de: "german",
  en: "english",
  fr: "french",
  es: "spanish",
  it: "italian",
  nl: "dutch",
  pt: "portuguese",
  sv: "swedish",
  da: "danish",
  no: "norwegian",
  fi: "finnish",
  ru: "russian",
  tr: "turkish",
};

/** Stemming costs 10 µs a word and news repeats its words. Forgetting them all now and then bounds the memory. */
const REMEMBERED = 150_000;
/** Longer runs of letters are no words; a stemmer's time grows with them. */
const LONGEST_WORD = 40;

export type Stem = (lowerCaseWord: string) => string;

/** What was stemmed once is known to all who ask for the language. */
const STEMMERS = new Map<string, Stem>();

/** The stem of a word in a language; in a language without a stemmer the word itself. */
export function stemmerFor(language: string): Stem {
  const known = STEMMERS.get(language) ?? newStem(language);
  if (language in SNOWBALL) STEMMERS.set(language, known);
  return known;
}

function newStem(language: string): Stem {
  const snowball = SNOWBALL[language];
  if (snowball === undefined) return (word) => word.slice(0, LONGEST_WORD);
  const stemmer = newStemmer(snowball);
  const remembered = new Map<string, string>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const stem = stemmer.stem(word.slice(0, LONGEST_WORD));
    remembered.set(word, stem);
    return stem;
  };
}

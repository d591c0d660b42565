/** A run of letters and digits. Combining marks belong to their letter. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Scripts that write no blanks between words: their pairs of characters stand for words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const ASCII = /^[ -~]*$/;

/** The words of a text as written, in order. */
export function wordsOf(text: string): readonly string[] {
  const words = text.match(WORD) ?? [];
  return UNSPACED.test(text) ? words.flatMap(pairsIfUnspaced) : words;
}

/** One spelling for headlines and for the slugs made of them: "Größe" and "groesse" are the same word. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss");
  return ASCII.test(folded) ? folded : folded.normalize("NFD").replace(/\p{M}+/gu, "");
}

/** Folded words with one blank between them. */
export const foldedWords = (text: string): string => wordsOf(fold(text)).join(" ");

function pairsIfUnspaced(word: string): readonly string[] {
  if (!UNSPACED.test(word)) return [word];
  const letters = [...word];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

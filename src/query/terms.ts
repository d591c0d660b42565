/**
 * The words of a text in order, the one way in which items are indexed, matched and asked for: NFKC, lower case, cut
 * wherever no letter or digit is, marks kept. Scripts written without spaces come as overlapping pairs of characters
 * ("東京都" is 東京, 京都), as does Korean, whose particles stick to the word. Inflection is left to forms.ts.
 */
export function termsOf(text: string): string[] {
  const plain = text.replaceAll(INVISIBLE, "").normalize("NFKC").toLowerCase().normalize("NFKC");
  return (plain.match(WORD) ?? []).flatMap(cutUnspaced);
}

/**
 * The spellings under which a term is known, folded; two terms are the same word where they share one. A word with ä,
 * ö, ü is known without its marks and as it is typed on a keyboard that lacks them: "börse" is borse and boerse, so
 * Börse, Boerse and Borse each find it. Nothing is guessed from a bare "ae", "oe" or "ue": neue, Feuer, Israel and
 * Michael stay what they are.
 */
export function spellingsOf(term: string): readonly string[] {
  if (ASCII.test(term)) return [term];
  const bare = withoutMarks(term);
  const typed = withoutMarks(term.replaceAll(UMLAUT, (letter) => TYPED[letter] ?? letter));
  return bare === typed ? [bare] : [bare, typed];
}

/** Soft hyphens, joiners, spaces of no width and marks of direction stand inside words and are not seen. */
const INVISIBLE = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\u200d/g;

/** At most 64 characters a term: longer runs are no words (base64, hex) and would bloat the index. The rest is the next term. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,63}/gu;

const UNSPACED =
  /(?:(?!\p{M})[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*)+/gu;
const CHARACTER = /\P{M}\p{M}*/gu;

const ASCII = /^[a-z0-9]*$/;

/** What German, Danish and Swedish writers type for the letter. */
const TYPED: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
const UMLAUT = /[äöüøå]/g;

/** German's own, for speed, and the letters that Unicode does not take apart. */
const BARE: Readonly<Record<string, string>> = {
  ä: "a",
  ö: "o",
  ü: "u",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
  ё: "е",
};
const SPECIAL = /[äöüßæœøłđðþıςё]/g;

/** Only Latin and Greek lose their marks: elsewhere a mark is a vowel (Hindi) or makes another letter (й). */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;

function withoutMarks(term: string): string {
  const bare = term.replaceAll(SPECIAL, (letter) => BARE[letter] ?? letter);
  return ASCII.test(bare) ? bare : bare.normalize("NFKD").replaceAll(MARKED, "$1").normalize("NFKC");
}

function cutUnspaced(word: string): readonly string[] {
  if (ASCII.test(word)) return [word];
  const terms: string[] = [];
  let end = 0;
  for (const run of word.matchAll(UNSPACED)) {
    if (run.index > end) terms.push(word.slice(end, run.index));
    terms.push(...pairsOf(run[0]));
    end = run.index + run[0].length;
  }
  if (end < word.length) terms.push(word.slice(end));
  return terms;
}

function pairsOf(run: string): readonly string[] {
  const characters = run.match(CHARACTER) ?? [];
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

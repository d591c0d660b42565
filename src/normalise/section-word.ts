export interface Headline {
  readonly title: string;
  readonly sectionWord?: string;
}

interface Labelled {
  readonly title: string;
  readonly categories: readonly string[];
}

/**
 * "Finanzen Goldpreis-Rekordhoch: …" says the section before the title. The word is taken off where the item's own category says
 * the same, or where most titles of the document begin so; "Politik streitet über Rente" keeps it, since a headline goes on in
 * lower case. A bar or brackets leave no doubt ("Politik | Rat tagt", "[Politik] Rat tagt"); before a colon it stays as the kicker.
 * @param items all items of one document
 */
export function readSectionWords(items: readonly Labelled[], sectionWords: readonly string[]): readonly Headline[] {
  const words = new Map(sectionWords.map((word) => [fold(word), word]));
  const longestFirst = [...words.keys()].sort((a, b) => b.length - a.length);
  const heads = items.map(({ title }) => headOf(title, longestFirst));
  const found = heads.filter((head) => head !== undefined).length;
  const isHabit = found >= HABIT_ITEMS && found >= HABIT_SHARE * items.length;
  return items.map(({ title, categories }, at) => {
    const separated = separatedHead(title, categories, words);
    if (separated !== undefined) return separated;
    const head = heads[at];
    if (head === undefined || !(isHabit || categories.some((category) => fold(category) === fold(head))))
      return { title };
    return { title: title.slice(head.length).trim(), sectionWord: head };
  });
}

/** A section word, or one of the item's own categories, set off from the headline. */
function separatedHead(
  title: string,
  categories: readonly string[],
  words: ReadonlyMap<string, string>,
): Headline | undefined {
  const [, bracketed, barred, colon, rest = ""] = SEPARATED.exec(title) ?? [];
  const head = bracketed ?? barred ?? colon;
  if (head === undefined) return undefined;
  const folded = fold(head);
  if (colon !== undefined) return words.has(folded) ? { title, sectionWord: head } : undefined;
  const isSection = words.has(folded) || categories.some((category) => fold(category) === folded);
  return isSection ? { title: rest, sectionWord: head } : undefined;
}

const SEPARATED = /^(?:\[([^\]]{2,40})\]|([^|•»:]{2,40}?) ?[|•»]|([^:|]{2,40}):) ?(\S.*)$/su;

const HABIT_ITEMS = 3;
const HABIT_SHARE = 0.6;

/** The section word that the title begins with, as written, if what follows could stand alone as a headline. */
function headOf(title: string, words: readonly string[]): string | undefined {
  const folded = title.toLowerCase();
  const word = words.find((each) => folded.startsWith(`${each} `));
  return word !== undefined && STARTS_HEADLINE.test(title.slice(word.length)) ? title.slice(0, word.length) : undefined;
}

const STARTS_HEADLINE = /^ [\p{Lu}\p{N}"'„“”»«‚‘’(]/u;
const fold = (word: string): string => word.normalize("NFC").toLowerCase().trim();

/** What pages say of the evidence for a decision. */
export interface WhyWords {
  readonly title: string;
  readonly figures: string;
  /** what an evidence is called; what is not among them keeps its name */
  readonly names: Readonly<Record<string, string>>;
  /** what the desk found missing */
  readonly missing: Readonly<Record<string, string>>;
  readonly inCommon: (words: readonly string[]) => string;
  readonly by: (who: string) => string;
  readonly otherwise: {
    readonly tooUnlike: (likeness: string, needed: string) => string;
    readonly missed: (what: string) => string;
    readonly nearest: string;
    readonly joined: (needed: string) => string;
    readonly copied: (needed: string) => string;
    readonly alike: (needed: string) => string;
    readonly full: string;
    readonly filed: (needed: string) => string;
  };
  readonly related: string;
  readonly foundBy: (words: readonly string[]) => string;
  readonly continued: string;
  readonly together: string;
  readonly began: string;
  readonly arrived: string;
  readonly broughtIn: string;
  readonly earlierNames: (count: number) => string;
}

const list = (words: readonly string[]): string => words.join(", ");

const GERMAN: WhyWords = {
  title: "Warum hier?",
  figures: "Zahlen und Belege",
  names: {
    likeness: "Ähnlichkeit",
    needed: "nötig",
    texts: "Texte der Nachricht",
    shared: "gemeinsam",
    nearest: "nächste Nachricht",
    missing: "es fehlte",
    after: "setzt fort",
    by: "von",
    headline: "Überschrift",
    key: "Kennzeichen",
    categories: "Rubriken",
    path: "in der Adresse",
    word: "Wort vor dem Titel",
    feed: "Feed",
    probability: "Sicherheit",
    copies: "Kopien dort",
    story: "Meldungen der Nachricht dort",
    of: "von insgesamt",
  },
  missing: { "a second telling word in common": "ein zweites bezeichnendes Wort, das beide gemeinsam haben" },
  inCommon: (words) => `Gemeinsam: ${list(words)}`,
  by: (who) => `Entschieden von ${who}`,
  otherwise: {
    tooUnlike: (likeness, needed) =>
      `Ähnlichkeit zur nächsten Nachricht: ${likeness}; ab ${needed} wäre sie Teil davon.`,
    missed: (what) => `Der nächsten Nachricht gleicht sie genug, aber es fehlte ${what}.`,
    nearest: "Zur nächsten Nachricht",
    joined: (needed) => `Unter ${needed} hätte sie eine eigene Nachricht begonnen.`,
    copied: (needed) => `Unter ${needed} wäre sie keine Kopie.`,
    alike: (needed) => `Unter ${needed} hätte die Überschrift nicht entschieden.`,
    full: "Zur Nachricht davor",
    filed: (needed) => `Unter ${needed} Sicherheit bliebe sie ohne Ressort.`,
  },
  related: "Mehr zum Thema",
  foundBy: (words) => `gemeinsam: ${list(words)}`,
  continued: "wird hier fortgesetzt",
  together: "Warum gehört das zusammen?",
  arrived: "eingegangen",
  began: "Mit dieser Meldung begann die Nachricht",
  broughtIn: "Begann als eigene Nachricht, die später mit dieser zusammengelegt wurde",
  earlierNames: (count) =>
    count === 1
      ? "1 andere Nachricht ist in dieser aufgegangen; ihre alte Adresse führt hierher:"
      : `${count} andere Nachrichten sind in dieser aufgegangen; ihre alten Adressen führen hierher:`,
};

const ENGLISH: WhyWords = {
  title: "Why here?",
  figures: "Figures and evidence",
  names: {
    likeness: "likeness",
    needed: "needed",
    texts: "texts in the story",
    shared: "in common",
    nearest: "nearest story",
    missing: "missing",
    after: "continues",
    by: "by",
    headline: "headline",
    key: "mark",
    categories: "categories",
    path: "in the address",
    word: "word before the title",
    feed: "feed",
    probability: "certainty",
    copies: "copies filed there",
    story: "of the story filed there",
    of: "out of",
  },
  missing: { "a second telling word in common": "a second telling word in common" },
  inCommon: (words) => `In common: ${list(words)}`,
  by: (who) => `Decided by ${who}`,
  otherwise: {
    tooUnlike: (likeness, needed) =>
      `Likeness to the nearest story: ${likeness}; from ${needed} it would be part of it.`,
    missed: (what) => `It is like enough to the nearest story, but lacks ${what}.`,
    nearest: "To the nearest story",
    joined: (needed) => `Below ${needed} it would have begun a story of its own.`,
    copied: (needed) => `Below ${needed} it would be no copy.`,
    alike: (needed) => `Below ${needed} the headline would not have decided.`,
    full: "To the story before",
    filed: (needed) => `Below a certainty of ${needed} it would stay without a section.`,
  },
  related: "More on this",
  foundBy: (words) => `in common: ${list(words)}`,
  continued: "is continued here",
  together: "Why do these belong together?",
  arrived: "arrived",
  began: "The story began with this item",
  broughtIn: "Began as a story of its own, which later became part of this one",
  earlierNames: (count) =>
    count === 1
      ? "1 other story has become part of this one; its old address leads here:"
      : `${count} other stories have become part of this one; their old addresses lead here:`,
};

/** `language` as pages have it: what is not German is English. */
export const whyWords = (language: string): WhyWords => (/^de\b/i.test(language) ? GERMAN : ENGLISH);

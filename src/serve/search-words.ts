import type { FacetField } from "../model/found.ts";

/** What the search page says, beside what all pages say. */
export interface SearchWords {
  readonly narrow: string;
  readonly fields: Readonly<Record<FacetField, string>>;
  readonly narrowedTo: string;
  readonly takeAway: (condition: string) => string;
  readonly order: string;
  readonly orders: { readonly relevance: string; readonly newest: string };
  readonly pages: string;
  readonly pageOf: (page: number, pages: number) => string;
  readonly earlier: string;
  readonly later: string;
  readonly notAll: (shown: number) => string;
  readonly hits: (count: number) => string;
  readonly samePage: (count: number) => string;
  readonly partial: string;
  readonly asTopic: string;
  readonly asTopicHow: string;
  readonly atOnce: string;
  readonly newTopic: string;
  readonly newsOf: (title: string) => string;
  readonly tooMany: string;
  readonly tooManyMore: (seconds: number) => string;
  readonly languageName: (language: string) => string;
  /** of "2026-01-31" */
  readonly dayName: (day: string) => string;
}

const GERMAN: SearchWords = {
  narrow: "Eingrenzen",
  fields: { section: "Ressort", publisher: "Quelle", lang: "Sprache", day: "Tag (UTC)" },
  narrowedTo: "Eingegrenzt auf",
  takeAway: (condition) => `${condition}: nicht mehr darauf eingrenzen`,
  order: "Reihenfolge",
  orders: { relevance: "Beste zuerst", newest: "Neueste zuerst" },
  pages: "Seiten",
  pageOf: (page, pages) => `Seite ${page} von ${pages}`,
  earlier: "Zurück",
  later: "Weiter",
  notAll: (shown) => `Weiter als ${shown} Treffer wird nicht geblättert: Genauer suchen oder eingrenzen hilft.`,
  hits: (count) => (count === 1 ? "1 Treffer" : `${count} Treffer`),
  samePage: (count) => `${count === 1 ? "1 weiterer" : `${count} weitere`} Treffer unter derselben Adresse, Feed`,
  partial:
    "Die Suche hat zu lange gedauert und wurde abgebrochen: Durchsucht sind nur die neuesten Meldungen. Mehr Wörter oder längere Wortanfänge machen sie schneller.",
  asTopic: "Als Thema sichern",
  asTopicHow:
    "Eine Suche ist ein Thema, das noch niemand gesichert hat. In config/topics.yaml unter „topics:“ eingefügt, wird daraus beim nächsten Start eine Seite mit eigenen Feeds:",
  atOnce: "Ohne Neustart: als Datei speichern und",
  newTopic: "Neues Thema",
  newsOf: (title) => `Nachrichten: ${title}`,
  tooMany: "Zu viele Suchen",
  tooManyMore: (seconds) =>
    `Von dieser Adresse kamen sehr viele Suchen in kurzer Zeit. Bitte in ${seconds === 1 ? "einer Sekunde" : `${seconds} Sekunden`} noch einmal versuchen.`,
  ...namesIn("de-DE"),
};

const ENGLISH: SearchWords = {
  narrow: "Narrow down",
  fields: { section: "Section", publisher: "Publisher", lang: "Language", day: "Day (UTC)" },
  narrowedTo: "Narrowed to",
  takeAway: (condition) => `${condition}: narrow to it no longer`,
  order: "Order",
  orders: { relevance: "Best first", newest: "Newest first" },
  pages: "Pages",
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  earlier: "Back",
  later: "Next",
  notAll: (shown) => `There are no pages beyond ${shown} results: search for more words, or narrow down.`,
  hits: (count) => (count === 1 ? "1 result" : `${count} results`),
  samePage: (count) => `${count === 1 ? "1 more result" : `${count} more results`} at the same address, feed`,
  partial:
    "The search took too long and was cut off: only the newest items were searched. More words, or longer beginnings of words, make it faster.",
  asTopic: "Save as a topic",
  asTopicHow:
    "A search is a topic that nobody has saved yet. Put into config/topics.yaml below “topics:” it becomes a page with feeds of its own at the next start:",
  atOnce: "Without a restart: save it as a file, and",
  newTopic: "New topic",
  newsOf: (title) => `News: ${title}`,
  tooMany: "Too many searches",
  tooManyMore: (seconds) =>
    `A great many searches came from this address in a short time. Please try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`,
  ...namesIn("en-GB"),
};

export const searchWords = (language: string): SearchWords => (language === "de" ? GERMAN : ENGLISH);

function namesIn(locale: string): Pick<SearchWords, "languageName" | "dayName"> {
  const languages = new Intl.DisplayNames(locale, { type: "language" });
  const days = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return {
    // it throws at what is no language tag: "de-a"
    languageName: (tag) => (/^[a-z]{2,3}$/.test(tag) ? (languages.of(tag) ?? tag) : tag),
    dayName: (day) => days.format(Date.parse(day)),
  };
}

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
  readonly together: (cards: number) => string;
  readonly noRoom: string;
  readonly allFields: string;
  readonly fieldsHelp: readonly (readonly [field: string, meaning: string])[];
  readonly partial: string;
  readonly asTopic: string;
  readonly asTopicHow: string;
  readonly atOnce: string;
  readonly newTopic: string;
  readonly newsOf: (title: string) => string;
  readonly tooMany: string;
  readonly tooManyMore: (seconds: number) => string;
  readonly busy: string;
  readonly busyMore: string;
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
  samePage: (count) => `${count === 1 ? "1 weiterer" : `${count} weitere`} Treffer unter derselben Adresse`,
  together: (cards) =>
    `Auf dieser Seite stehen sie auf ${cards === 1 ? "1 Karte" : `${cards} Karten`}: Treffer unter derselben Adresse stehen zusammen.`,
  noRoom:
    "Weiter eingrenzen lässt sich diese Suche nicht: Sie hat schon die 8 Wörter und Felder, die eine Suche haben darf.",
  allFields: "Alle Felder",
  fieldsHelp: [
    ["title:", "Wort in der Überschrift"],
    ["author:", "Name einer Autorin oder eines Autors"],
    ["category:", "Rubrik der Quelle"],
    ["section:", "Kennung eines Ressorts"],
    ["publisher:", "Kennung einer Quelle"],
    ["feed:", "Kennung eines Feeds"],
    ["topic:", "Kennung eines Themas: was es sammelt"],
    ["lang:de", "Sprache"],
    ["url:", "Teil der Adresse"],
    ["within:24h", "nicht früher eingegangen; auch 30m, 7d, 2w"],
    ["after:2026-01-31", "an diesem Tag (UTC) oder später eingegangen"],
    ["before:2026-01-31", "vor diesem Tag eingegangen"],
    ["is:lead", "spricht für seine Nachricht"],
    ["is:copy", "hat den Text einer früheren Meldung"],
    ["is:revised", "von der Quelle geändert"],
    ["story.publishers>=3", "so viele Quellen berichten; auch > = <= <"],
  ],
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
  busy: "Gerade wird sehr viel gesucht",
  busyMore: "Bitte in ein paar Sekunden noch einmal versuchen.",
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
  samePage: (count) => `${count === 1 ? "1 more result" : `${count} more results`} at the same address`,
  together: (cards) =>
    `On this page they stand on ${cards === 1 ? "1 card" : `${cards} cards`}: results at the same address stand together.`,
  noRoom: "This search cannot be narrowed down: it has the 8 words and fields already that a search may have.",
  allFields: "All fields",
  fieldsHelp: [
    ["title:", "a word in the headline"],
    ["author:", "an author’s name"],
    ["category:", "the publisher’s own category"],
    ["section:", "a section, by its id"],
    ["publisher:", "a publisher, by its id"],
    ["feed:", "a feed, by its id"],
    ["topic:", "what a topic collects, by its id"],
    ["lang:en", "a language"],
    ["url:", "a part of the address"],
    ["within:24h", "arrived no longer ago; also 30m, 7d, 2w"],
    ["after:2026-01-31", "arrived on that day (UTC) or later"],
    ["before:2026-01-31", "arrived before that day"],
    ["is:lead", "speaks for its story"],
    ["is:copy", "has the text of an earlier item"],
    ["is:revised", "changed by its publisher"],
    ["story.publishers>=3", "told by so many publishers; also > = <= <"],
  ],
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
  busy: "Very many are searching at the moment",
  busyMore: "Please try again in a few seconds.",
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

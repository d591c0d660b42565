/** BCP 47 as far as its shape goes, in one spelling; undefined where it is none. */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll("_", "-").toLowerCase();
  return isLanguageTag(tag) ? tag : undefined;
}

export function isLanguageTag(text: string | undefined): text is string {
  return text !== undefined && text.length <= 35 && /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(text);
}

interface Words {
  readonly readAt: string;
  readonly alsoAt: string;
  readonly story: string;
  readonly related: string;
  readonly original: string;
  readonly untitled: string;
  readonly withdrawn: string;
  readonly bodyCorrected: string;
  readonly changes: string;
  readonly topics: string;
  readonly sections: string;
  readonly subscriptions: string;
}

const GERMAN: Words = {
  readAt: "Weiterlesen bei",
  alsoAt: "Auch bei:",
  story: "Alle Meldungen dazu",
  related: "Mehr zum Thema",
  original: "Im Original:",
  untitled: "Ohne Titel",
  withdrawn: "Vom Herausgeber zurückgezogen",
  bodyCorrected: "Der Text wurde berichtigt.",
  changes: "Was sich geändert hat",
  topics: "Themen",
  sections: "Ressorts",
  subscriptions: "Abonnements",
};

const ENGLISH: Words = {
  readAt: "Read on at",
  alsoAt: "Also at:",
  story: "Everything on this story",
  related: "More on this",
  original: "Original title:",
  untitled: "Untitled",
  withdrawn: "Withdrawn by its publisher",
  bodyCorrected: "The text was put right.",
  changes: "What has changed",
  topics: "Topics",
  sections: "Sections",
  subscriptions: "Subscriptions",
};

/** What we say ourselves between publishers' words. German where nobody names a language. */
export function wordsIn(language: string | undefined): Words {
  return language === undefined || /^de\b/i.test(language) ? GERMAN : ENGLISH;
}

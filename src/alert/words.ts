interface Words {
  /** of a message with several stories */
  readonly several: (count: number) => string;
  readonly corrections: (count: number) => string;
  readonly andMore: (count: number) => string;
  readonly alsoAt: string;
  readonly stories: string;
  readonly everything: string;
  readonly why: (topic: string) => string;
  readonly isTest: string;
  readonly test: string;
  readonly sampleTitle: string;
  readonly sampleTeaser: string;
  /** "23.11.2026, 17:05 MEZ" */
  readonly clock: Intl.DateTimeFormat;
}

/** That of the pages. */
const TIME_ZONE = "Europe/Berlin";
const CLOCK: Intl.DateTimeFormatOptions = {
  ...{ day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" },
  ...{ timeZone: TIME_ZONE, timeZoneName: "short" },
};

const GERMAN: Words = {
  several: (count) => `${count} neue Meldungen`,
  corrections: (count) => `${count} Korrekturen`,
  andMore: (count) => `und ${count} weitere`,
  alsoAt: "Auch bei:",
  stories: "Die Meldungen:",
  everything: "Alle Meldungen dazu",
  why: (topic) => `Meldung zum Thema ${topic}`,
  isTest: "Ein Versuch: Es ist nichts geschehen.",
  test: "Versuch",
  sampleTitle: "So sieht eine Meldung aus: Müßiggänger zählen 99 Größen für 5 €",
  sampleTeaser: "Wer das lesen kann, bekommt die Meldungen dieses Themas.",
  clock: new Intl.DateTimeFormat("de-DE", CLOCK),
};

const ENGLISH: Words = {
  several: (count) => `${count} new stories`,
  corrections: (count) => `${count} corrections`,
  andMore: (count) => `and ${count} more`,
  alsoAt: "Also at:",
  stories: "The stories:",
  everything: "Everything on this story",
  why: (topic) => `Alert of the topic ${topic}`,
  isTest: "A test: nothing has happened.",
  test: "Test",
  sampleTitle: "This is what an alert looks like: café menus “cost 5 €”, they say",
  sampleTeaser: "Whoever can read this will be told the stories of this topic.",
  clock: new Intl.DateTimeFormat("en-GB", CLOCK),
};

/** What we say around publishers' words, in the topic's language: German, else English. */
export function wordsFor(language: string): Words {
  return /^de\b/i.test(language) ? GERMAN : ENGLISH;
}

import { DAY, type Instant } from "../model/time.ts";
import type { DigestRule } from "../model/topic.ts";
import type { Period } from "./period.ts";

/** What a digest says of itself. */
export interface DigestWords {
  readonly title: (topic: string, rule: DigestRule, period: Period) => string;
  readonly because: (stories: number) => string;
}

const GERMAN: DigestWords = {
  title: (topic, { every }, { day }) =>
    every === "day"
      ? `${topic}: das Wichtigste am ${dateIn("de-DE", day)}`
      : `${topic}: die Woche bis zum ${dateIn("de-DE", day)}`,
  because: (stories) =>
    stories === 1 ? "eine Geschichte aus dieser Zeit" : `die ${stories} meistberichteten Geschichten dieser Zeit`,
};

const ENGLISH: DigestWords = {
  title: (topic, { every }, { day }) =>
    every === "day"
      ? `${topic}: the digest of ${dateIn("en-GB", day)}`
      : `${topic}: the week to ${dateIn("en-GB", day)}`,
  because: (stories) =>
    stories === 1 ? "one story of this time" : `the ${stories} stories of this time that most publishers tell`,
};

/** In the topic's language, English for those that we do not speak. */
export const digestWords = (language: string): DigestWords => (/^de\b/i.test(language) ? GERMAN : ENGLISH);

/** "10. März 2026" of "2026-03-10". */
const dateIn = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(noonOf(day));

const noonOf = (day: string): Instant => Date.parse(day) + DAY / 2;

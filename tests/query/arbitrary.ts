import fc from "fast-check";
import type { Placed } from "../../src/model/news.ts";
import type { QueryNames } from "../../src/model/query-names.ts";
import { HOUR } from "../../src/model/time.ts";
import { aPlaced, NOON } from "./a-placed.ts";

/** Few words, so that questions meet texts often; each with its doubles and its near misses. */
const WORDS = [
  ...["Börse", "Boerse", "Borse", "BÖRSE", "Bo\u0308rse", "Straße", "Strasse", "STRASSE", "über", "ueber", "uber"],
  ...["neu", "neue", "Feuer", "Israel", "Gold", "Goldpreis", "Goldpreis-Rekord", "Verdi", "Verdi-Warnstreik"],
  ...[
    "Warnstreiks",
    "Warn\u00adstreik",
    "20:15",
    "2024年度",
    "東京都",
    "東京",
    "서울",
    "and",
    "or",
    "constructor",
    ...["Warnstreik", "Börsen", "Golde", "companies", "company", "planned", "planning", "Müller", "Müll"],
    ...["install", "installed", "Metall", "metals"],
    ...["die", "der", "the", "für", "fuer", "fur", "über"],
    "…",
    "&",
  ],
];
const SECTIONS = ["politik", "wirtschaft"];
const PUBLISHERS = ["abendblatt", "morgenpost"];
const LANGUAGES = ["de", "de-at", "en"];

const word = fc.constantFrom(...WORDS);
const text = fc.array(word, { minLength: 0, maxLength: 6 }).map((words) => words.join(" "));

/** An item with one of few ids, so that the same item comes again changed. */
export const somePlaced: fc.Arbitrary<Placed> = fc
  .record(
    {
      id: fc.integer({ min: 1, max: 12 }).map((n) => `item-${n}`),
      story: fc.integer({ min: 1, max: 4 }).map((n) => `story-${n}`),
      title: text,
      teaser: text,
      publisher: fc.constantFrom(...PUBLISHERS),
      language: fc.constantFrom(...LANGUAGES),
      permalink: fc.constantFrom("https://abendblatt.example/sport/1", "https://morgenpost.example/2"),
      author: fc.constantFrom("Anna Müller", "Bo Borse"),
      category: fc.constantFrom("Wirtschaft Inland", "Börse"),
      revisedAt: fc.constant(NOON),
      copyOf: fc.constant("item-1"),
      section: fc.constantFrom(...SECTIONS),
      arrivedAt: fc.integer({ min: 0, max: 48 }).map((hours) => NOON - hours * HOUR),
    },
    { requiredKeys: ["id", "story", "title", "publisher", "arrivedAt"] },
  )
  .map(aPlaced);

const bareWord = word.filter((candidate) => /[\p{L}\p{N}]/u.test(candidate));
const phrase = fc.array(bareWord, { minLength: 1, maxLength: 3 }).map((words) => `"${words.join(" ")}"`);
const prefix = fc
  .tuple(
    bareWord.filter((candidate) => /^[\p{L}\p{M}-]+$/u.test(candidate)),
    fc.integer({ min: 2, max: 9 }),
  )
  .map(([start, length]) => `${start.slice(0, length).replace(/-.?$/, "")}*`);
const textual = fc.oneof(bareWord, bareWord, phrase, prefix);

const leaf = fc.oneof(
  { weight: 6, arbitrary: textual },
  { weight: 2, arbitrary: textual.map((value) => `title:${value}`) },
  fc.constantFrom("author:müller", "author:bors*", "category:boerse", 'category:"wirtschaft inland"', "*"),
  fc.constantFrom(...SECTIONS, "sport").map((id) => `section:${id}`),
  fc.constantFrom(...PUBLISHERS).map((id) => `publisher:${id}`),
  fc.constantFrom("lang:de", "lang:de-at", "lang:en", "url:/sport/", "feed:abendblatt-alles"),
  fc.constantFrom("is:revised", "is:copy", "is:lead"),
  fc
    .record({ how: fc.constantFrom(">=", ">", "=", "<", "<="), count: fc.integer({ min: 1, max: 3 }) })
    .map(({ how, count }) => `story.publishers${how}${count}`),
  fc.constantFrom("within:6h", "within:1d", "before:2026-03-10", "after:2026-03-09"),
);

const queryOf = (leaves: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `(${a}) ${b}`),
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `${a} AND (${b})`),
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `${a} OR ${b}`),
      tie("query").map((inner) => `-(${inner})`),
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `(${a}) NOT (${b})`),
    ),
  })).query;

/** A query as people write it: words, fields, brackets, every way to say AND and NOT. */
export const someQuery: fc.Arbitrary<string> = queryOf(leaf);

/** What someNamedQuery names. */
export const NAMES: QueryNames = {
  sections: new Set([...SECTIONS, "sport"]),
  publishers: new Set(PUBLISHERS),
  feeds: new Set(["abendblatt-alles"]),
  topics: new Map([
    ["metall", "die goldpreise OR title:gold*"],
    ["streik", "(warnstreik OR verdi) -is:copy"],
    ["gross", "topic:metall story.publishers>=2"],
    ["stoppwort", "der"],
  ]),
};

/** The same, and other topics. */
export const someNamedQuery: fc.Arbitrary<string> = queryOf(
  fc.oneof(
    { weight: 5, arbitrary: leaf },
    fc.constantFrom(...(NAMES.topics?.keys() ?? [])).map((id) => `topic:${id}`),
  ),
);

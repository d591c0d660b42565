import type { FeedState } from "../../src/model/feed.ts";
import { sectionId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import type { FeedReport } from "../../src/serve/serve.ts";
import { aFeed, aPublisher, aTopic, testSettings } from "./test-settings.ts";

/** When the example day is looked at. */
export const EXAMPLE_NOW: Instant = Date.UTC(2026, 10, 23, 17, 5);

/** An invented press with its feeds, our sections and topics. */
export function exampleSettings(own: Partial<Settings>): Settings {
  return testSettings({
    dataDir: "unused",
    title: "Ressort",
    publishers: PUBLISHERS,
    feeds: PUBLISHERS.map(({ id, title }) =>
      aFeed(id, id, `https://${id}.example/feed.rss`, { title: `${title}: Alles` }),
    ),
    sections: SECTIONS.map(([id, title]) => ({
      id: sectionId(id),
      titles: { de: title },
      mediaTopics: [],
      categories: [],
      paths: [],
      titleWords: [],
    })),
    topics: [
      aTopic("energie", "strom OR balkonkraftwerk* OR kohle* OR kernfusion OR moor*", {
        title: "Energie & Klima",
        description: "Strom, Wärme, Wetter: wie das Land sich umstellt.",
      }),
      aTopic("bahn", "bahn* OR nachtzug OR schienen", {
        title: "Bahn",
        description: "Alles, was auf Schienen fährt, und warum es nicht fährt.",
      }),
      aTopic("elbe", "elb* OR niederhafen", { title: "An der Elbe", description: "Von Elbstadt bis Niederhafen." }),
      aTopic("winter", "winter OR slalom OR lawinen* OR schnee* OR hütten", {
        title: "Winter",
        description: "Schnee, wo er noch fällt.",
      }),
      aTopic("leise", "nichtdavon", { title: "Stille", description: "Ein Thema, zu dem gerade nichts zu hören ist." }),
    ],
    ...own,
  });
}

/** Most are well; three are not, each in its own way. */
export function exampleReports({ feeds, publishers }: Settings): readonly FeedReport[] {
  return feeds.flatMap((feed) => {
    const publisher = publishers.find(({ id }) => id === feed.publisher);
    return publisher ? [{ feed, publisher, state: STATES[feed.id] ?? WELL }] : [];
  });
}

const PUBLISHERS = [
  aPublisher("nordblatt", { title: "Nordblatt", rank: 10 }),
  aPublisher("tagesbote", { title: "Der Tagesbote", rank: 20 }),
  aPublisher("kurier", { title: "Wirtschaftskurier", rank: 20 }),
  aPublisher("radio-elbe", { title: "Radio Elbe", rank: 30 }),
  aPublisher("echo", { title: "Echo am Morgen", rank: 40 }),
  aPublisher("bergwelt", { title: "Bergwelt", rank: 40 }),
  aPublisher("technik", { title: "Technikforum", rank: 30 }),
  aPublisher("kulturblatt", { title: "Das Kulturblatt", rank: 30 }),
  aPublisher("worldwire", { title: "World Wire", rank: 60, language: "en" }),
].map((publisher) => ({ ...publisher, homeUrl: `https://${publisher.id}.example/` }));

const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ["politik", "Politik"],
  ["wirtschaft", "Wirtschaft"],
  ["gesellschaft", "Gesellschaft"],
  ["wissen", "Wissen"],
  ["netzwelt", "Netzwelt"],
  ["kultur", "Kultur"],
  ["sport", "Sport"],
  ["reise", "Reise"],
];

const WELL: FeedState = {
  validators: { etag: '"abc"' },
  health: "ok",
  healthSince: EXAMPLE_NOW - 9 * DAY,
  failures: 0,
  polledAt: EXAMPLE_NOW - 12 * MINUTE,
  succeededAt: EXAMPLE_NOW - 12 * MINUTE,
  nextDueAt: EXAMPLE_NOW + 18 * MINUTE,
  nextReasons: [{ rule: "budget", every: 46 * MINUTE }],
  rate: 31,
};

const STATES: Readonly<Record<string, FeedState>> = {
  bergwelt: {
    ...WELL,
    health: "failing",
    healthSince: EXAMPLE_NOW - 3 * DAY,
    failures: 7,
    lastError: "tls-expired: the certificate of bergwelt.example ended on 20 November",
    succeededAt: EXAMPLE_NOW - 3 * DAY,
    nextDueAt: EXAMPLE_NOW + 5 * HOUR,
    nextReasons: [{ rule: "back-off", failures: 7 }],
  },
  kurier: {
    ...WELL,
    health: "throttled",
    healthSince: EXAMPLE_NOW - 40 * MINUTE,
    failures: 1,
    lastError: "429 Too Many Requests",
    nextDueAt: EXAMPLE_NOW + 3 * HOUR,
    nextReasons: [
      { rule: "retry-after", length: 4 * HOUR },
      { rule: "throttled", status: 429, failures: 1 },
    ],
  },
  worldwire: {
    validators: {},
    health: "new",
    failures: 0,
    nextDueAt: EXAMPLE_NOW - 2 * MINUTE,
  },
  kulturblatt: {
    validators: {},
    health: "gone",
    healthSince: EXAMPLE_NOW - 20 * DAY,
    failures: 1,
    lastError: "410 Gone",
    succeededAt: EXAMPLE_NOW - 20 * DAY,
  },
};

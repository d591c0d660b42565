import { z } from "zod";
import { TOPIC_ORDERS } from "../model/topic.ts";
import { alert, mail } from "./alert-fields.ts";
import {
  clockTime,
  country,
  duration,
  language,
  mediaTopic,
  nat64Prefix,
  network,
  rank,
  redisUrl,
  secret,
  slugs,
  text,
  texts,
  timeZone,
  webUrl,
} from "./fields.ts";
import { http } from "./http-fields.ts";

/** What operators may write. Descriptions end up in config/schema/*.json, where editors show them. */
const title = text.describe("for people");

/** Readers' lists show one line of a title and some of a description. */
const LONGEST_TITLE = 300;
const LONGEST_DESCRIPTION = 1000;

const feed = z.strictObject({
  id: slugs.feed.describe("ours, for ever: pages and the poll's memory hang on it"),
  url: webUrl.describe("where the feed is"),
  title: title.exactOptional(),
  section: slugs.section.exactOptional().describe("only for a feed of one section: every item of it belongs there"),
  language: language.exactOptional().describe("where it differs from the publisher's"),
  minInterval: duration
    .exactOptional()
    .describe("never poll more often than this; default: poll.minInterval of ressort.yaml"),
  weight: z
    .number()
    .min(0.01)
    .max(100)
    .exactOptional()
    .describe("4: polled twice as often as other feeds that post as much, within the same budget; default: 1"),
  fullContent: z
    .boolean()
    .default(false)
    .describe("republish the full text, not only title, teaser and link; true only where you hold the rights"),
  outline: z
    .strictObject({
      folders: z.array(z.array(text)).min(1),
      attributes: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional()
    .describe("written by opml import: what the list said that no other key says; opml feeds gives it back"),
});

const publisher = z.strictObject({
  id: slugs.publisher.describe("ours, for ever: its page is /publishers/<id>"),
  title,
  homeUrl: webUrl.exactOptional(),
  language: language.exactOptional().describe("of its items, unless they or the feed say otherwise"),
  country: country.exactOptional(),
  rank: rank.default(50).describe("who speaks first for a story: the lowest number; equal ranks: who came first"),
  feeds: z.array(feed).min(1),
});

const section = z.strictObject({
  id: slugs.section.describe("ours, for ever: its page is /sections/<id>"),
  titles: z.record(z.string(), text).describe("by language: { de: Wissen, en: Science }"),
  mediaTopics: z.array(mediaTopic).default([]).describe("IPTC Media Topics that mean this section, most typical first"),
  categories: texts.default([]).describe("publishers' labels that mean this section"),
  paths: texts.default([]).describe("segments of a URL's path or host that mean this section"),
  titleWords: texts.default([]).describe("words before a title that mean this section"),
});

const topic = z.strictObject({
  id: slugs.topic.describe("ours, for ever: readers subscribe to /topics/<id>.rss"),
  title: title.max(LONGEST_TITLE),
  description: text.max(LONGEST_DESCRIPTION).describe("one sentence for readers"),
  language: language.exactOptional().describe("of title and description; default: language of ressort.yaml"),
  query: text.describe('words, "phrases", prefix*, AND OR NOT, ( ), title: section: publisher: lang: and more'),
  sections: z.array(slugs.section).min(1).max(50).exactOptional().describe("only what we filed under one of these"),
  publishers: z.array(slugs.publisher).min(1).max(100).exactOptional().describe("only what one of these published"),
  languages: z.array(language).min(1).max(20).exactOptional().describe("only items in one of these: [de, en]"),
  size: z.int().min(1).max(500).default(50).describe("at most so many stories in the feed"),
  window: duration.prefault("7d").describe("nothing that arrived longer before the topic's newest item"),
  oneEntryAStory: z.boolean().default(true).describe("false: one entry an item, copies still folded"),
  minimumPublishers: z.int().min(1).max(100).default(1).describe("a story needs so many publishers to appear"),
  ranks: z
    .record(slugs.publisher, rank)
    .prefault({})
    .describe("who speaks first here: { dlf: 1 }; others keep their publisher's rank"),
  hold: duration
    .exactOptional()
    .describe("a story may wait so long in the feeds for a better copy than it has; default: not at all"),
  mostPerPublisher: z
    .int()
    .min(1)
    .max(500)
    .exactOptional()
    .describe("at most so many stories that one publisher leads; default: as many as there are"),
  related: z
    .boolean()
    .exactOptional()
    .describe("true: the feeds name up to five earlier stories below each entry; default: pages only"),
  order: z
    .enum(TOPIC_ORDERS)
    .exactOptional()
    .describe(
      "newest: by first arrival; coverage: how many publishers tell it, less the older it is; " +
        "editor: pins in the editors' order, then the newest; default: newest",
    ),
  digest: z
    .strictObject({
      every: z.enum(["day", "week"]).describe("a week ends on Monday"),
      at: clockTime.prefault("07:00").describe("when it is made, on the clocks of timeZone"),
      timeZone: timeZone.prefault("Europe/Berlin"),
      stories: z.int().min(1).max(100).default(10).describe("at most so many, those that most publishers tell"),
    })
    .exactOptional()
    .describe("one entry a period with a list of its best stories, instead of the stories; default: the stories"),
  renamedFrom: z
    .array(slugs.topic)
    .max(20)
    .exactOptional()
    .describe("ids that it had before: their addresses lead to it, and subscribers are told nothing twice"),
  unlisted: z
    .boolean()
    .exactOptional()
    .describe("true: its page and feeds are there for those who know the address, but nothing leads to them"),
  alerts: z
    .array(alert)
    .max(50)
    .exactOptional()
    .describe("who is told at once of what is new in its feed: docs/alerts.md"),
});

const poll = z.strictObject({
  contactUrl: webUrl
    .exactOptional()
    .describe("a page that says who polls and how to reach you; it goes into the user agent"),
  concurrency: z.int().min(1).max(1000).default(50).describe("polls under way at once, in one process"),
  minInterval: duration.prefault("15m").describe("what a publisher asks for only ever lengthens it"),
  maxInterval: duration.prefault("24h"),
  requestsPerHour: z
    .number()
    .min(0.01)
    .max(10_000_000)
    .exactOptional()
    .describe("over all feeds together; default: one request a feed every two hours, and more where feeds bring more"),
  perHostGap: duration.prefault("1s").describe("between the starts of two requests to one host"),
  perHostConcurrency: z.int().min(1).max(10).default(2),
  allowNetworks: z.array(network).default([]).describe("private networks that may be polled all the same"),
  nat64Prefix: nat64Prefix
    .exactOptional()
    .describe("only where this machine has no IPv4: the /96 of its NAT64 gateway, mostly 64:ff9b::/96"),
  ports: z.array(z.int().min(1).max(65_535)).min(1).default([80, 443, 8080, 8443]).describe("ports that may be polled"),
});

export const schemas = {
  ressort: z.strictObject({
    publicUrl: webUrl.exactOptional().describe("where readers reach this server; default: http://localhost:<port>"),
    title: text.default("Ressort"),
    language: language.prefault("de").describe("of the pages, and of items whose language nobody says"),
    http: http.prefault({}),
    redis: z
      .strictObject({
        url: redisUrl.exactOptional().describe("default: a private redis-server of our own under dataDir"),
        prefix: slugs.prefix.prefault("ressort").describe("of every key: two installations can share a server"),
      })
      .prefault({}),
    dataDir: text.default("data").describe("of the private redis-server"),
    export: z
      .strictObject({
        dir: text
          .exactOptional()
          .describe("every document also as a file, with .gz, .br and .zst beside it; for nginx"),
      })
      .prefault({}),
    poll: poll.prefault({}),
    api: z
      .strictObject({
        tokens: z
          .record(slugs.prefix, secret)
          .prefault({})
          .describe("who may edit topics over /api, by name: { anna: a long secret }; none: nobody"),
      })
      .prefault({}),
    retention: z
      .strictObject({
        items: duration.prefault("30d"),
        maxItems: z.int().min(100).max(5_000_000).default(100_000),
      })
      .prefault({}),
    websub: z
      .strictObject({
        subscribe: z
          .boolean()
          .exactOptional()
          .describe(
            "let hubs push feeds that have one, and poll those once a day; hubs must reach publicUrl from outside. " +
              "default: true where publicUrl is a public address",
          ),
        sha1: z
          .boolean()
          .default(true)
          .describe("take pushes signed with HMAC-SHA1: large hubs know nothing newer; false: SHA-256 and longer only"),
        hub: z
          .union([z.boolean(), webUrl], { error: "write true, false or the https://… of a hub" })
          .exactOptional()
          .describe(
            "who pushes our feeds to those who ask: true: we do, at publicUrl/hub; an address: that hub, which is told of " +
              "each change; false: nobody. default: true where publicUrl is a public address",
          ),
        allowNetworks: z
          .array(network)
          .default([])
          .describe("private networks that our hub may call back all the same; strangers choose what it calls"),
      })
      .prefault({}),
    mail: mail.exactOptional().describe("the mail server for alerts by e-mail"),
    logLevel: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  }),
  feeds: z.strictObject({ publishers: z.array(publisher).min(1) }),
  sections: z.strictObject({ sections: z.array(section).min(1) }),
  topics: z.strictObject({ topics: z.array(topic) }),
};

export type FileName = keyof typeof schemas;
export type FileOf = { readonly [Name in FileName]: z.output<(typeof schemas)[Name]> };

/** JSON Schema (2020-12) of what may be written in config/<name>.yaml: config/schema/<name>.schema.json */
export function jsonSchema(name: FileName) {
  return z.toJSONSchema(schemas[name], { io: "input" });
}

import { describe, expect, test } from "vitest";
import { curate } from "../../src/curate/curate.ts";
import type { Publisher } from "../../src/model/feed.ts";
import { publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { Topic, TopicFeed } from "../../src/model/topic.ts";
import { aPlaced, NOON, type Wanted } from "../query/a-placed.ts";

const publisher = (id: string, rank: number): Publisher => ({ id: publisherId(id), title: id.toUpperCase(), rank });
const publishers = [publisher("abendblatt", 2), publisher("morgenpost", 2), publisher("kurier", 1)];

const TOPIC: Topic = {
  id: topicId("energie"),
  title: "Energie",
  description: "",
  language: "en",
  query: "strom*",
  size: 10,
  window: 7 * DAY,
  oneEntryAStory: true,
  minimumPublishers: 1,
  ranks: {},
};

const show = (items: readonly Placed[], topic: Partial<Topic> = {}): TopicFeed =>
  curate({ ...TOPIC, ...topic }, items, { publishers });

/** One item of the story "s", from an hour ago and later. */
const told = (id: string, by: string, minute: number, more: Wanted = {}): Placed =>
  aPlaced({ id, publisher: by, story: "s", arrivedAt: NOON - HOUR + minute * MINUTE, teaser: "…", ...more });

const leads = ({ entries }: TopicFeed): readonly string[] => entries.map(({ lead }) => lead.item.id);

describe("who speaks for a story", () => {
  test.each<[string, readonly Placed[], Partial<Topic>, string, string]>([
    [
      "the publisher of the best rank",
      [told("a", "abendblatt", 0), told("k", "kurier", 9)],
      {},
      "k",
      "KURIER speaks first here (rank 1); 1 other tells it too",
    ],
    [
      "the topic's own ranks before the general ones",
      [told("a", "abendblatt", 0), told("k", "kurier", 9), told("m", "morgenpost", 9)],
      { ranks: { [publisherId("morgenpost")]: 0 } },
      "m",
      "MORGENPOST speaks first here (rank 0); 2 others tell it too",
    ],
    [
      "an own text before a reprint, even if it came as its copy",
      [told("a", "abendblatt", 0, { author: "dpa" }), told("m", "morgenpost", 9, { copyOf: "a" })],
      {},
      "m",
      "MORGENPOST tells it in its own words, others reprint dpa; 1 other tells it too",
    ],
    [
      "the same, said in German",
      [told("a", "abendblatt", 0, { teaser: "Berlin (AFP) – …" }), told("m", "morgenpost", 9)],
      { language: "de" },
      "m",
      "MORGENPOST erzählt selbst, andere drucken AFP nach; ein weiterer berichtet auch",
    ],
    [
      "among reprints the original before a copy",
      [told("a", "abendblatt", 0, { author: "dpa", copyOf: "m" }), told("m", "morgenpost", 9, { author: "dpa" })],
      {},
      "m",
      "MORGENPOST has the original; 1 other tells it too",
    ],
    [
      "the original before a copy",
      [told("a", "abendblatt", 0, { copyOf: "m" }), told("m", "morgenpost", 9)],
      {},
      "m",
      "MORGENPOST has the original; 1 other tells it too",
    ],
    [
      "of those who came together who tells more than a title",
      [aPlaced({ id: "a", story: "s", arrivedAt: NOON - HOUR }), told("m", "morgenpost", 0)],
      {},
      "m",
      "MORGENPOST tells more than a title; 1 other tells it too",
    ],
    [
      "who had it first",
      [told("a", "abendblatt", 5), told("m", "morgenpost", 0)],
      {},
      "m",
      "MORGENPOST had it first; 1 other tells it too",
    ],
    [
      "the smaller id at last",
      [told("b", "abendblatt", 0), told("a", "morgenpost", 0)],
      {},
      "a",
      "MORGENPOST and others had it at the same time; 1 other tells it too",
    ],
    ["the only one", [told("a", "abendblatt", 0), told("b", "abendblatt", 1)], {}, "a", "only ABENDBLATT tells it"],
    [
      "a publisher that nobody ranked after all others",
      [told("x", "constructor", 0), told("a", "abendblatt", 9)],
      {},
      "a",
      "ABENDBLATT speaks first here (rank 2); 1 other tells it too",
    ],
  ])("%s", (_, items, topic, lead, because) => {
    const { entries } = show(items, topic);

    expect(entries).toMatchObject([{ lead: { item: { id: lead } }, because }]);
    expect(entries[0]?.others.length).toBe(items.length - 1);
  });

  test("a better lead changes neither the entry's id nor its date, and shows as an update", () => {
    const first = told("a", "abendblatt", 0, { publishedAt: NOON - 2 * HOUR });
    const better = told("k", "kurier", 30, { publishedAt: NOON - 9 * HOUR });

    const [before] = show([first]).entries;
    const [after] = show([first, better]).entries;

    expect(after?.lead).toBe(better);
    expect(after?.iri).toBe(before?.iri);
    expect(after?.publishedAt).toBe(NOON - 2 * HOUR);
    expect(before?.updatedAt).toBe(first.item.arrivedAt);
    expect(after?.updatedAt).toBe(better.item.arrivedAt);
  });

  test("one more who tells it too is no update", () => {
    const items = [told("k", "kurier", 0), told("a", "abendblatt", 30)];

    expect(show(items).entries[0]?.updatedAt).toBe(show(items.slice(0, 1)).entries[0]?.updatedAt);
  });

  test("a revised lead is an update", () => {
    const feed = show([told("k", "kurier", 0, { revisedAt: NOON })]);

    expect(feed.updatedAt).toBe(NOON);
    expect(feed.entries[0]?.updatedAt).toBe(NOON);
  });

  test("an item dated in the future is dated by its arrival", () => {
    const [entry] = show([told("a", "abendblatt", 0, { publishedAt: NOON + DAY })]).entries;

    expect(entry?.publishedAt).toBe(NOON - HOUR);
  });

  test("of many others the 20 best are named", () => {
    const items = Array.from({ length: 30 }, (_, i) => told(`i${i}`, `paper-${i}`, i));

    const all = [...items, told("k", "kurier", 40)];

    const [entry] = show(all).entries;
    const [german] = show(all, { language: "de" }).entries;

    expect(entry?.others.map(({ item }) => item.id)).toEqual(items.slice(0, 20).map(({ item }) => item.id));
    expect(entry?.because).toBe("KURIER speaks first here (rank 1); 30 others tell it too");
    expect(german?.because).toBe("KURIER spricht hier zuerst (Rang 1); 30 weitere berichten auch");
  });
});

describe("which stories a topic shows", () => {
  const at = (id: string, hoursAgo: number, more: Wanted = {}): Placed =>
    aPlaced({ id, arrivedAt: NOON - hoursAgo * HOUR, ...more });

  test("newest first by the story's first arrival, whoever leads it", () => {
    const items = [
      at("old", 9, { story: "s" }),
      at("late", 1, { story: "s", publisher: "kurier" }),
      at("middle", 5),
      at("new", 2),
    ];

    expect(leads(show(items))).toEqual(["new", "middle", "late"]);
  });

  test("at most as many as the topic's size", () => {
    expect(leads(show([at("c", 3), at("a", 1), at("b", 2)], { size: 2 }))).toEqual(["a", "b"]);
  });

  test("the window counts back from the newest item", () => {
    const items = [at("a", 100), at("b", 123), at("c", 125)];

    expect(leads(show(items, { window: 24 * HOUR }))).toEqual(["a", "b"]);
  });

  test("a story needs its publishers, and two items of one publisher are one", () => {
    const items = [
      at("a", 3, { story: "s" }),
      at("b", 2, { story: "s" }),
      at("c", 2, { story: "t" }),
      at("d", 1, { story: "t", publisher: "kurier" }),
    ];

    expect(leads(show(items, { minimumPublishers: 2 }))).toEqual(["d"]);
  });

  test("members that the query does not match count and are named, but do not speak", () => {
    const matching = at("a", 3, { story: "s" });
    const other = at("k", 4, { story: "s", publisher: "kurier" });
    const feed = curate({ ...TOPIC, minimumPublishers: 2 }, [matching], {
      publishers,
      membersOf: () => [other, matching],
    });

    expect(feed.entries).toMatchObject([
      { lead: { item: { id: "a" } }, others: [{ item: { id: "k" } }], publishedAt: NOON - 3 * HOUR },
    ]);
    expect(feed.entries[0]?.because).toBe("only ABENDBLATT matches this topic; 1 other tells it too");
  });

  test("nothing makes an empty feed that was never updated", () => {
    expect(show([])).toEqual({ topic: TOPIC, entries: [], updatedAt: 0 });
  });
});

describe("ids", () => {
  test("a story's entry has the story's id", () => {
    expect(show([told("a", "abendblatt", 0, { storyIri: "urn:uuid:1" })]).entries[0]?.iri).toBe("urn:uuid:1");
  });

  test("of two stories with one id the later gets its own", () => {
    const items = [
      aPlaced({ id: "late", story: "s 2", storyIri: "urn:same", arrivedAt: NOON }),
      aPlaced({ id: "early", story: "s1", storyIri: "urn:same", arrivedAt: NOON - HOUR }),
    ];

    expect(show(items).entries.map(({ iri }) => iri)).toEqual(["tag:ressort,2026:story/s%202", "urn:same"]);
  });

  test("one entry an item: each has its item's id, and copies are folded into the first", () => {
    const items = [told("a", "abendblatt", 0), told("b", "abendblatt", 1), told("copy", "kurier", 2, { copyOf: "a" })];

    const { entries } = show(items, { oneEntryAStory: false });

    expect(entries.map(({ iri, lead, others }) => [iri, lead.item.id, others.map(({ item }) => item.id)])).toEqual([
      ["https://abendblatt.example/b", "b", []],
      ["https://abendblatt.example/a", "copy", ["a"]],
    ]);
  });
});

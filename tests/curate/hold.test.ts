import { describe, expect, test } from "vitest";
import { announcementsOf, curate } from "../../src/curate/curate.ts";
import type { Publisher } from "../../src/model/feed.ts";
import { publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, type Instant, MINUTE } from "../../src/model/time.ts";
import type { Announcement, Topic } from "../../src/model/topic.ts";
import { aPlaced, NOON, type Wanted } from "../query/a-placed.ts";

/** How long a story waits for a better copy, and when its lead changes once it is announced. */

const publisher = (id: string, rank: number): Publisher => ({ id: publisherId(id), title: id.toUpperCase(), rank });
const publishers = [publisher("abendblatt", 2), publisher("morgenpost", 2), publisher("kurier", 1)];
const HOLD = 10 * MINUTE;

const TOPIC: Topic = {
  ...{ id: topicId("energie"), title: "Energie", description: "", language: "en", query: "strom*" },
  ...{ size: 10, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {}, hold: HOLD },
};

const told = (id: string, by: string, minute: number, more: Wanted = {}): Placed =>
  aPlaced({ id, publisher: by, story: "s", storyIri: "urn:s", arrivedAt: NOON + minute * MINUTE, ...more });

const show = (items: readonly Placed[], now: Instant, announced: readonly Announcement[] = [], topic = TOPIC) =>
  curate(topic, items, { publishers, announced, now });

const leadOf = (items: readonly Placed[], topic: Partial<Topic> = {}): string | undefined =>
  curate({ ...TOPIC, ...topic }, items, { publishers }).entries[0]?.lead.item.id;

describe("a story waits for a better copy", () => {
  test("as long as the topic says, and the feed says until when", () => {
    const items = [told("a", "abendblatt", 0)];

    const waiting = show(items, NOON + HOLD - 1);
    expect(waiting).toEqual({ topic: TOPIC, entries: [], updatedAt: 0, heldUntil: NOON + HOLD });

    const over = show(items, NOON + HOLD);
    expect(over.entries).toHaveLength(1);
    expect(over).not.toHaveProperty("heldUntil");
  });

  test("no longer than until the best is there: an own text of the publisher that speaks first", () => {
    const [early, best] = [told("a", "abendblatt", 0), told("k", "kurier", 3)];

    expect(show([early], NOON + 3 * MINUTE).entries).toEqual([]);
    expect(show([early, best], NOON + 3 * MINUTE).entries).toMatchObject([{ lead: best }]);
  });

  test.each([
    ["a reprint", { teaser: "Berlin (dpa) – Es wird Licht." }],
    ["a copy", { copyOf: "a" }],
  ])("%s of the first publisher may still be bettered", (_, more) => {
    const items = [told("a", "abendblatt", 0), told("k", "kurier", 3, more)];

    expect(show(items, NOON + 3 * MINUTE).entries).toEqual([]);
  });

  test("not on pages, which nobody has to unread", () => {
    expect(leadOf([told("a", "abendblatt", 0)])).toBe("a");
  });

  test("not where the topic asks for no wait", () => {
    const { hold: _, ...topic } = TOPIC;

    expect(show([told("a", "abendblatt", 0)], NOON, [], topic).entries).toHaveLength(1);
  });

  test("never again once it was announced, even if its first item goes", () => {
    const [first, second] = [told("a", "abendblatt", 0), told("b", "morgenpost", 9)];
    const announced = announcementsOf(show([first, second], NOON + HOLD), []);

    expect(show([second], NOON + HOLD).entries).toEqual([]);
    expect(show([second], NOON + HOLD, announced).entries).toMatchObject([{ iri: "urn:s", lead: second }]);
  });

  test("without pushing out what is old", () => {
    const old = aPlaced({ id: "old", arrivedAt: NOON - 7 * DAY + MINUTE });

    const feed = show([old, told("a", "abendblatt", 5)], NOON + 6 * MINUTE);

    expect(feed.entries).toMatchObject([{ lead: old }]);
  });
});

describe("an announced story changes its lead", () => {
  const teaser = "Mehr als eine Überschrift.";

  test.each<[string, Placed]>([
    ["for a publisher of better rank", told("k", "kurier", 60)],
    ["where an editor says so", withLead(told("b", "morgenpost", 60))],
  ])("%s", (_, better) => {
    expect(leadOf([told("a", "abendblatt", 0), better])).toBe(better.item.id);
  });

  test("where an editor says so, and is updated then, even if the new lead came long ago", () => {
    const first = told("a", "abendblatt", 0);
    const items = [withLead(first, NOON + 90 * MINUTE), told("k", "kurier", 60)];

    const [entry] = curate(TOPIC, items, { publishers }).entries;

    expect(entry?.updatedAt).toBe(NOON + 90 * MINUTE);
  });

  test("for an own text where it was a reprint, and not back", () => {
    const reprint = told("a", "abendblatt", 0, { author: "dpa" });
    const own = told("z", "morgenpost", 60);
    const another = told("b", "abendblatt", 90, { teaser });

    expect(leadOf([reprint, own])).toBe("z");
    expect(leadOf([reprint, own, another])).toBe("z");
  });

  test.each<[string, Placed]>([
    ["a teaser that comes later", told("b", "morgenpost", 60, { teaser })],
    ["a smaller id", told("A", "morgenpost", 60)],
    ["a copy", told("b", "morgenpost", 60, { copyOf: "a", teaser })],
  ])("not for %s", (_, later) => {
    expect(leadOf([told("a", "abendblatt", 0), later])).toBe("a");
  });

  test("while it waits, also for a teaser", () => {
    const items = [told("a", "abendblatt", 0), told("b", "morgenpost", 9, { teaser })];

    expect(leadOf(items)).toBe("b");
    expect(leadOf(items, { hold: 5 * MINUTE })).toBe("a");
  });
});

test("of one publisher's stories at most so many as the topic says are shown, the newest", () => {
  const items = ["a", "b", "c"].map((id, n) => aPlaced({ id, arrivedAt: NOON + n * MINUTE }));
  const other = aPlaced({ id: "k", publisher: "kurier", arrivedAt: NOON });

  const { entries } = curate({ ...TOPIC, mostPerPublisher: 2 }, [...items, other], { publishers });

  expect(entries.map(({ lead }) => lead.item.id)).toEqual(["c", "b", "k"]);
});

function withLead(placed: Placed, leadsSince: Instant = NOON): Placed {
  return { ...placed, decision: { ...placed.decision, leads: true, leadsSince } };
}

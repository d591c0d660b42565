import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announcementsOf, curate, tellable } from "../../src/curate/curate.ts";
import { type Act, type ActKind, type Editing, NO_EDITING, pointedAt, withAct } from "../../src/model/editing.ts";
import { publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { atOnce } from "../../src/model/steps.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import type { Announcement, Topic, TopicFeed } from "../../src/model/topic.ts";
import { aPlaced, NOON, type Wanted } from "../query/a-placed.ts";

/** What editors do to a topic by hand: pins, spikes, titles, embargoes. */

const PAPERS = ["abendblatt", "morgenpost", "kurier"];
const publishers = PAPERS.map((id, n) => ({ id: publisherId(id), title: id, rank: n }));

const TOPIC: Topic = {
  ...{ id: topicId("energie"), title: "Energie", description: "", language: "de", query: "*" },
  ...{ size: 10, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {} },
};

const told = (id: string, hoursAgo: number, more: Wanted = {}): Placed =>
  aPlaced({ id, storyIri: `urn:${more.story ?? id}`, arrivedAt: NOON - hoursAgo * HOUR, ...more });

const on = (placed: Placed, at: Instant = NOON - MINUTE): Act => ({ ...pointedAt(placed), by: "eva", at });

const edited = (kind: ActKind, ...acts: readonly Act[]): Editing => ({ ...NO_EDITING, [kind]: acts });

interface Occasion {
  readonly topic?: Partial<Topic>;
  readonly now?: Instant;
  readonly announced?: readonly Announcement[];
}

const show = (items: readonly Placed[], editing: Editing, { topic, now = NOON, announced }: Occasion = {}): TopicFeed =>
  curate({ ...TOPIC, ...topic }, items, { publishers, editing, now, ...(announced && { announced }) });

const leads = ({ entries }: TopicFeed): readonly string[] => entries.map(({ lead }) => lead.item.id);

const [a, b, c] = [told("a", 1), told("b", 2), told("c", 3)] as const;

describe("a pin", () => {
  test("puts a story first until it ends, and says when", () => {
    const editing = edited("pins", { ...on(c), until: NOON + HOUR } as Act);

    const pinned = show([a, b, c], editing);
    expect(leads(pinned)).toEqual(["c", "a", "b"]);
    expect(pinned.entries.map((entry) => entry.pinned)).toEqual([true, undefined, undefined]);
    expect(pinned.heldUntil).toBe(NOON + HOUR);

    const over = show([a, b, c], editing, { now: NOON + HOUR });
    expect(leads(over)).toEqual(["a", "b", "c"]);
    expect(over).not.toHaveProperty("heldUntil");
    expect(over.updatedAt).toBe(NOON + HOUR);
  });

  test.each<[string, Partial<Topic>]>([
    ["window", { window: 90 * MINUTE }],
    ["size", { size: 1 }],
    ["minimum of publishers", { minimumPublishers: 2 }],
    ["most stories of its publisher", { mostPerPublisher: 1 }],
  ])("stands whatever the topic's %s", (_, topic) => {
    expect(leads(show([a, c], edited("pins", on(c)), { topic }))[0]).toBe("c");
  });

  test("waits for no better copy", () => {
    const topic = { hold: HOUR };

    const late = told("k", 0, { publisher: "kurier" });

    expect(leads(show([late], edited("pins", on(late)), { topic, announced: [] }))).toEqual(["k"]);
    expect(leads(show([late], NO_EDITING, { topic, announced: [] }))).toEqual([]);
  });

  test("stands in the editors' order where the topic says so, else newest first", () => {
    const editing = edited("pins", on(c), on(b));

    expect(leads(show([a, b, c], editing, { topic: { order: "editor" } }))).toEqual(["c", "b", "a"]);
    expect(leads(show([a, b, c], editing))).toEqual(["b", "c", "a"]);
  });

  test("follows its item when its story becomes part of an earlier one", () => {
    const merged = told("c", 3, { story: "d" });

    expect(leads(show([a, merged, told("d", 4)], edited("pins", on(c))))).toEqual(["d", "a"]);
  });

  test("stays with its story when its item has gone", () => {
    const rest = told("e", 5, { story: "c" });

    expect(leads(show([a, b, rest], edited("pins", on(c))))).toEqual(["e", "a", "b"]);
  });
});

describe("a spike", () => {
  test("takes a story out, whoever joins it", () => {
    const later = told("d", 0, { story: "b", publisher: "kurier" });

    const feed = show([a, b, c, later], edited("spikes", on(b)));

    expect(leads(feed)).toEqual(["a", "c"]);
    expect(feed.updatedAt).toBe(NOON - MINUTE);
  });

  test("is stronger than a pin", () => {
    expect(leads(show([a, b], { ...edited("pins", on(b)), spikes: [on(b)] }))).toEqual(["a"]);
  });

  test("never hides an earlier story of which the spiked one became a part", () => {
    const merged = told("b", 2, { story: "c" });

    expect(leads(show([a, merged, c], edited("spikes", on(b))))).toEqual(["a", "c"]);
  });

  test("takes out one text where each item is an entry", () => {
    const topic = { oneEntryAStory: false };
    const [x, y] = [told("x", 1, { story: "s" }), told("y", 2, { story: "s" })];

    expect(leads(show([x, y], edited("spikes", on(y)), { topic }))).toEqual(["x"]);
  });
});

describe("a title of ours", () => {
  const retitled = edited("retitles", { ...on(b), title: "Strom wird billiger" } as Act);

  test("is the entry's, and the lead keeps its own", () => {
    const [, entry] = show([a, b], retitled).entries;

    expect(entry?.title).toBe("Strom wird billiger");
    expect(entry?.lead.item.title).toBe("Ein Titel");
    expect(entry?.updatedAt).toBe(NOON - MINUTE);
  });

  test("stays when another item leads the story", () => {
    const better = told("z", 1, { story: "b", publisher: "morgenpost" });
    const ranks = { [publisherId("morgenpost")]: 0, [publisherId("abendblatt")]: 9 };

    expect(show([b, better], retitled, { topic: { ranks } }).entries).toMatchObject([
      { lead: { item: { id: "z" } }, title: "Strom wird billiger" },
    ]);
  });

  test("the latest holds, and a blank one is none", () => {
    const later = { ...on(told("z", 1, { story: "b" }), NOON), title: "Neuer" };

    expect(
      show([b, told("z", 1, { story: "b" })], { ...retitled, retitles: [...retitled.retitles, later] }).entries,
    ).toMatchObject([{ title: "Neuer" }]);
    expect(show([b], edited("retitles", { ...on(b), title: " " } as Act)).entries[0]).not.toHaveProperty("title");
  });
});

describe("an embargo", () => {
  const editing = edited("embargoes", { ...on(c), until: NOON + HOUR } as Act);

  test("keeps a story from pages and feeds until its moment, and the feed says when that is", () => {
    for (const announced of [undefined, []]) {
      const feed = show([a, b, c], editing, announced && { announced });

      expect(leads(feed)).toEqual(["a", "b"]);
      expect(feed.heldUntil).toBe(NOON + HOUR);
    }
  });

  test("makes it new at its moment, whatever the window", () => {
    const feed = show([a, b, c], editing, { now: NOON + HOUR, topic: { window: 2.5 * HOUR } });

    expect(leads(feed)).toEqual(["c", "a", "b"]);
    expect(feed.entries[0]).toMatchObject({ publishedAt: NOON + HOUR, updatedAt: NOON + HOUR });
  });

  test("dates the story by its end, for ever and under the same id, for readers that sort by date", () => {
    const [then, later] = [NOON + HOUR, NOON + 5 * HOUR].map((now) => show([a, b, c], editing, { now }).entries[0]);
    const [, , never] = show([a, b, c], NO_EDITING).entries;

    expect(later).toEqual(then);
    expect(then?.iri).toBe(never?.iri);
    expect(never?.publishedAt).toBe(c.item.arrivedAt);
  });

  test("that ended before the story came does not date it", () => {
    const early = edited("embargoes", { ...on(c), until: c.item.arrivedAt - HOUR } as Act);

    expect(show([c], early).entries[0]?.publishedAt).toBe(c.item.arrivedAt);
  });

  test("holds for a pinned story, too", () => {
    expect(leads(show([a, c], { ...editing, pins: [on(c)] }))).toEqual(["a"]);
  });
});

test("without acts nothing is otherwise, and the moment does not matter", () => {
  const items = [a, b, c];

  expect(show(items, NO_EDITING)).toEqual(curate(TOPIC, items, { publishers }));
  expect(show(items, edited("spikes", on(told("gone", 9))))).toEqual(curate(TOPIC, items, { publishers }));
});

const someItems = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 30 }).map((n) => `i${n}`),
    hoursAgo: fc.integer({ min: 0, max: 40 }),
    story: fc.integer({ min: 0, max: 6 }).map((n) => `s${n}`),
    publisher: fc.constantFrom(...PAPERS),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
);
const inTwoOrders = someItems.chain((items) =>
  fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
);
const someActs = fc.array(
  fc.record({
    kind: fc.constantFrom<ActKind>("pins", "spikes", "retitles", "embargoes"),
    n: fc.nat(),
    at: fc.integer({ min: 0, max: 20 }),
    until: fc.integer({ min: -9, max: 9 }),
  }),
  { maxLength: 6 },
);
const someTopic = fc.record({
  oneEntryAStory: fc.boolean(),
  order: fc.constantFrom("newest" as const, "coverage" as const, "editor" as const),
  size: fc.integer({ min: 1, max: 5 }),
  minimumPublishers: fc.integer({ min: 1, max: 2 }),
});

test("whatever editors did: any order of items makes the same, twice is once, and what is spiked is nowhere", () => {
  fc.assert(
    fc.property(someTopic, inTwoOrders, someActs, (topic, [made, again], acts) => {
      const placed = (list: typeof made) => list.map(({ id, hoursAgo, ...rest }) => told(id, hoursAgo, rest));
      const items = placed(made);
      const all = acts.map(({ kind, n, at, until }) => {
        const target = items[n % items.length] ?? a;
        const act = { ...on(target, NOON - HOUR + at * MINUTE), title: `T${n}`, until: NOON + until * HOUR };
        return { kind, act, target };
      });
      const perform = (editing: Editing, { kind, act }: (typeof all)[number]): Editing =>
        withAct(editing, kind, act, 30 * DAY) ?? editing;
      const once = all.reduce(perform, NO_EDITING);

      const feed = show(items, once, { topic });

      expect(show(placed(again), once, { topic })).toEqual(feed);
      const last = all.at(-1);
      if (last) expect(show(items, perform(once, last), { topic })).toEqual(feed);
      const iris = new Set(once.spikes.map(({ iri }) => iri));
      if (topic.oneEntryAStory) for (const { lead } of feed.entries) expect(iris).not.toContain(lead.decision.storyIri);
      expect(feed.entries.length).toBeLessThanOrEqual(topic.size);
    }),
    { numRuns: 300 },
  );
});

test("what is spiked or under embargo is not spoken of at all, of its corrections neither", () => {
  const editing = {
    ...edited("spikes", on(b)),
    embargoes: [{ ...on(c), until: NOON + HOUR }],
  };
  const spoken = (now: Instant) =>
    atOnce(tellable({ topic: TOPIC, query: { kind: "everything" } }, [a, b, c], { publishers, editing, now })).map(
      ({ item }) => item.id,
    );

  expect(spoken(NOON)).toEqual(["a"]);
  expect(spoken(NOON + HOUR)).toEqual(["a", "c"]);
});

describe("an edit of the rules never announces what is old", () => {
  const editedAt = NOON - 90 * MINUTE;
  const announced = announcementsOf(show([b, c], NO_EDITING), []);
  const other = told("o", 4);
  const docs = (items: readonly Placed[], more: Occasion = {}, editing = NO_EDITING) =>
    leads(show(items, editing, { announced, ...more, topic: { editedAt, ...more.topic } }));

  test("what nobody was told of and had arrived by then stays out of the feeds, and pages show it", () => {
    expect(docs([a, b, c, other])).toEqual(["a", "b", "c"]);
    expect(leads(show([a, b, c, other], NO_EDITING, { topic: { editedAt } }))).toEqual(["a", "b", "c", "o"]);
  });

  test("until somebody tells it again", () => {
    expect(docs([b, other, told("p", 1, { story: "o", publisher: "kurier" })])).toEqual(["b", "o"]);
  });

  test("it leaves no gap: the next takes its place", () => {
    expect(docs([told("x", 1.9), told("y", 1.8), b, c], { topic: { size: 2 } })).toEqual(["b", "c"]);
  });

  test("what an editor pins, and what an embargo ends later, is told all the same", () => {
    expect(docs([b, other], {}, edited("pins", on(other)))).toEqual(["o", "b"]);
    expect(docs([b, other], {}, edited("embargoes", { ...on(other), until: NOON - MINUTE } as Act))).toEqual([
      "o",
      "b",
    ]);
  });

  test("what waited for a better copy at that moment is told when it has waited", () => {
    expect(docs([b, told("w", 1.6, { publisher: "kurier" })], { topic: { hold: HOUR } })).toEqual(["w", "b"]);
  });

  test("a topic that nobody was told anything of shows what it finds", () => {
    expect(docs([b, other], { announced: [] })).toEqual(["b", "o"]);
  });
});

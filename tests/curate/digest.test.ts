import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announcementsOf, type CurateContext, curate } from "../../src/curate/curate.ts";
import { NO_EDITING, pointedAt } from "../../src/model/editing.ts";
import { publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { DigestRule, Topic, TopicFeed } from "../../src/model/topic.ts";
import { aPlaced, type Wanted } from "../query/a-placed.ts";

/** One entry a period with its best stories. */

const PAPERS = ["abendblatt", "bote", "kurier", "morgenpost"];
const publishers = PAPERS.map((id, n) => ({ id: publisherId(id), title: id, rank: n }));
const rule: DigestRule = { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 2 };
const TOPIC: Topic = {
  ...{ id: topicId("energie"), title: "Energie", description: "", language: "de", query: "*", digest: rule },
  ...{ size: 10, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {} },
};
/** Seven o'clock in Berlin, in winter. */
const SEVEN = Date.parse("2026-03-10T06:00:00Z");

const told = (id: string, hoursBefore: number, more: Wanted = {}): Placed =>
  aPlaced({ id, title: id, storyIri: `urn:${more.story ?? id}`, arrivedAt: SEVEN - hoursBefore * HOUR, ...more });
const by = (story: string, hoursBefore: number, ...papers: readonly string[]): readonly Placed[] =>
  papers.map((publisher, n) => told(`${story}${n}`, hoursBefore - n / 60, { story, publisher }));

const show = (items: readonly Placed[], context: Partial<CurateContext> = {}, topic: Partial<Topic> = {}): TopicFeed =>
  curate({ ...TOPIC, ...topic }, items, { publishers, now: SEVEN, ...context });

const storiesOf = ({ entries }: TopicFeed) =>
  entries.map(({ digest }) => digest?.stories.map((entry) => entry.lead.item.id) ?? []);

const day = [
  ...by("s", 20, "abendblatt"),
  ...by("t", 9, "bote", "kurier"),
  ...by("u", 3, "abendblatt", "bote", "kurier"),
];

describe("a digest", () => {
  test("has the stories that most publishers tell, and comes at its moment", () => {
    const early = show(day, { now: SEVEN - 1 });
    expect(early).toMatchObject({ entries: [], heldUntil: SEVEN });

    const feed = show(day);
    expect(storiesOf(feed)).toEqual([["u0", "t0"]]);
    expect(feed.heldUntil).toBe(SEVEN + DAY);
    expect(feed.entries).toMatchObject([
      {
        iri: "tag:ressort,2026:digest/energie/day/2026-03-10",
        title: "Energie: das Wichtigste am 10. März 2026",
        publishedAt: SEVEN,
        updatedAt: SEVEN,
        digest: { day: "2026-03-10", from: SEVEN - DAY, to: SEVEN },
      },
    ]);
  });

  test("is one a period, the latest first; a period without stories has none", () => {
    const items = [...day, told("old", 60)];

    expect(show(items).entries.map(({ digest }) => digest?.day)).toEqual(["2026-03-10", "2026-03-08"]);
    expect(show(items, {}, { window: 30 * HOUR }).entries).toHaveLength(1);
    expect(show(items, {}, { size: 1 }).entries).toHaveLength(1);
  });

  test("counts an early story once: in the period in which it began", () => {
    const items = [told("x", 30, { story: "s" }), ...by("s", 3, "bote", "kurier"), told("n", 2)];

    expect(storiesOf(show(items))).toEqual([["n"], ["x"]]);
  });

  test("a week ends on Monday", () => {
    const week = { ...rule, every: "week" as const };
    const [entry] = show(day, { now: SEVEN + 7 * DAY }, { digest: week, language: "en" }).entries;

    expect(entry?.iri).toBe("tag:ressort,2026:digest/energie/week/2026-03-16");
    expect(entry?.title).toBe("Energie: the week to 16 March 2026");
    expect(entry?.digest).toMatchObject({
      from: Date.parse("2026-03-09T06:00:00Z"),
      to: Date.parse("2026-03-16T06:00:00Z"),
    });
  });

  test("follows the clocks when they are put forward and back", () => {
    const daysTo = (now: string) => {
      const end = Date.parse(now);
      const items = [0, 1, 2].map((n) => told(`x${n}`, 0, { arrivedAt: end - n * DAY - 3 * HOUR }));
      return show(items, { now: end }).entries.map(({ digest }) => ((digest?.to ?? 0) - (digest?.from ?? 0)) / HOUR);
    };

    expect(daysTo("2026-03-30T05:00:00Z")).toEqual([24, 23, 24]);
    expect(daysTo("2026-10-26T06:00:00Z")).toEqual([24, 25, 24]);
  });
});

describe("a digest that is out stays as it was", () => {
  const announced = announcementsOf(show(day), []);
  const later = { announced, now: SEVEN + 3 * HOUR };

  test("whoever tells its stories later, and whatever is merged", () => {
    const before = show(day, { announced });
    const grown = [...day, ...by("s", -1, "bote", "kurier", "morgenpost")];
    const merged = day.map((one) =>
      one.decision.story === "t"
        ? told(one.item.id, 9, { story: "u", publisher: one.item.publisher, arrivedAt: one.item.arrivedAt })
        : one,
    );

    expect(show(grown, later)).toEqual(before);
    expect(storiesOf(show(merged, later))).toEqual([["u0", "t0"]]);
  });

  test("less what was withdrawn and what is spiked, and nothing comes in for it", () => {
    const spiked = {
      ...NO_EDITING,
      spikes: [{ ...pointedAt(told("t0", 9, { story: "t" })), by: "eva", at: SEVEN + HOUR }],
    };

    expect(storiesOf(show(day, { ...later, editing: spiked }))).toEqual([["u0"]]);
    expect(
      storiesOf(
        show(
          day.filter(({ item }) => item.id !== "u0"),
          later,
        ),
      ),
    ).toEqual([["t0"]]);
  });

  test("and is looked for among its topic's items once, however many stories it has", () => {
    let read = 0;
    const items = Array.from({ length: 400 }, (_, n): Placed => {
      const { item, decision } = told(`i${n}`, (n + 1) / 20);
      return {
        decision,
        item: {
          ...item,
          get id() {
            read += 1;
            return item.id;
          },
        },
      };
    });
    const readsOf = (count: number): number => {
      const ids = items.slice(0, count).map(({ decision }) => decision.item);
      read = 0;
      const feed = show(items, { announced: announcementsOf(show(day), []).map(({ iri }) => ({ iri, items: ids })) });
      expect(storiesOf(feed)).toEqual([ids]);
      return read;
    };

    expect(readsOf(200)).toBeLessThan(3 * readsOf(1));
  });

  test("under the id that readers know, whatever its topic is called later", () => {
    const renamed = { id: topicId("strom") };
    const [known, next] = ["tag:ressort,2026:digest/energie/day/2026-03-10", "digest/strom/day/2026-03-11"];
    const items = [...day, told("new", -20)];

    expect(show(day, later, renamed).entries).toMatchObject([{ iri: known }]);
    const { entries } = show(items, { announced, now: SEVEN + DAY }, renamed);
    expect(entries).toMatchObject([{ iri: `tag:ressort,2026:${next}` }, { iri: known }]);
    // a story's own id is none of a digest
    const other = [{ iri: "https://blatt.example/digest/day/2026-03-10", items: [] }];
    expect(show(day, { announced: other }).entries).toMatchObject([{ iri: known }]);
  });

  test("with what its publishers put right, as an update", () => {
    const [item] = show(
      day.map((one) =>
        one.item.id === "t0"
          ? told("t0", 9, { story: "t", publisher: "bote", title: "Berichtigt", revisedAt: SEVEN + HOUR })
          : one,
      ),
      later,
    ).entries;

    expect(item?.digest?.stories[1]?.lead.item.title).toBe("Berichtigt");
    expect(item?.updatedAt).toBe(SEVEN + HOUR);
  });

  test("and an edit announces none of before, but the next", () => {
    const edited = { editedAt: SEVEN + HOUR };
    const older = [told("old", 60), ...day, told("new", -20)];

    expect(show(older, later, edited).entries.map(({ digest }) => digest?.day)).toEqual(["2026-03-10"]);
    const next = show(older, { announced, now: SEVEN + DAY }, edited);
    expect(next.entries.map(({ digest }) => digest?.day)).toEqual(["2026-03-11", "2026-03-10"]);
  });
});

test("editors' titles and pins are in it, and an embargo moves a story into the period of its end", () => {
  const at = SEVEN - HOUR;
  const editing = {
    pins: [{ ...pointedAt(told("s0", 20, { story: "s" })), by: "eva", at }],
    retitles: [{ ...pointedAt(told("u0", 3, { story: "u" })), by: "eva", at, title: "Unser Titel" }],
    embargoes: [{ ...pointedAt(told("t0", 9, { story: "t" })), by: "eva", at, until: SEVEN + HOUR }],
    spikes: [],
  };
  const digests = show(day, { editing, now: SEVEN + DAY }).entries.map(({ digest }) => digest?.stories ?? []);

  expect(digests.map((stories) => stories.map(({ lead }) => lead.item.id))).toEqual([["t0"], ["s0", "u0"]]);
  expect(digests[1]?.[1]?.title).toBe("Unser Titel");
});

test("any order of items makes the same digests, and later ones never change earlier ones", () => {
  const someItems = fc.array(
    fc.record({
      hoursBefore: fc.integer({ min: -30, max: 80 }),
      story: fc.integer({ min: 0, max: 5 }).map((n) => `s${n}`),
      publisher: fc.constantFrom(...PAPERS),
    }),
    { minLength: 1, maxLength: 14 },
  );
  fc.assert(
    fc.property(someItems, fc.nat(), (made, seed) => {
      const items = made.map(({ hoursBefore, ...rest }, n) =>
        told(`i${n}`, hoursBefore, { ...rest, arrivedAt: SEVEN - hoursBefore * HOUR + n }),
      );
      const known = items.filter(({ item }) => item.arrivedAt < SEVEN);
      const turned = [...items.slice(seed % items.length), ...items.slice(0, seed % items.length)].toReversed();

      expect(show(turned)).toEqual(show(items));
      expect(storiesOf(show(items))).toEqual(storiesOf(show(known, {}, { window: TOPIC.window })));
    }),
    { numRuns: 200 },
  );
});

test("one that is rendered again a minute later is the same", () => {
  const { heldUntil: _, ...one } = show(day);
  const { heldUntil: __, ...other } = show(day, { now: SEVEN + MINUTE });

  expect(other).toEqual(one);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announcementsOf, curate } from "../../src/curate/curate.ts";
import { type ItemId, itemId, publisherId, storyId, topicId } from "../../src/model/ids.ts";
import type { Decision, NewsEntry, NewsItem, Placed } from "../../src/model/news.ts";
import { DAY, MINUTE } from "../../src/model/time.ts";
import type { Announcement, Topic } from "../../src/model/topic.ts";
import { itemOf, MORNING, Newsroom } from "../desk/entries.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

/** What readers know a story by stays, whatever becomes of its items and of the stories beside it. */

const PAPERS = ["abendblatt", "morgenpost", "kurier", "bote", "anzeiger"];
const publishers = PAPERS.map((id, n) => ({ id: publisherId(id), title: id, rank: n % 2 }));

const TOPIC: Topic = {
  ...{ id: topicId("energie"), title: "Energie", description: "", language: "de", query: "*" },
  ...{ size: 100, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {} },
};

/** A topic feed that is rendered again and again, and what its readers have seen of it. */
function openReader(topic: Topic = TOPIC) {
  let announced: readonly Announcement[] = [];
  const seen = new Set<string>();
  return {
    seen,
    shows(items: readonly Placed[], now?: number): ReadonlyMap<string, readonly ItemId[]> {
      const known = now === undefined ? { announced } : { announced, now };
      const feed = curate(topic, items, { publishers, ...known });
      announced = announcementsOf(feed, announced);
      for (const { iri } of feed.entries) seen.add(iri);
      return new Map(feed.entries.map(({ iri, lead, others }) => [iri, [lead, ...others].map(({ item }) => item.id)]));
    },
  };
}

const at = (id: string, story: string, minute: number): Placed =>
  aPlaced({ id, story, storyIri: `urn:${story}`, arrivedAt: NOON + minute * MINUTE });

describe("a story keeps the id that its readers know", () => {
  test("when it becomes part of one that they have never seen", () => {
    const reader = openReader();
    reader.shows([at("b", "B", 1)]);

    // the older story A has no item that the topic's query matches
    expect([...reader.shows([at("b", "A", 1)]).keys()]).toEqual(["urn:B"]);
    expect([...reader.shows([at("b", "A", 1), at("a", "A", 2)]).keys()]).toEqual(["urn:B"]);
  });

  test("when both were seen, the one that goes on; and each its own when they are told apart again", () => {
    const reader = openReader();
    const apart = [at("a", "A", 0), at("b", "B", 1)];
    reader.shows(apart);

    const merged = [at("a", "A", 0), at("b", "A", 1)];
    const once = reader.shows(merged);
    expect([...once.keys()]).toEqual(["urn:A"]);
    expect([...reader.shows(apart).keys()]).toEqual(["urn:B", "urn:A"]);
    expect(reader.shows(merged)).toEqual(once);
  });

  test.each([
    ["b", "a"],
    ["a", "b"],
  ])("when %s is told apart of it: that is new, and %s is not", (part, rest) => {
    const reader = openReader();
    const items = [at("a", "A", 0), at("b", "A", 1)];
    reader.shows(items);

    const split = reader.shows(items.map((one) => (one.item.id === part ? at(part, "P", part === "a" ? 0 : 1) : one)));

    expect(split.get("urn:A")).toEqual([rest]);
    expect(split.get("urn:P")).toEqual([part]);
  });

  test("when a part of it goes back to what it was before, under whatever name the desk has for it now", () => {
    const reader = openReader();
    reader.shows([at("a", "A", 0), at("b", "B", 1)]);
    reader.shows([at("a", "A", 0), at("b", "A", 1)]);

    expect([...reader.shows([at("a", "A", 0), at("b", "Z", 1)]).keys()]).toEqual(["urn:B", "urn:A"]);
  });

  test("when a newer one pushed it out for a while", () => {
    const reader = openReader({ ...TOPIC, size: 1 });
    reader.shows([at("b", "B", 1)]);
    reader.shows([at("b", "A", 1), at("x", "X", 2)]);

    expect([...reader.shows([at("b", "A", 1)]).keys()]).toEqual(["urn:B"]);
  });

  test("when its first item is withdrawn, and where each item is an entry of its own", () => {
    const reader = openReader({ ...TOPIC, oneEntryAStory: false });
    const [a, b, c] = ["a", "b", "c"].map((id, n) =>
      aPlaced({ id, story: "A", arrivedAt: NOON + n, ...(n > 0 && { copyOf: "a" }) }),
    ) as [Placed, Placed, Placed];
    reader.shows([a, b, c]);
    const heir = ({ item }: Placed, copyOf?: ItemId): Placed => ({
      item,
      decision: { item: item.id, story: storyId("A"), storyIri: "urn:A", reasons: [], ...(copyOf && { copyOf }) },
    });

    reader.shows([heir(b), heir(c, itemId("b"))]);

    expect([...reader.seen]).toEqual([a.item.iri]);
  });

  test("when two stories of one id were told apart and the older one has gone", () => {
    const reader = openReader();
    const older = aPlaced({ id: "o", story: "O", storyIri: "urn:same", arrivedAt: NOON - 7 * DAY });
    const newer = aPlaced({ id: "n", story: "N", storyIri: "urn:same", arrivedAt: NOON - DAY });
    reader.shows([older, newer]);

    const [later] = reader.shows([older, newer, at("x", "X", 1)]).keys();

    expect(later).toBe("urn:X");
    expect([...reader.seen].sort()).toEqual(["tag:ressort,2026:story/N", "urn:X", "urn:same"]);
  });
});

test("whatever is merged, no entry begins by it", () => {
  const someItems = fc.array(
    fc.record({ story: fc.integer({ min: 0, max: 6 }), minute: fc.integer({ min: 0, max: 60 }), isIn: fc.boolean() }),
    { minLength: 2, maxLength: 20 },
  );
  const merges = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { maxLength: 6 });
  fc.assert(
    fc.property(someItems, merges, (items, pairs) => {
      const reader = openReader();
      let stories = items.map(({ story }) => story);
      const shown = () =>
        reader.shows(items.flatMap(({ isIn, minute }, n) => (isIn ? at(`i${n}`, `S${stories[n]}`, minute) : [])));
      shown();
      const before = reader.seen.size;

      for (const [from, into] of pairs) {
        stories = stories.map((story) => (story === from ? into : story));
        shown();
      }

      expect(reader.seen.size).toBe(before);
    }),
    { numRuns: 500 },
  );
});

const HEADLINES = [
  "Fähre Uthlande läuft vor Amrum im Nebel auf Grund",
  "Meteorit schlägt bei Nördlingen in ein Maisfeld ein",
  "Kantorin gewinnt Orgelwettbewerb in Freiberg überraschend",
  "Weinlese an der Unstrut beginnt wegen Hitze so früh wie nie",
  "Hochmoor bei Wurzach wird nach dreißig Jahren wieder vernässt",
];
const KICKERS = ["", "Nachrichten: ", "Überblick: ", "EIL: ", "Aktuell: "];
/** The words of a story are its own, so that the desk never makes two of them one. */
const TEASERS: readonly ((headline: string) => string)[] = [
  () => "",
  (headline) => `${headline}. (dpa)`,
  (headline) => `Was bekannt ist: ${headline}.`,
];

const aTelling = fc.record({
  story: fc.nat(HEADLINES.length - 1),
  paper: fc.nat(PAPERS.length - 1),
  kicker: fc.constantFrom(...KICKERS),
  teaser: fc.constantFrom(...TEASERS),
  later: fc.integer({ min: 0, max: 40 }),
  revisesTo: fc.option(fc.constantFrom("Korrigiert", "Neuer Stand"), { nil: undefined }),
});

test("copies and revisions in any order: as many ids as stories, and no story ever changes its id", {
  timeout: 60_000,
}, () => {
  const holds = fc.constantFrom(undefined, 10 * MINUTE, 60 * MINUTE);
  fc.assert(
    fc.property(fc.array(aTelling, { minLength: 1, maxLength: 25 }), holds, (tellings, hold) => {
      const room = new Newsroom();
      const reader = openReader(hold === undefined ? TOPIC : { ...TOPIC, hold });
      const items = new Map<ItemId, NewsItem>();
      const idOf = new Map<ItemId, string>();
      const take = (entry: NewsEntry & { readonly item: NewsItem }, now: number) => {
        room.take(entry);
        items.set(entry.item.id, entry.item);
        const placed = [...items.values()].map((item) => ({ item, decision: room.on(item.id) as Decision }));
        for (const [iri, members] of reader.shows(placed, now))
          for (const member of members) {
            expect(idOf.get(member) ?? iri, `${member} is known by another id`).toBe(iri);
            idOf.set(member, iri);
          }
      };
      let minute = 0;
      for (const [n, { story, paper, kicker, teaser, later, revisesTo }] of tellings.entries()) {
        minute += later;
        const now = MORNING + minute * MINUTE;
        const headline = HEADLINES[story] ?? "";
        const item = itemOf({
          ...{ id: `i${n}`, publisher: PAPERS[paper] ?? "", title: kicker + headline, hour: minute / 60 },
          ...(teaser(headline) !== "" && { teaser: teaser(headline) }),
        });
        take({ kind: "new", item }, now);
        if (revisesTo !== undefined)
          take(
            { kind: "revised", item: { ...item, teaser: `${revisesTo}: ${headline}`, revisedAt: now, revision: 1 } },
            now,
          );
      }
      const last = items.values().next().value;
      if (last !== undefined) take({ kind: "revised", item: last }, MORNING + DAY);

      const stories = new Set([...items.keys()].map((id) => room.on(id).story));
      expect(reader.seen.size).toBe(stories.size);
    }),
    { numRuns: 60 },
  );
});

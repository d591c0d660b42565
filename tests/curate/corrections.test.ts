import { describe, expect, test } from "vitest";
import { correctionsOf, withDeletions } from "../../src/curate/curate.ts";
import { itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Revision, RevisionWeight } from "../../src/model/revision.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { TopicEntry, TopicFeed } from "../../src/model/topic.ts";
import { aFeed, aTopic } from "../support/test-settings.ts";

const NOON = Date.UTC(2026, 10, 20, 12);
const TOPIC = aTopic("rat", "rat", { title: "Rathaus" });
const { id: feed, publisher } = aFeed("blatt", "blatt", "");

function placed(n: number, title: string, revisions: readonly Revision[] = [], withdrawnAt?: number): Placed {
  const id = itemId(`i${n}`);
  return {
    item: {
      ...{
        id,
        iri: `https://blatt.example/${n}`,
        feed,
        publisher,
        title,
        teaser: "So steht es da.",
        content: "<p>alles</p>",
      },
      ...{ arrivedAt: NOON + n * HOUR, revision: revisions.length, digest: "d", revisions },
      ...(withdrawnAt !== undefined && { withdrawnAt }),
    },
    decision: { item: id, story: storyId("s"), storyIri: "urn:story", reasons: [] },
  };
}

const revision = (
  number: number,
  hour: number,
  before: string,
  after: string,
  weight: RevisionWeight = "correction",
): Revision => ({
  ...{ number, at: NOON + hour * HOUR, weight, because: "figures" },
  title: [
    { kind: "same", text: "Rat baut" },
    { kind: "struck", text: ` ${before}` },
    { kind: "inserted", text: ` ${after}` },
    { kind: "same", text: " Wege" },
  ],
});

describe("the corrections of a topic", () => {
  test("are told one by one, the latest first, each under an id of its own", () => {
    const twice = placed(1, "Rat baut 5 Wege", [revision(2, 9, "4", "5"), revision(1, 3, "3", "4")]);
    const { entries, topic, updatedAt } = correctionsOf(TOPIC, [
      twice,
      placed(2, "Rat baut 9 Wege", [revision(1, 5, "8", "9")]),
    ]);

    expect(topic.title).toBe("Korrekturen: Rathaus");
    expect(entries.map(({ iri, lead }) => [iri, lead.item.title])).toEqual([
      ["tag:ressort,2026:revision/i1/2", "Korrigiert: Rat baut 5 Wege"],
      ["tag:ressort,2026:revision/i2/1", "Korrigiert: Rat baut 9 Wege"],
      ["tag:ressort,2026:revision/i1/1", "Korrigiert: Rat baut 4 Wege"],
    ]);
    expect(entries[2]?.lead.item.teaser).toBe("Vorher: „Rat baut 3 Wege“ Jetzt: „Rat baut 4 Wege“");
    expect(updatedAt).toBe(NOON + 9 * HOUR);
  });

  test("stay as they were when the item changes again, and say nothing of other changes", () => {
    const first = correctionsOf(TOPIC, [placed(1, "Rat baut 4 Wege", [revision(1, 3, "3", "4")])]).entries[0];
    const later = correctionsOf(TOPIC, [
      placed(1, "Rat baut 5 Wege", [revision(2, 9, "4", "5", "update"), revision(1, 3, "3", "4")]),
    ]);

    expect(later.entries).toHaveLength(1);
    const shown = ({ iri, lead, updatedAt, revision: made }: TopicEntry) => [
      iri,
      lead.item.title,
      lead.item.teaser,
      updatedAt,
      made,
    ];
    expect(later.entries.map(shown)).toEqual(first === undefined ? [] : [shown(first)]);
  });

  test("leave with the topic's window", () => {
    const old = placed(1, "Rat baut 4 Wege", [revision(1, 3, "3", "4")]);

    expect(correctionsOf(TOPIC, [old, placed(24 * 8, "Rat tagt")]).entries).toEqual([]);
    expect(correctionsOf(TOPIC, []).updatedAt).toBe(0);
  });
});

describe("a story whose items are withdrawn", () => {
  const entry = (lead: Placed, ...others: readonly Placed[]): TopicEntry => ({
    ...{
      iri: "urn:story",
      story: storyId("s"),
      lead,
      others,
      because: "",
      publishedAt: NOON,
      updatedAt: NOON + 2 * HOUR,
    },
  });
  const feedOf = (...entries: readonly TopicEntry[]): TopicFeed => ({
    topic: TOPIC,
    entries,
    updatedAt: NOON + 2 * HOUR,
  });
  const [gone, left] = [placed(1, "Rat baut 4 Wege", [], NOON + 5 * HOUR), placed(2, "Der Rat baut Wege")];

  test("is deleted at the moment of the last withdrawal where nobody is left to tell it", () => {
    const also = placed(3, "Wege: der Rat baut", [], NOON + 7 * HOUR);

    const after = withDeletions({ ...feedOf(), updatedAt: 0 }, feedOf(entry(gone, also)), new Set());

    expect(after).toMatchObject({ deleted: [{ iri: "urn:story", at: NOON + 7 * HOUR }], updatedAt: NOON + 7 * HOUR });
  });

  test("is an update under the same id where another item leads it now", () => {
    const after = withDeletions(feedOf(entry(left)), feedOf(entry(gone, left)), new Set(["urn:story"]));

    expect(after).not.toHaveProperty("deleted");
    expect(after.entries).toMatchObject([{ iri: "urn:story", lead: left, updatedAt: NOON + 5 * HOUR }]);
    expect(after.updatedAt).toBe(NOON + 5 * HOUR);
  });

  test("is not touched where its lead stays", () => {
    const feed = feedOf(entry(left));

    expect(withDeletions(feed, feedOf(entry(left, gone)), new Set(["urn:story"]))).toEqual(feed);
  });

  test("is not deleted where it is only beyond the feed's size", () => {
    expect(withDeletions(feedOf(), feedOf(entry(gone, left)), new Set(["urn:story"]))).not.toHaveProperty("deleted");
  });
});

test("what is older than a day in a topic of a day is past", () => {
  const day = { ...TOPIC, window: DAY };
  const old = placed(1, "Rat baut 4 Wege", [revision(1, 3, "3", "4")]);

  expect(correctionsOf(day, [old, placed(26, "Rat tagt")]).entries).toHaveLength(1);
  expect(correctionsOf(day, [old, placed(28, "Rat tagt")]).entries).toEqual([]);
});

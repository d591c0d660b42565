import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curate, holding, previewer, type TopicPreview } from "../../src/curate/curate.ts";
import { publisherId, type StoryId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { atOnce } from "../../src/model/steps.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { matches, parseQuery, type Query } from "../../src/query/query.ts";
import { aPlaced, NOON, type Wanted } from "../query/a-placed.ts";
import { somePlaced, someQuery } from "../query/arbitrary.ts";

const publishers = ["abendblatt", "bote", "kurier"].map((id) => ({ id: publisherId(id), title: id, rank: 1 }));

function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function rule(query: string, own: Partial<Topic> = {}) {
  const topic: Topic = {
    ...{ id: topicId("gold"), title: "Gold", description: "", language: "de", query },
    ...{ size: 1, window: HOUR, oneEntryAStory: true, minimumPublishers: 1, ranks: {}, ...own },
  };
  return { topic, query: queryOf(query) };
}

type Rule = ReturnType<typeof rule>;

function preview(before: Rule | undefined, after: Rule, items: readonly Placed[]): TopicPreview {
  const stories = Map.groupBy(items, ({ decision }) => decision.story);
  const { take, preview: read } = previewer(before, after);
  for (const one of items) take(one);
  return atOnce(read({ publishers, membersOf: (story) => stories.get(story) ?? [] }));
}

const told = (id: string, title: string, more: Wanted = {}): Placed =>
  aPlaced({ id, title, storyIri: `urn:${more.story ?? id}`, arrivedAt: NOON - DAY, ...more });

const gold = told("g", "Goldpreis steigt");
const silver = told("s", "Silber fällt");
const medal = told("m", "Goldpreis für Sportler", { section: "sport" });
const copper = told("c", "Kupfer ist teuer", { section: "finanzen" });
const all = [gold, silver, medal, copper];

describe("an edit of the query", () => {
  test("says what it adds and removes, by which clause, and what it just missed", () => {
    const found = preview(rule("goldpreis OR silber"), rule("(goldpreis OR kupfer) -section:sport"), all);

    expect(found).toMatchObject({ before: 3, after: 2, unchanged: 1 });
    expect(found.added.stories).toMatchObject([
      { item: "c", takenBy: ["kupfer", "-section:sport"], decidedBy: ["kupfer"] },
    ]);
    expect(found.removed.decidedBy).toEqual([
      { clause: "-section:sport", stories: 1 },
      { clause: "silber", stories: 1 },
    ]);
    expect(found.nearMisses.total).toBe(0);
  });

  test("a story that a single clause keeps out, before and after, is a near miss", () => {
    const found = preview(
      rule("goldpreis -section:sport"),
      rule("(goldpreis OR kupfer) -section:(sport OR finanzen)"),
      all,
    );

    expect(found).toMatchObject({ before: 1, after: 1, unchanged: 1, added: { total: 0 }, removed: { total: 0 } });
    expect(found.nearMisses.stories).toMatchObject([
      { item: "c", keptOutBy: ["-section:finanzen"] },
      { item: "m", keptOutBy: ["-section:sport"] },
    ]);
  });

  test("a clause that is no longer there is named as what kept a story out", () => {
    const { added } = preview(rule("goldpreis -section:sport"), rule("goldpreis"), all);

    expect(added.stories).toMatchObject([{ item: "m", keptOutBy: ["-section:sport"], decidedBy: ["-section:sport"] }]);
  });

  test("of a new topic all is new", () => {
    expect(preview(undefined, rule("silber"), all)).toMatchObject({ before: 0, after: 1, added: { total: 1 } });
  });
});

describe("an edit of the options", () => {
  const second = told("g2", "Gold", { story: "g", publisher: "bote", title: "Goldpreis" });

  test("a minimum of publishers is a clause like others", () => {
    const found = preview(rule("goldpreis"), rule("goldpreis", { minimumPublishers: 2 }), [...all, second]);

    expect(found.unchanged).toBe(1);
    expect(found.removed.stories).toMatchObject([{ item: "m", decidedBy: ["minimumPublishers: 2"] }]);
  });

  test("one publisher too few, by both rules, is a near miss", () => {
    const found = preview(
      rule("goldpreis", { minimumPublishers: 3 }),
      rule("goldpreis", { minimumPublishers: 2 }),
      all,
    );

    expect(found.nearMisses.decidedBy).toEqual([{ clause: "minimumPublishers: 2", stories: 2 }]);
  });

  test("the feed's size and window do not matter", () => {
    expect(preview(rule("goldpreis"), rule("goldpreis", { size: 9, window: DAY }), all)).toMatchObject({
      ...{ before: 2, after: 2, unchanged: 2, added: { total: 0 }, removed: { total: 0 } },
    });
  });
});

test("of all that it may just have missed the newest thousand are looked at, and how many were not is said", () => {
  const medals = Array.from({ length: 1003 }, (_, n) =>
    told(`m${n}`, "Gold", { section: "sport", arrivedAt: NOON - n * MINUTE }),
  );
  const again = told("again", "Gold", { story: "m1002", section: "sport", arrivedAt: NOON - 2 });
  const edit = (items: readonly Placed[]) => preview(undefined, rule("gold -section:sport"), items).nearMisses;

  const { total, unjudged, stories } = edit([...medals, again]);

  expect({ total, unjudged }).toEqual({ total: 1000, unjudged: 3 });
  expect(stories.map(({ story }) => story as string)).toEqual(
    Array.from({ length: stories.length }, (_, n) => `m${n}`),
  );
  expect(edit([again, ...medals.toReversed()])).toEqual(edit([...medals, again]));
  expect(edit(medals.slice(0, 1000))).not.toHaveProperty("unjudged");
});

test("whatever the rules: what is added, removed and stays is what curating twice shows", () => {
  fc.assert(
    fc.property(
      someQuery,
      someQuery,
      fc.uniqueArray(somePlaced, { selector: ({ item }) => item.id, maxLength: 8 }),
      fc.integer({ min: 1, max: 2 }),
      (one, other, items, minimumPublishers) => {
        const [before, after] = [rule(one), rule(other, { minimumPublishers })];
        const stories = Map.groupBy(items, ({ decision }) => decision.story);
        const shownBy = ({ topic, query }: Rule): ReadonlySet<string> => {
          const matched = items.filter((placed) => matches(query, placed, placed.item.arrivedAt));
          const endless = { ...topic, size: 99, window: 99 * DAY };
          const membersOf = (id: StoryId) => stories.get(id) ?? [];
          const context = { publishers, membersOf };
          const held = holding(query, matched, membersOf, publishers);
          return new Set(curate(endless, held, context).entries.map(({ story }) => story as string));
        };
        const [old, fresh] = [shownBy(before), shownBy(after)];

        const found = preview(before, after, items);

        expect(new Set(found.added.stories.map(({ story }) => story as string))).toEqual(fresh.difference(old));
        expect(new Set(found.removed.stories.map(({ story }) => story as string))).toEqual(old.difference(fresh));
        expect(found.unchanged).toBe(old.intersection(fresh).size);
        for (const { story, keptOutBy } of found.nearMisses.stories) {
          expect(keptOutBy).toHaveLength(1);
          expect(old.has(story) || fresh.has(story)).toBe(false);
        }
        expect(preview(before, after, items.toReversed())).toEqual(found);
      },
    ),
    { numRuns: 500 },
  );
});

test("the same rule twice changes nothing", () => {
  const found = preview(rule("goldpreis"), rule("goldpreis"), all);

  expect(found).toMatchObject({ before: 2, after: 2, unchanged: 2, added: { total: 0 }, removed: { total: 0 } });
});

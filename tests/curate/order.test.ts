import { describe, expect, test } from "vitest";
import { curate } from "../../src/curate/curate.ts";
import { publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

const PAPERS = Array.from({ length: 9 }, (_, n) => `blatt-${n}`);
const publishers = PAPERS.map((id) => ({ id: publisherId(id), title: id, rank: 1 }));

const TOPIC: Topic = {
  ...{ id: topicId("energie"), title: "Energie", description: "", language: "de", query: "*", order: "coverage" },
  ...{ size: 10, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {} },
};

/** A story that so many publishers tell, all at once. */
const story = (id: string, hoursAgo: number, tellers: number): readonly Placed[] =>
  PAPERS.slice(0, tellers).map((publisher, n) =>
    aPlaced({ id: `${id}${n}`, story: id, publisher, arrivedAt: NOON - hoursAgo * HOUR }),
  );

const stories = (items: readonly Placed[], topic: Partial<Topic> = {}) =>
  curate({ ...TOPIC, ...topic }, items, { publishers }).entries.map((entry) => entry.story);

describe("by weight of coverage", () => {
  test("what more publishers tell comes first, and the newer of equals", () => {
    expect(stories([...story("few", 1, 2), ...story("many", 2, 5), ...story("new", 0, 2)])).toEqual([
      "many",
      "new",
      "few",
    ]);
  });

  test("half a day costs half the weight", () => {
    expect(stories([...story("old", 12, 3), ...story("new", 0, 2)])).toEqual(["new", "old"]);
    expect(stories([...story("old", 12, 5), ...story("new", 0, 2)])).toEqual(["old", "new"]);
  });

  test("two items of one publisher are one", () => {
    const twice = [
      ...story("twice", 1, 1),
      aPlaced({ id: "t", story: "twice", publisher: "blatt-0", arrivedAt: NOON }),
    ];

    expect(stories([...twice, ...story("two", 1, 2)])).toEqual(["two", "twice"]);
  });

  test("members that the query does not match count", () => {
    const [first, ...others] = story("s", 2, 4) as [Placed, ...Placed[]];
    const { entries } = curate(TOPIC, [first, ...story("t", 1, 2)], {
      publishers,
      membersOf: (id) => (id === first.decision.story ? others : []),
    });

    expect(entries.map((entry) => entry.story)).toEqual(["s", "t"]);
  });

  test("the size keeps the weightiest, and the most of one publisher its weightiest", () => {
    const items = [...story("few", 1, 1), ...story("many", 2, 5), ...story("some", 3, 3)];

    expect(stories(items, { size: 2 })).toEqual(["many", "some"]);
    expect(stories(items, { mostPerPublisher: 1 })).toEqual(["many"]);
  });

  test("the moment at which it is asked does not matter, only the topic's newest item", () => {
    const items = [...story("old", 12, 3), ...story("new", 0, 2)];
    const at = (now: number) => curate(TOPIC, items, { publishers, now });

    expect(at(NOON + 5 * DAY)).toEqual(at(NOON));
  });
});

test("newest first is the default, and the editors' order without pins", () => {
  const { order: _, ...plain } = TOPIC;
  const items = [...story("old", 5, 5), ...story("new", 1, 1)];

  expect(curate(plain, items, { publishers }).entries.map((entry) => entry.story)).toEqual(["new", "old"]);
  expect(stories(items, { order: "newest" })).toEqual(["new", "old"]);
  expect(stories(items, { order: "editor" })).toEqual(["new", "old"]);
});

test("who leads what there is no room for is never asked", () => {
  let read = 0;
  const counted = ({ item, decision }: Placed): Placed => ({
    decision,
    item: {
      ...item,
      get authors() {
        read += 1;
        return [];
      },
    },
  });
  const items = Array.from({ length: 300 }, (_, n) => story(`s${n}`, n, 3)).flat();

  expect(stories(items.map(counted), { order: "newest", size: 4, mostPerPublisher: 5 })).toHaveLength(4);

  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(20);
});

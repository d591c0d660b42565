import { expect, test } from "vitest";
import { curate } from "../../src/curate/curate.ts";
import { publisherId, type StoryId, storyId, topicId } from "../../src/model/ids.ts";
import type { Placed, Related } from "../../src/model/news.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { aPlaced, NOON, type Wanted } from "../query/a-placed.ts";

const publishers = ["abendblatt", "kurier"].map((id, rank) => ({ id: publisherId(id), title: id, rank }));
const TOPIC: Topic = {
  ...{ id: topicId("seefahrt"), title: "Seefahrt", description: "", language: "de", query: "fähre" },
  ...{ size: 10, window: 7 * DAY, oneEntryAStory: true, minimumPublishers: 1, ranks: {}, related: true },
};

const told = (wanted: Wanted, ...related: readonly string[]): Placed => {
  const { item, decision } = aPlaced(wanted);
  const named: readonly Related[] = related.map((story) => ({ story: storyId(story), shared: ["Fähre"] }));
  return { item, decision: { ...decision, ...(named.length > 0 && { related: named }) } };
};

/** Two publishers told the earlier story, which was once "before". */
const EARLIER = [
  aPlaced({ id: "k", publisher: "kurier", story: "earlier", title: "Fähre strandet", arrivedAt: NOON - 3 * DAY }),
  aPlaced({
    id: "a",
    publisher: "abendblatt",
    story: "earlier",
    title: "Uthlande auf Grund",
    arrivedAt: NOON - 2 * DAY,
  }),
];
const membersOf = (id: StoryId): readonly Placed[] => (id === "earlier" || id === "before" ? EARLIER : []);
const now = told(
  { id: "n", story: "s", title: "Seeamt untersucht", arrivedAt: NOON - HOUR },
  "before",
  "earlier",
  "gone",
  "s",
);

const show = (topic: Partial<Topic>, ...items: readonly Placed[]) =>
  curate({ ...TOPIC, ...topic }, items, { publishers, membersOf }).entries[0];

test("an entry names an earlier story once, by its living id and as its best publisher has it", () => {
  expect(show({}, now)?.related).toEqual([{ story: "earlier", title: "Uthlande auf Grund" }]);
});

test("earlier stories are named only where the topic wants them, and make no entry newer", () => {
  const { related, ...rest } = show({}, now) ?? {};

  expect(related).toBeDefined();
  expect(show({ related: false }, now)).toEqual(rest);
});

test("an entry without earlier stories names none", () => {
  expect(show({}, told({ id: "n", story: "s", arrivedAt: NOON }, "gone"))).not.toHaveProperty("related");
});

import { expect, test } from "vitest";
import { previewer, tellersNeeded } from "../../src/curate/curate.ts";
import { type Editing, NO_EDITING, pointedAt } from "../../src/model/editing.ts";
import type { StoryId } from "../../src/model/ids.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { type CompiledTopic, compileTopic, curateCorrections, curateTopicInSteps } from "../../src/road.ts";
import { NOON } from "../query/a-placed.ts";
import { aFeed, aPublisher, aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { aBusyDesk, PUBLISHERS } from "../workers/busy-desk.ts";

const ITEMS = aBusyDesk(5000, 10 * DAY);
const STORIES = Map.groupBy(ITEMS, ({ decision }) => decision.story);
const membersOf = (story: StoryId) => STORIES.get(story) ?? [];
const publishers = PUBLISHERS.map((id) => aPublisher(id));
using folder = temporaryFolder();
const settings = testSettings({
  ...{ dataDir: folder.path, publishers },
  feeds: PUBLISHERS.map((id) => aFeed(`${id}-alles`, id, `https://${id}.example/feed`)),
});
const act = (n: number) =>
  ITEMS.filter((_, at) => at % n === 0).map((placed) => ({ ...pointedAt(placed), by: "anna", at: NOON }));
const editing: Editing = { ...NO_EDITING, pins: act(500), spikes: act(50) };
const readers = {
  announced: [{ iri: "urn:told", items: ITEMS.slice(0, 500).map(({ item }) => item.id) }],
  now: NOON,
  editing,
};

function large(query: string, more: Partial<Topic> = {}): CompiledTopic {
  const compiled = compileTopic(aTopic("alles", query, { size: 500, window: 30 * DAY, ...more }), {});
  if ("kind" in compiled) throw new Error(compiled.message);
  return compiled;
}

/** How much of all its processor time the longest step of a making takes. */
function longestShare(steps: Iterator<void>): number {
  let [longest, all] = [0, 0];
  for (let isDone: boolean | undefined; !isDone; ) {
    const before = process.threadCpuUsage();
    isDone = steps.next().done;
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, user + system);
    all += user + system;
  }
  return longest / all;
}

function preview(before: CompiledTopic, after: CompiledTopic): Iterator<void> {
  const { take, preview: compare } = previewer(before, after);
  for (const placed of ITEMS) take(placed);
  return compare({ publishers, membersOf, editing });
}

const choose = (compiled: CompiledTopic) => () => curateTopicInSteps(compiled, ITEMS, membersOf, settings, readers);

test.each<[string, () => Iterator<void>]>([
  ["its newest stories", choose(large("*"))],
  ["few of each publisher", choose(large("*", { mostPerPublisher: 20, order: "coverage" }))],
  ["what waits and what is old", choose(large("*", { hold: 10 * MINUTE, editedAt: NOON - DAY }))],
  ["each item", choose(large("*", { oneEntryAStory: false, related: true }))],
  ["what many tell", choose(large("story.publishers>=3"))],
  ["digests", choose(large("*", { digest: { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 50 } }))],
  ["corrections", () => curateCorrections(large("is:lead"), ITEMS, membersOf, settings, readers)],
  [
    "how deep it has to be read",
    () => tellersNeeded(large("is:lead"), ITEMS, { publishers, membersOf, ...readers }, NOON - 11 * DAY - HOUR),
  ],
  ["what an edit would do", () => preview(large("*"), large("*", { minimumPublishers: 2 }))],
])("while a large topic is made others have their turns: %s", (_, begin) => {
  // memory may be tidied in one of the steps
  const shares = Array.from({ length: 5 }, () => longestShare(begin()));

  expect(Math.min(...shares)).toBeLessThan(1 / 2);
});

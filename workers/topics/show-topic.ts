import type { Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { Instant } from "../../src/model/time.ts";
import type { Topic, TopicEntry } from "../../src/model/topic.ts";
import { asksOfStory } from "../../src/query/query.ts";
import { type CompiledTopic, curateTopic, type MembersOf, type Readers } from "../../src/road.ts";
import { shown } from "../shown.ts";

/** What a topic's feeds tell now, newest arrival first, and before it what waits for a better copy: for editors, in local time. */
export function showTopic(
  compiled: CompiledTopic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  readers: Readers,
): readonly string[] {
  const { topic } = compiled;
  const { entries, heldUntil: nextDigest } = curateTopic(compiled, matched, membersOf, settings, readers);
  const waiting = topic.hold === undefined ? [] : waitingStories();
  const lines = [
    ...waiting.map(waitingLine),
    ...keptStill().map(stillLine),
    ...entries.map((entry) => lineOf(entry, entry.because)),
  ];
  return lines.length === 0 ? [nothing(compiled, matched, nextDigest)] : lines;

  /** Each story by itself: what waits of it, till when; and who would lead it if it did not. */
  function waitingStories() {
    const stories = [...Map.groupBy(matched, ({ decision }) => decision.story).values()];
    return stories.flatMap((items) => {
      const { heldUntil } = curateTopic(compiled, items, membersOf, settings, readers);
      const [entry] = curateTopic(compiled, items, membersOf, settings).entries;
      return heldUntil === undefined || entry === undefined ? [] : [{ heldUntil, entry }];
    });
  }

  /** What the feeds would tell, had the topic's rules always been these. */
  function keptStill(): readonly TopicEntry[] {
    const { editedAt, ...unedited } = topic;
    if (editedAt === undefined) return [];
    const all = curateTopic({ ...compiled, topic: unedited }, matched, membersOf, settings, readers).entries;
    return all.filter(({ lead, story }) =>
      entries.every((one) => one.lead.item.id !== lead.item.id && (!topic.oneEntryAStory || one.story !== story)),
    );
  }

  function stillLine(entry: TopicEntry): string {
    const since = localTime.format(topic.editedAt);
    return lineOf(entry, `stays out of the feeds, the page shows it: it came before the rule was edited (${since})`);
  }

  function waitingLine({ heldUntil, entry }: ReturnType<typeof waitingStories>[number]): string {
    const { publisher } = entry.lead.item;
    const who = settings.publishers.find(({ id }) => id === publisher)?.title ?? publisher;
    return lineOf(entry, `waits until ${clock.format(heldUntil)} for a better copy than ${who}'s`);
  }

  function lineOf(entry: TopicEntry, why: string): string {
    const { story, lead } = entry;
    const arrived = localTime.format(arrivalOf(topic, entry, matched));
    return `${arrived}  story ${story}  item ${lead.item.id}  ${shown(lead.item.title)}\n${" ".repeat(21)}${shown(why)}`;
  }
}

/** Swedes write "2026-11-23 15:27:05". */
const localTime = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat("sv-SE", { timeStyle: "medium" });

/** Of the first that matched: it gives an entry its place. */
function arrivalOf({ oneEntryAStory }: Topic, { story, lead }: TopicEntry, matched: readonly Placed[]): Instant {
  const told = matched.filter(
    (one) => one.decision.story === story && (oneEntryAStory || textOf(one) === textOf(lead)),
  );
  return told.reduce((first, { item }) => Math.min(first, item.arrivedAt), lead.item.arrivedAt);
}

const textOf = ({ item, decision }: Placed) => decision.copyOf ?? item.id;

function nothing(
  { topic, query: asked }: CompiledTopic,
  { length }: readonly Placed[],
  nextDigest: Instant | undefined,
): string {
  const { id, query, minimumPublishers, digest } = topic;
  if (length === 0)
    return `${id} has nothing yet: no item matched ${query}, or Ressort was not restarted since the topic was written`;
  if (digest !== undefined && nextDigest !== undefined)
    return `${id} has nothing yet: its next digest is made at ${localTime.format(nextDigest)}, of what has come by then: ${length} items until now`;
  return asksOfStory(asked)
    ? `${id} has nothing yet: of ${length} items that were looked at none has a story as ${query} asks for`
    : `${id} has nothing yet: ${length} items matched, but no story of theirs has ${minimumPublishers} publishers`;
}

import type { Publisher } from "../model/feed.ts";
import type { PublisherId, StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Announcement, Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { type Election, election, firstFirst } from "./election.ts";
import { type Group, groupsOf } from "./groups.ts";
import { type Known, knownOf } from "./known.ts";
import { withRelated } from "./related.ts";

export { correctionsOf } from "./corrections.ts";
export { creditReader } from "./credit.ts";
export { withDeletions } from "./deleted.ts";
export { announcementsOf } from "./known.ts";

export interface CurateContext {
  readonly publishers: readonly Publisher[];
  /**
   * All items of a story, also those that the topic's query does not match: their publishers count towards
   * `minimumPublishers`, and a story's entry names them among its others.
   */
  readonly membersOf?: (story: StoryId) => readonly Placed[];
  /** as what the topic's readers know its stories, the newest first */
  readonly announced?: readonly Announcement[];
  /** whom a wait for a better copy keeps back is decided for this moment; absent: nobody */
  readonly now?: Instant;
}

/**
 * What a topic shows of the items that match it, in whatever order they are given: each story once, newest first by its
 * first arrival. A story leaves when its first arrival leaves the window, so no entry is ever dated or placed anew.
 */
export function curate(topic: Topic, candidates: readonly Placed[], context: CurateContext): TopicFeed {
  const { elect, ripeAt } = election(topic, context.publishers);
  const known = knownOf(context.announced ?? []);
  const told = groupsOf(topic, candidates, context.membersOf).filter(
    ({ story }) => publishersOf(story).size >= topic.minimumPublishers,
  );
  const waiting = topic.hold === undefined ? NOBODY : waitingUntil(told, known, ripeAt, context.now);
  const shown = inWindow(topic, told, candidates, waiting).sort((a, b) => firstFirst(a.first, b.first));
  const iris = known.irisOf(shown);
  const all = shown.flatMap((group) => entryOf(group, iris.get(group) ?? group.iri, elect) ?? []).reverse();
  const entries = fairly(all, topic.mostPerPublisher)
    .slice(0, topic.size)
    .map((entry) => withRelated(topic, entry, context.membersOf ?? (() => []), elect));
  const updatedAt = entries.reduce((latest, entry) => Math.max(latest, entry.updatedAt), 0);
  return { topic, entries, updatedAt, ...(waiting.size > 0 && { heldUntil: Math.min(...waiting.values()) }) };
}

const NOBODY: ReadonlyMap<Group, Instant> = new Map();

const publishersOf = (items: readonly Placed[]): ReadonlySet<PublisherId> =>
  new Set(items.map(({ item }) => item.publisher));

/** What readers know already waits for nothing. */
function waitingUntil(
  groups: readonly Group[],
  known: Known,
  ripeAt: Election["ripeAt"],
  now: Instant = Number.POSITIVE_INFINITY,
): ReadonlyMap<Group, Instant> {
  const unknown = groups.filter((group) => !known.isAnnounced(group));
  const ends = unknown.map((group) => [group, ripeAt(group.candidates)] as const);
  return new Map(ends.filter(([, end]) => end > now));
}

/** What waits does not yet push out what is old. */
function inWindow(
  { window }: Topic,
  groups: readonly Group[],
  candidates: readonly Placed[],
  waiting: ReadonlyMap<Group, Instant>,
): Group[] {
  const kept = new Set([...waiting.keys()].flatMap((group) => group.candidates));
  const newest = candidates.reduce((latest, one) => (kept.has(one) ? latest : Math.max(latest, one.item.arrivedAt)), 0);
  return groups.filter((group) => !waiting.has(group) && group.first.item.arrivedAt >= newest - window);
}

/** Enough to show that many tell it; the story's page has the rest. */
const MOST_OTHERS = 20;

function entryOf(group: Group, iri: string, elect: Election["elect"]): TopicEntry | undefined {
  const elected = elect(group.candidates, group.members);
  if (!elected) return undefined;
  const { lead, others, because } = elected;
  const publishedAt = dateOf(group.first);
  const updatedAt = Math.max(lead.item.revisedAt ?? 0, lead.item.arrivedAt, lead.decision.leadsSince ?? 0, publishedAt);
  const { story } = lead.decision;
  return { iri, story, lead, others: others.slice(0, MOST_OTHERS), publishedAt, updatedAt, because };
}

/** Some publishers date items in the future; arrival bounds it. */
const dateOf = ({ item }: Placed): Instant => Math.min(item.publishedAt ?? item.arrivedAt, item.arrivedAt);

/** The newest that each publisher leads, where a topic bounds them. */
function fairly(entries: readonly TopicEntry[], most = Number.POSITIVE_INFINITY): readonly TopicEntry[] {
  const led = new Map<PublisherId, number>();
  return entries.filter(({ lead: { item } }) => {
    const count = (led.get(item.publisher) ?? 0) + 1;
    led.set(item.publisher, count);
    return count <= most;
  });
}

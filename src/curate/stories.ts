import { NO_EDITING } from "../model/editing.ts";
import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { type Acts, actsOf } from "./acts.ts";
import type { CurateContext } from "./context.ts";
import { type Election, election } from "./election.ts";
import { type Group, groupsOf } from "./groups.ts";
import { holdingInSteps } from "./holding.ts";
import type { Rule } from "./judge.ts";
import { knownOf } from "./known.ts";
import { fairly, inOrder, oldestFirst, publishersOf, type Standing } from "./order.ts";
import type { Period } from "./period.ts";
import { withRelated } from "./related.ts";
import { type Readers, waitingUntil, withoutOldNews } from "./waiting.ts";

/** For a digest: what came into the topic in this time, the most told first. */
export interface Extract extends Pick<Period, "from" | "to"> {
  readonly stories: number;
}

/** A topic's stories, of the items that match it, step by step: others have their turns in between. */
export function* storiesOf(
  topic: Topic,
  candidates: readonly Placed[],
  context: CurateContext,
  extract?: Extract,
): Generator<void, TopicFeed> {
  const { membersOf = () => [] } = context;
  const { standings, acts, waiting, irisOf, elect, leadOf } = yield* choice(topic, candidates, context, extract);
  yield;
  const iris = irisOf();
  const entries: TopicEntry[] = [];
  for (const one of standings) {
    yield;
    const entry = entryOf(one, iris.get(one.group) ?? one.group.iri, elect);
    if (entry !== undefined) entries.push(withRelated(topic, entry, membersOf, leadOf));
  }
  const updatedAt = entries.reduce((latest, entry) => Math.max(latest, entry.updatedAt), acts.lastAt);
  const heldUntil = Math.min(acts.pinsUntil, ...waiting.values());
  return { topic, entries, updatedAt, ...(heldUntil < Number.POSITIVE_INFINITY && { heldUntil }) };
}

/** What a topic shows, in its order; nothing of it is told yet. */
export function* choice(topic: Topic, candidates: readonly Placed[], context: CurateContext, extract?: Extract) {
  const { elect, leadOf, ripeAt } = election(topic, context.publishers);
  const { announced = [] } = context;
  const known = knownOf(announced);
  const readers: Readers | undefined = context.announced && { announced, isAnnounced: known.isAnnounced, ripeAt };
  const { acts, standings } = yield* standing(topic, candidates, context);
  const told = withoutOldNews(topic, standings, readers);
  const waiting = waitingUntil(topic, told, readers, context.now);
  yield;
  const newest = newestOf(candidates, waiting);
  const shown = told
    .filter((one) => !waiting.has(one))
    .filter(extract === undefined ? inWindow(topic, newest) : inExtract(extract));
  yield;
  const ordered = inOrder(extract === undefined ? topic : { order: "coverage", isAgeless: true }, shown);
  const room = { size: extract?.stories ?? topic.size, most: topic.mostPerPublisher };
  return {
    standings: yield* fairly(ordered, ({ group }) => leadOf(group.candidates), room),
    irisOf: () => known.irisOf(shown.toSorted(oldestFirst).map(({ group }) => group)),
    ...{ acts, waiting, newest, elect, leadOf },
  };
}

/** Each of these items as who leads its story; what is gone or spiked is left out. */
export function* storiesLedBy(
  items: readonly ItemId[],
  topic: Topic,
  candidates: readonly Placed[],
  context: CurateContext,
): Generator<void, readonly TopicEntry[]> {
  const { elect } = election(topic, context.publishers);
  const { standings } = yield* standing({ ...topic, minimumPublishers: 1 }, candidates, context);
  const byItem = new Map(standings.flatMap((one) => one.group.candidates.map(({ item }) => [item.id, one])));
  return items.flatMap((id) => {
    const one = byItem.get(id);
    if (one === undefined) return [];
    const led = one.group.candidates.filter(({ item }) => item.id === id);
    return entryOf({ ...one, group: { ...one.group, candidates: led } }, one.group.iri, elect) ?? [];
  });
}

/** The topic's items of which it may speak at this moment: not of those that editors spiked, or keep until later. */
export function* tellable(
  { topic, query }: Rule,
  matched: readonly Placed[],
  context: CurateContext,
): Generator<void, readonly Placed[]> {
  const { now = Number.POSITIVE_INFINITY } = context;
  const held = yield* holdingInSteps(query, matched, context.membersOf, context.publishers);
  const { standings } = yield* standing({ ...topic, minimumPublishers: 1 }, held, context);
  const told = new Set(
    standings.flatMap(({ group, embargo = 0 }) => (embargo > now ? [] : group.candidates.map(({ item }) => item.id))),
  );
  return held.filter(({ item }) => told.has(item.id));
}

/** The groups that may be shown at some time, with what editors did to them. */
function* standing(topic: Topic, candidates: readonly Placed[], context: CurateContext) {
  const groups = yield* groupsOf(topic, candidates, context.membersOf);
  const acts = actsOf(topic, context.editing ?? NO_EDITING, groups, context.now ?? Number.POSITIVE_INFINITY);
  const standings: Standing[] = [];
  for (const group of groups) {
    yield;
    if (acts.isSpiked(group)) continue;
    const one = standingOf(group, acts);
    if (one.pin !== undefined || isToldBy(topic.minimumPublishers, group)) standings.push(one);
  }
  return { acts, standings };
}

const isToldBy = (publishers: number, { story }: Group): boolean =>
  story.length >= publishers && (publishers <= 1 || publishersOf(story).size >= publishers);

function standingOf(group: Group, acts: Acts): Standing {
  const [pin, title, embargo] = [acts.pinOf(group), acts.titleOf(group), acts.embargoOf(group)];
  return {
    group,
    since: Math.max(group.first.item.arrivedAt, embargo ?? 0),
    changedAt: acts.changedAt(group),
    ...(embargo !== undefined && { embargo }),
    ...(pin !== undefined && { pin }),
    ...(title !== undefined && { title }),
  };
}

/** What waits does not yet push out what is old. */
function newestOf(candidates: readonly Placed[], waiting: ReadonlyMap<Standing, Instant>): Instant {
  const kept = new Set([...waiting.keys()].flatMap(({ group }) => group.candidates));
  return candidates.reduce((latest, one) => (kept.has(one) ? latest : Math.max(latest, one.item.arrivedAt)), 0);
}

/** Pins stay. */
const inWindow =
  ({ window }: Topic, newest: Instant) =>
  ({ since, pin }: Standing): boolean =>
    pin !== undefined || since >= newest - window;

const inExtract =
  ({ from, to }: Extract) =>
  ({ since }: Standing): boolean =>
    since >= from && since < to;

/** Enough to show that many tell it; the story's page has the rest. */
const MOST_OTHERS = 20;

function entryOf(
  { group, changedAt, embargo = 0, pin, title }: Standing,
  iri: string,
  elect: Election["elect"],
): TopicEntry | undefined {
  const elected = elect(group.candidates, group.members);
  if (!elected) return undefined;
  const { lead, others, because } = elected;
  const { item, decision } = lead;
  // many readers sort by this date: what was kept until then would be buried where nobody looks
  const publishedAt = Math.max(dateOf(group.first), embargo);
  const updatedAt = Math.max(item.revisedAt ?? 0, item.arrivedAt, decision.leadsSince ?? 0, publishedAt, changedAt);
  return {
    ...{ iri, story: decision.story, lead, others: others.slice(0, MOST_OTHERS), publishedAt, updatedAt, because },
    ...(title !== undefined && { title }),
    ...(pin !== undefined && { pinned: true }),
  };
}

/** Some publishers date items in the future; arrival bounds it. */
const dateOf = ({ item }: Placed): Instant => Math.min(item.publishedAt ?? item.arrivedAt, item.arrivedAt);

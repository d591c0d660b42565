import { STREAM_START } from "../../src/adapters/desk-store.ts";
import type { Move, SettledTopic } from "../../src/adapters/membership-store.ts";
import type { ItemId, TopicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { FORMATS } from "../../src/model/published.ts";
import { type Instant, MINUTE } from "../../src/model/time.ts";
import { type CompiledTopic, topicsFor } from "../../src/road.ts";
import type { World } from "../world.ts";
import { fingerprinter, haveSameMembers, haveSameRules } from "./fingerprint.ts";
import { livingPath, successorOf, type TopicList, writtenAt } from "./topic-list.ts";

/**
 * Brings members and documents in line with the topics of this moment: a topic that asks for something else gets its
 * members anew, one that is gone leaves nothing behind, and what documents say is rendered again.
 *
 * The desk does it, a batch of items at a time between two of its commits, so that news go on meanwhile: by then the
 * desk places by the new rules, and what it has `decided` since is entered last. All that is written goes under its
 * fence. Fresh members take the place of the old ones in one step with the rules that they were made by, and until
 * then nothing is published by these rules: a desk that dies on the way has begun nothing.
 */
export async function* refill(
  world: World,
  list: TopicList,
  fence: number,
  decided: ReadonlySet<ItemId>,
): AsyncGenerator<void, void> {
  const { memberships, items, log, queues } = world;
  const [made, told, begun] = [await memberships.rules(), await toldUntil(world), await memberships.begunEdits()];
  const plan = planOf(world, list, { made, told, begun });
  const anew = plan.settled.flatMap(({ topic, isAnew }) => (isAnew ? topic : []));
  if (anew.length > 0) {
    const topicsOf = topicsFor(anew.flatMap((id) => list.byId.get(id) ?? []));
    if (!(await memberships.begin(fence, plan.settled))) return;
    for await (const batch of items.all()) {
      if (
        !(await memberships.enter(
          fence,
          anew,
          batch.map((one) => entering(one, topicsOf)),
        ))
      )
        return;
      yield;
    }
    const placed = await items.placed([...decided]);
    const gone = decided.difference(new Set(placed.map(({ item }) => item.id)));
    const last = [...placed.map((one) => entering(one, topicsOf)), ...[...gone].map(withdrawn)];
    if (!(await memberships.enter(fence, anew, last))) return;
  }
  // without a yield in between: nothing may be decided after the last entering
  if (!(await memberships.settle(fence, plan.settled, await movesOf(world, list, plan.settled)))) return;
  for (const [topic, into] of plan.gone) {
    const note = { at: world.now(), ...(into !== undefined && { into }) };
    const paths = [...documentPaths(topic), ...(await world.documents.archivesOf(topic))];
    if (!(await memberships.drop(fence, topic, note, paths))) return;
  }
  const changed = plan.settled.map(({ topic }) => topic);
  if (changed.length > 0) await queues.askForPublishing(changed);
  if (changed.length + plan.gone.size > 0)
    log.info({ changed: changed.length, anew: anew.length, gone: plan.gone.size }, "desk.topics");
}

/** Of the news that wait for the desk. */
const UNREAD = 500;

/** What a topic that waits to be rendered has not told yet is no older, as a rule. */
const UNTOLD = MINUTE;

/** All that had arrived by then was told by the old rules: not what waits for the desk, nor what it decided just now. */
async function toldUntil({ desk, documents, redis, keys, now }: World): Promise<(topic: TopicId) => Instant> {
  const unread = await desk.news((await redis.hget(keys.desk, "position")) ?? STREAM_START, UNREAD, 0);
  const arrivals = unread.flatMap(({ entry }) => (entry?.kind === "new" ? entry.item.arrivedAt : []));
  const decided = Math.min(now(), ...arrivals);
  const waiting = new Set(await documents.touched());
  return (topic) => (waiting.has(topic) ? decided - UNTOLD : decided);
}

interface Before {
  /** what each topic's members were made with */
  readonly made: Readonly<Record<TopicId, string>>;
  /** by the old rules */
  readonly told: (topic: TopicId) => Instant;
  /** by a desk that did not come to the end of it */
  readonly begun: Awaited<ReturnType<World["memberships"]["begunEdits"]>>;
}

function planOf({ settings }: World, list: TopicList, { made, told, begun }: Before) {
  const lost = (Object.keys(made) as TopicId[]).filter((id) => !list.byId.has(id) && !list.broken.has(id));
  const gone = new Map(lost.map((id) => [id, successorOf(list, id)]));
  const formerly = new Map([...gone].flatMap(([id, into]) => (into === undefined ? [] : [[into, id]])));
  const fingerprint = fingerprinter(settings);
  const settled = list.compiled.flatMap((compiled): readonly SettledTopic[] => {
    const { id: topic } = compiled.topic;
    const rules = fingerprint(compiled);
    const [last, from] = [made[topic], made[topic] === undefined ? formerly.get(topic) : undefined];
    if (last === rules) return [];
    const known = last ?? made[from ?? topic];
    const editedAt = begun({ topic, rules }) ?? Math.min(told(topic), writtenAt(list, topic));
    return [
      {
        ...{ topic, rules, isAnew: last === undefined || !haveSameMembers(last, rules) },
        ...(known !== undefined && !haveSameRules(known, rules) && { editedAt }),
        ...(from !== undefined && { from }),
      },
    ];
  });
  return { settled, gone };
}

/** The feeds of renamed topics, as their readers have them, and their archives. */
async function movesOf(
  { documents }: World,
  list: TopicList,
  settled: readonly SettledTopic[],
): Promise<readonly Move[]> {
  const formerly = settled.flatMap(({ from }) => from ?? []);
  const archives = await Promise.all(formerly.map((topic) => documents.archivesOf(topic)));
  return [...formerly.flatMap(documentPaths), ...archives.flat()].flatMap((path) => {
    const to = livingPath(list, path);
    return to === undefined || to === path ? [] : [[path, to] as const];
  });
}

const entering = (placed: Placed, topicsOf: (placed: Placed) => readonly CompiledTopic[]) => ({
  item: placed.item.id,
  arrivedAt: placed.item.arrivedAt,
  topics: topicsOf(placed).map(({ topic }) => topic.id),
});

const withdrawn = (item: ItemId) => ({ item, arrivedAt: 0, topics: [] });

/** A topic that is gone can no longer say whether it was a section's. */
const documentPaths = (topic: TopicId): readonly string[] =>
  ["topics", "sections"].flatMap((place) =>
    FORMATS.flatMap((format) => [`${place}/${topic}.${format}`, `${place}/${topic}/corrections.${format}`]),
  );

import { compressed } from "../src/adapters/compress.ts";
import type { Placed } from "../src/model/news.ts";
import type { Topic } from "../src/model/topic.ts";
import { type MembersOf, republish, republishCorrections } from "../src/road.ts";
import type { World } from "./world.ts";

/** Matches a topic feed is chosen from: many items may tell the same story, so more than its size. */
export const CANDIDATES = 1000;
/** Of one story so many count; it has the others too, for the first of them dates it and the best leads it. */
export const CANDIDATES_A_STORY = 20;
/** Members of a story that may lead it or be named; the largest stories have about a hundred. */
const MEMBERS = 50;

/**
 * Renders one topic: its items, curated, written in all formats, checked, compressed, swapped in together. A document
 * that fails the check leaves the last good one where it is.
 */
export async function publishTopic(world: World, topic: Topic): Promise<number> {
  const timed = world.metrics.renderDuration.startTimer();
  const touchCount = await world.documents.touchCount(topic.id);
  const candidates = await world.items.ofTopic(topic.id, CANDIDATES, CANDIDATES_A_STORY);
  // a Redis that lost everything must not empty what readers have: the last good documents stay until news come in
  if (candidates.length === 0 && (await world.items.count()) === 0) return 0;
  const before = await world.documents.announced(topic.id);
  const members = await membersOf(world, candidates, topic);
  const withdrawn = await world.items.withdrawnFrom(topic.id);
  const readers = { announced: before, now: world.now(), withdrawn };
  const { publishings, announced, heldUntil } = republish(topic, candidates, members, world.settings, readers);

  const documents = [];
  for (const publishing of [...publishings, ...republishCorrections(topic, candidates, world.settings)]) {
    if (publishing.kind === "refused") {
      world.metrics.refusals.inc();
      world.log.error({ path: publishing.path, why: publishing.why.slice(0, 5) }, "publish.refused");
      continue;
    }
    const { document } = publishing;
    if (document.leftOut.length > 0)
      world.log.warn({ path: document.path, leftOut: document.leftOut.slice(0, 5) }, "publish.left-out");
    documents.push(await compressed(document));
  }
  const changed = await world.documents.swap({
    ...{ topic: topic.id, touchCount, documents },
    announced: publishings.every(({ kind }) => kind === "refused") ? before : announced,
    ...(heldUntil !== undefined && { heldUntil }),
  });
  world.metrics.renders.inc({ changed: String(changed > 0) });
  timed();
  return changed;
}

/** Who tells the candidates' stories and, where the topic names them, the earlier ones to which they refer. */
export async function membersOf(world: World, candidates: readonly Placed[], topic: Topic): Promise<MembersOf> {
  const decisions = candidates.map(({ decision }) => decision);
  const earlier = topic.related === true ? decisions.flatMap(({ related = [] }) => related) : [];
  const living = await world.desk.living(earlier.map(({ story }) => story));
  const stories = new Set([...decisions.map(({ story }) => story), ...living.values()]);
  const members = await world.items.ofStories([...stories], MEMBERS);
  return (story) => members.get(living.get(story) ?? story) ?? [];
}

import type { TopicId } from "../src/model/ids.ts";
import { FORMATS } from "../src/model/published.ts";
import { type CompiledTopic, fingerprint, topicsFor } from "../src/road.ts";
import type { World } from "./world.ts";

/**
 * Topics whose rules changed in config/ get their members anew, topics that left it leave nothing behind, and a new
 * address or title of the site renders everything again.
 */
export async function refillChangedTopics(world: World, topics: readonly CompiledTopic[]): Promise<void> {
  const topicsOf = topicsFor(topics);
  const rules = { ...(await world.documents.rules()) };
  const changed = topics.filter(({ topic }) => rules[topic.id] !== fingerprint(topic, world.settings));
  const members = new Map(changed.map(({ topic }) => [topic.id, [] as { item: string; arrivedAt: number }[]]));
  if (changed.length > 0)
    for await (const batch of world.items.all()) {
      const placements = batch.map((placed) => ({ placed, topics: topicsOf(placed) }));
      for (const { placed, topics: inTopics } of placements)
        for (const { topic } of inTopics)
          members.get(topic.id)?.push({ item: placed.item.id, arrivedAt: placed.item.arrivedAt });
      await world.items.retopic(
        placements.map(({ placed, topics: inTopics }) => ({
          item: placed.item.id,
          topics: inTopics.map(({ topic }) => topic.id),
        })),
      );
    }

  for (const { topic } of changed)
    await world.documents.refill(topic.id, fingerprint(topic, world.settings), members.get(topic.id) ?? []);
  for (const { topic } of topics) delete rules[topic.id];
  for (const gone of Object.keys(rules) as TopicId[]) await world.documents.drop(gone, documentPaths(gone));

  if (changed.length > 0) await world.queues.askForPublishing(changed.map(({ topic }) => topic.id));
}

/** A topic that is gone can no longer say whether it was a section's. */
const documentPaths = (topic: TopicId): readonly string[] =>
  ["topics", "sections"].flatMap((place) =>
    FORMATS.flatMap((format) => [`${place}/${topic}.${format}`, `${place}/${topic}/corrections.${format}`]),
  );

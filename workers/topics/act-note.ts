import { voicesOf } from "../../src/curate/curate.ts";
import type { ActKind } from "../../src/model/editing.ts";
import type { Publisher } from "../../src/model/feed.ts";
import type { Placed } from "../../src/model/news.ts";
import { matches, storyFacts } from "../../src/query/query.ts";
import type { CompiledTopic } from "../../src/road.ts";

/**
 * What an editor should know who does something to a story that the topic's query does not take: a slip, or a wish.
 * @param members all items of its story
 */
export function noteOnAct(
  kind: ActKind,
  compiled: CompiledTopic,
  placed: Placed,
  members: readonly Placed[],
  publishers: readonly Publisher[],
): string | undefined {
  const others = members.filter(({ item }) => item.id !== placed.item.id);
  const facts = storyFacts([placed, ...others], voicesOf(publishers));
  if ([placed, ...others].some((one) => matches(compiled.query, one, one.item.arrivedAt, facts))) return undefined;
  const effect = kind === "pins" ? "only the pin brings it in" : "this does nothing unless it comes in";
  return `the query of ${compiled.topic.id} does not hold for this item: ${effect}`;
}

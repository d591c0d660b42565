import type { ItemId } from "../model/ids.ts";
import type { Topic } from "../model/topic.ts";
import type { CurateContext } from "./context.ts";

/** Items that a topic shows however old they are: what editors pinned, and of what digests were made. */
export function keptItems(
  topic: Topic,
  { editing, announced = [] }: Pick<CurateContext, "editing" | "announced">,
): ReadonlySet<ItemId> {
  const told = topic.digest === undefined ? [] : announced.slice(0, topic.size).flatMap(({ items }) => items);
  return new Set([...(editing?.pins ?? []).map(({ item }) => item), ...told]);
}

import type { DeskBatch, Placement } from "../../src/adapters/desk-store.ts";
import type { ItemId } from "../../src/model/ids.ts";
import type { DeskOutcome, NewsEntry, NewsItem } from "../../src/model/news.ts";
import { topicsFor } from "../../src/road.ts";
import type { World } from "../world.ts";
import { refill } from "./refill.ts";
import type { TopicBook } from "./topic-book.ts";
import type { TopicList } from "./topic-list.ts";

/** What the topics of this moment ask for, and the refill that brings what they asked for before in line with it. */
export function openMembership(world: World, book: TopicBook, fence: number) {
  let list: TopicList | undefined;
  let topicsOf = topicsFor([]);
  let decided = new Set<ItemId>();
  let refilling: ReturnType<typeof refill> | undefined;

  function follow(): void {
    if (list === book.list()) return;
    list = book.list();
    topicsOf = topicsFor(list.compiled);
    decided = new Set();
    refilling = refill(world, list, fence, decided);
  }

  return {
    place: (entries: readonly NewsEntry[], outcomes: readonly DeskOutcome[]) =>
      place(world, topicsOf, entries, outcomes),

    /** What was written: it counts more than what a refill that is under way read before. */
    hear({ placements, withdrawals }: DeskBatch): void {
      if (refilling === undefined) return;
      for (const { decision } of placements) decided.add(decision.item);
      for (const { item } of withdrawals) decided.add(item);
    },

    /** Between two commits only. @returns whether there is more to do */
    async goOn(): Promise<boolean> {
      follow();
      if ((await refilling?.next())?.done !== false) refilling = undefined;
      return refilling !== undefined;
    },
  };
}

/** Which topics each decided item is in. A decision may speak of an older item, which is then asked for. */
async function place(
  world: World,
  topicsOf: ReturnType<typeof topicsFor>,
  entries: readonly NewsEntry[],
  outcomes: readonly DeskOutcome[],
): Promise<readonly Placement[]> {
  const itemById = new Map<ItemId, NewsItem>();
  for (const entry of entries)
    if (entry.kind === "new" || entry.kind === "revised") itemById.set(entry.item.id, entry.item);
  const decisions = outcomes.flatMap((outcome) => outcome.decisions);
  const older = new Set(decisions.flatMap(({ item }) => (itemById.has(item) ? [] : [item])));
  for (const item of await world.items.items([...older])) itemById.set(item.id, item);

  return decisions.flatMap((decision) => {
    const item = itemById.get(decision.item);
    if (item === undefined) return [];
    const inTopics = topicsOf({ item, decision });
    return [{ decision, arrivedAt: item.arrivedAt, topics: inTopics.map(({ topic }) => topic.id) }];
  });
}

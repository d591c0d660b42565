import { previewer, type TopicPreview } from "../../src/curate/curate.ts";
import { DAY } from "../../src/model/time.ts";
import type { Refusal } from "../../src/model/topic-edit.ts";
import type { CompiledTopic } from "../../src/road.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { draft, refused } from "../topics/topic-changes.ts";
import { editingOf, type TopicList } from "../topics/topic-list.ts";
import type { World } from "../world.ts";
import type { Newsroom } from "./newsroom.ts";

const DAYS = 30;

/** What a topic would have shown for the last 30 days, next to what it did: of what the index holds, one topic at a time. */
export function openPreviews(
  { settings, now }: Pick<World, "settings" | "now">,
  { search, membersOf }: Pick<Newsroom, "search" | "membersOf">,
  book: Pick<TopicBook, "list">,
): (body: unknown) => Promise<TopicPreview | Refusal> {
  let isBusy = false;

  return async (body) => {
    const { id } = Object(body) as { readonly id?: unknown };
    if (typeof id !== "string") return refused("broken", "the topic has no id: take one that it may have.");
    const list = book.list();
    const after = draft(list, { settings, via: "api", at: now() }, id, body);
    if ("kind" in after) return after;
    if (isBusy) return refused("busy", "another preview is being made: try again in a moment.");
    isBusy = true;
    try {
      return await search.inTurns(previewed(list, after));
    } finally {
      isBusy = false;
    }
  };

  function* previewed(list: TopicList, after: CompiledTopic): Generator<void, TopicPreview> {
    const { id } = after.topic;
    const { take, preview } = previewer(list.byId.get(id), after);
    const since = now() - DAYS * DAY;
    for (const { item } of search.newest()) {
      if (item.arrivedAt < since) break;
      const placed = search.peek(item.id);
      if (placed !== undefined) take(placed);
      yield;
    }
    return yield* preview({ publishers: settings.publishers, membersOf, editing: editingOf(list, id) });
  }
}

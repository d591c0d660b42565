import { previewer, type TopicPreview } from "../../src/curate/curate.ts";
import { DAY } from "../../src/model/time.ts";
import type { Refusal } from "../../src/model/topic-edit.ts";
import { draft, refused } from "../topics/topic-changes.ts";
import { editingOf, type TopicList } from "../topics/topic-list.ts";
import type { World } from "../world.ts";
import type { Newsroom } from "./newsroom.ts";

const DAYS = 30;
/** Items that are looked at before others get their turn. */
const AT_ONCE = 200;

/** What a topic would have shown for the last 30 days, next to what it did: of what the index holds. */
export async function previewOf(
  { settings, now }: World,
  { search, membersOf }: Newsroom,
  list: TopicList,
  body: unknown,
): Promise<TopicPreview | Refusal> {
  const { id } = Object(body) as { readonly id?: unknown };
  if (typeof id !== "string") return refused("broken", "the topic has no id: take one that it may have.");
  const after = draft(list, { settings, via: "api", at: now() }, id, body);
  if ("kind" in after) return after;
  const { take, preview } = previewer(list.byId.get(after.topic.id), after);
  const since = now() - DAYS * DAY;
  let seen = 0;
  for (const { item } of search.newest()) {
    if (item.arrivedAt < since) break;
    const placed = search.peek(item.id);
    if (placed !== undefined) take(placed);
    if (++seen % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const context = { publishers: settings.publishers, membersOf, editing: editingOf(list, after.topic.id) };
  return await search.inTurns(preview(context));
}

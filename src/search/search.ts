import { isDeepStrictEqual } from "node:util";
import type { ItemId, StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { matches, type Query } from "../query/query.ts";
import { fullText, type Tree } from "./full-text.ts";
import { planOf } from "./plan.ts";
import { bestOf, weightOf } from "./ranking.ts";
import { storyShelf } from "./story-shelf.ts";
import { newestFirst, timeline } from "./timeline.ts";

/** All items that are kept, in memory: by words, by story, by arrival. What `matches` says of an item, `find` finds. */
export interface SearchIndex {
  /** replaces the item of the same id; putting the same again changes nothing */
  put(placed: Placed): void;
  /** the item's story was merged into another; unknown items are passed over */
  move(item: ItemId, story: StoryId, storyIri: string): void;
  /** `from` stays a name of `into` for as long as that has members */
  alias(from: StoryId, into: StoryId): void;
  /** An editor told merged stories apart: the name is a story's own again. */
  revive(story: StoryId): void;
  drop(item: ItemId): void;
  item(id: ItemId): Placed | undefined;
  /** by its own or any older id; newest arrival first */
  story(id: StoryId): { readonly id: StoryId; readonly members: readonly Placed[] } | undefined;
  /** `total` counts all that match, `hits` has the first `limit`; "relevance" unless told, equals by arrival, newest first */
  find(query: Query, options: FindOptions): { readonly hits: readonly Placed[]; readonly total: number };
  /** by arrival, newest first; to be walked before the next change */
  newest(): Iterable<Placed>;
  readonly size: number;
  /** grows with each change */
  readonly version: number;
}

export interface FindOptions {
  readonly limit: number;
  readonly now: Instant;
  readonly order?: "relevance" | "newest";
}

/** Some 600 MB of memory, and search within 30 ms; a newsroom's month. */
const MAX_ITEMS = 100_000;

/** Beyond `maxItems` the oldest are dropped. */
export function openSearch({ maxItems = MAX_ITEMS }: { readonly maxItems?: number } = {}): SearchIndex {
  const items = new Map<ItemId, Placed>();
  const words = fullText();
  const stories = storyShelf();
  const arrivals = timeline();
  let version = 0;

  function put(placed: Placed): void {
    const { id } = placed.item;
    const known = items.get(id);
    if (isDeepStrictEqual(known, placed)) return;
    if (known) arrivals.remove(known);
    items.set(id, placed);
    arrivals.add(placed);
    stories.put(id, placed.decision.story);
    words.put(placed.item, known?.item);
    version++;
    for (let oldest = arrivals.oldest(); oldest && items.size > maxItems; oldest = arrivals.oldest())
      drop(oldest.item.id);
  }

  function drop(id: ItemId): void {
    const known = items.get(id);
    if (!known) return;
    items.delete(id);
    arrivals.remove(known);
    stories.drop(id);
    words.drop(known.item);
    version++;
  }

  function move(id: ItemId, story: StoryId, storyIri: string): void {
    const known = items.get(id);
    if (known) put({ ...known, decision: { ...known.decision, story, storyIri } });
  }

  function alias(from: StoryId, into: StoryId): void {
    if (stories.alias(from, into)) version++;
  }

  function story(id: StoryId) {
    const found = stories.find(id);
    const members = [...(found?.members ?? [])].flatMap((member) => items.get(member) ?? []);
    return found && members.length > 0 ? { id: found.id, members: members.sort(newestFirst) } : undefined;
  }

  function find(query: Query, { limit, now, order = "relevance" }: FindOptions) {
    const { tree, rest } = planOf(query);
    const best = bestOf(limit);
    let total = 0;
    for (const { placed, score } of tree ? scored(tree) : unscored()) {
      if (rest && !matches(rest, placed, now)) continue;
      total++;
      best.offer({ placed, weight: order === "newest" ? 0 : weightOf(score, placed, now) });
    }
    return { hits: best.hits().map(({ placed }) => placed), total };
  }

  function* scored(tree: Tree) {
    for (const { id, score } of words.search(tree)) {
      const placed = items.get(id);
      if (placed) yield { placed, score };
    }
  }

  function* unscored() {
    for (const placed of arrivals.newest()) yield { placed, score: 1 };
  }

  return {
    put,
    move,
    alias,
    revive: stories.revive,
    drop,
    item: (id) => items.get(id),
    story,
    find,
    newest: arrivals.newest,
    get size() {
      return items.size;
    },
    get version() {
      return version;
    },
  };
}

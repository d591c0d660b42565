import { isDeepStrictEqual } from "node:util";
import type { ItemId, StoryId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { matches, type Query } from "../query/query.ts";
import { fullText, type Pack, type Visit } from "./full-text.ts";
import { pack } from "./pack.ts";
import { planOf } from "./plan.ts";
import { bestOf, weightOf } from "./ranking.ts";
import { storyShelf } from "./story-shelf.ts";
import { newestFirst, timeline } from "./timeline.ts";

export type { Pack } from "./full-text.ts";
export { type PackedPart, pack, type Text } from "./pack.ts";

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
  story(
    id: StoryId,
  ): { readonly id: StoryId; readonly members: readonly Placed[]; readonly was: readonly StoryId[] } | undefined;
  /** `total` counts all that match, `hits` has the first `limit`; "relevance" unless told, equals by arrival, newest first */
  find(query: Query, options: FindOptions): Found;
  /** the same for those who share a thread with others: pauses for them every few milliseconds */
  ask(query: Query, options: FindOptions): Promise<Found>;
  /** as put() for many, oldest first; their words are found after loaded() */
  load(placed: readonly Placed[]): void;
  loaded(): Promise<void>;
  /** by arrival, newest first, as it is when the walk begins */
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

interface Found {
  readonly hits: readonly Placed[];
  readonly total: number;
}

interface SearchOptions {
  readonly maxItems?: number;
  /** how texts become packed parts: in a thread, from a file; at once where left out */
  readonly pack?: Pack;
  /** texts a part; for tests */
  readonly part?: number;
}

/** Others wait no longer than this and one part of the index. */
const LONGEST_TURN = 5;
const AT_ONCE = 2000;

/** Some 600 MB of memory, and search within 30 ms; a newsroom's month. */
const MAX_ITEMS = 100_000;

/** Beyond `maxItems` the oldest are dropped. */
export function openSearch({ maxItems = MAX_ITEMS, ...options }: SearchOptions = {}): SearchIndex {
  const items = new Map<ItemId, Placed>();
  const words = fullText({ pack: async (texts) => pack(texts), ...options });
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
    shrink();
  }

  function shrink(): void {
    for (let oldest = arrivals.oldest(); oldest && items.size > maxItems; oldest = arrivals.oldest())
      drop(oldest.item.id);
  }

  function drop(id: ItemId): void {
    const known = items.get(id);
    if (!known) return;
    items.delete(id);
    arrivals.remove(known);
    stories.drop(id);
    words.drop(id);
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
    if (found === undefined || members.length === 0) return undefined;
    return {
      id: found.id,
      members: members.sort(newestFirst),
      was: [...found.names].filter((name) => name !== found.id),
    };
  }

  /** Yields after each part of the index. */
  function* steps(query: Query, { limit, now, order = "relevance" }: FindOptions): Generator<void, Found> {
    const { tree, rest } = planOf(query);
    const best = bestOf(limit);
    let total = 0;
    const visit: Visit = (id, score, arrivedAt) => {
      const placed = rest && items.get(id);
      if (rest && !(placed && matches(rest, placed, now))) return;
      total++;
      best.offer(id, order === "newest" ? 0 : weightOf(score, arrivedAt, now), arrivedAt);
    };
    yield* tree ? words.search(tree, visit) : visitAll(visit);
    return { hits: best.hits().flatMap(({ id }) => items.get(id) ?? []), total };
  }

  function find(query: Query, options: FindOptions): Found {
    const walk = steps(query, options);
    for (;;) {
      const step = walk.next();
      if (step.done) return step.value;
    }
  }

  async function ask(query: Query, options: FindOptions): Promise<Found> {
    const walk = steps(query, options);
    let since = performance.now();
    for (;;) {
      const step = walk.next();
      if (step.done) return step.value;
      if (performance.now() - since < LONGEST_TURN) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }

  function* visitAll(visit: Visit): Generator<void, void> {
    let visited = 0;
    for (const { item } of arrivals.newest()) {
      visit(item.id, 1, item.arrivedAt);
      if (++visited % AT_ONCE === 0) yield;
    }
  }

  function load(all: readonly Placed[]): void {
    const fresh: Item[] = [];
    for (const placed of all) {
      const { item, decision } = placed;
      if (items.has(item.id)) {
        put(placed);
        continue;
      }
      items.set(item.id, placed);
      arrivals.add(placed);
      stories.put(item.id, decision.story);
      fresh.push(item);
    }
    shrink();
    words.load(fresh.filter(({ id }) => items.has(id)));
    version++;
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
    ask,
    load,
    loaded: words.loaded,
    newest: arrivals.newest,
    get size() {
      return items.size;
    },
    get version() {
      return version;
    },
  };
}

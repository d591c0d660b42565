import { isDeepStrictEqual } from "node:util";
import type { ItemId, StoryId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Voices } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import { type Query, storyFacts } from "../query/query.ts";
import { aTurn } from "./a-turn.ts";
import { type FindOptions, type Found, finder } from "./find.ts";
import { fullText } from "./full-text.ts";
import type { Glimpse } from "./glimpse.ts";
import { type Changed, itemShelf } from "./item-shelf.ts";
import { type PackedPart, pack } from "./pack.ts";
import type { Pack, SealedPart } from "./part.ts";
import { storyShelf } from "./story-shelf.ts";
import type { Dictionary } from "./suggest.ts";
import { newestFirst, timeline } from "./timeline.ts";

export type { FindOptions } from "./find.ts";
export type { Glimpse } from "./glimpse.ts";
export type { Changed } from "./item-shelf.ts";
export { type PackedPart, pack } from "./pack.ts";
export type { Pack, SealedPart } from "./part.ts";
export { searchPageOf } from "./results.ts";
export { readSearch, type Search } from "./wording.ts";

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
  /** the same for those who look at many, once */
  peek(id: ItemId): Placed | undefined;
  /** what of it is always at hand */
  glimpse(id: ItemId): Glimpse | undefined;
  /** by its own or any older id; newest arrival first */
  story(
    id: StoryId,
  ): { readonly id: StoryId; readonly members: readonly Placed[]; readonly was: readonly StoryId[] } | undefined;
  /** the items that tell a story */
  tellers(id: StoryId): readonly ItemId[];
  /** `total` counts all that match, `hits` has the first `limit`; "relevance" unless told, equals by arrival, newest first */
  find(query: Query, options: FindOptions): Found;
  /** the same for those who share a thread with others: pauses for them every few milliseconds */
  ask(query: Query, options: FindOptions): Promise<Found>;
  /** Other work on what is kept, step by step, in the same turns. */
  inTurns<Made>(steps: Iterator<void, Made>): Promise<Made>;
  /** of all parts, the newest first */
  dictionaries(): readonly Dictionary[];
  /** as put() for many, oldest first; their words are found after loaded() */
  load(placed: readonly Placed[]): void;
  loaded(): Promise<void>;
  /** settles when there is room to load more: what waits to be packed takes much memory */
  room(): Promise<void>;
  /** what another run can begin with: packed parts that were kept, oldest first, and all that is otherwise than there */
  sealed(): readonly SealedPart[];
  changed(): Iterable<Changed>;
  restore(part: PackedPart, sealed: SealedPart): Promise<void>;
  restoreChange(changed: Changed): void;
  /** by arrival, newest first, as it is when the walk begins */
  newest(): Iterable<Glimpse>;
  readonly size: number;
  /** grows with each change */
  readonly version: number;
}

interface SearchOptions {
  readonly maxItems?: number;
  /** how texts become packed parts: in a thread, from a file; at once where left out */
  readonly pack?: Pack;
  /** by which `is:lead` knows who speaks for a story */
  readonly voices?: Voices;
  /** hears of the oldest, when they are dropped for there are too many */
  readonly onLetGo?: (item: ItemId) => void;
  /** texts a part; for tests */
  readonly part?: number;
}

/** A newsroom's month: docs/benchmarks.md says what it weighs. */
const MAX_ITEMS = 100_000;

/** Others in the thread wait for so many. */
const RESTORED_AT_ONCE = 1000;

/** Nobody ranks, nobody reprints. */
const NO_VOICES: Voices = { rankOf: () => undefined, creditOf: () => undefined };

/** Beyond `maxItems` the oldest are dropped. */
export function openSearch({ maxItems = MAX_ITEMS, voices = NO_VOICES, ...options }: SearchOptions = {}): SearchIndex {
  const shelf = itemShelf();
  const words = fullText({ pack: async (placed) => ({ part: pack(placed) }), ...options, shelf });
  const stories = storyShelf();
  const arrivals = timeline(shelf.glimpse);
  let version = 0;

  function put(placed: Placed): void {
    const { id } = placed.item;
    const known = shelf.get(id);
    if (isDeepStrictEqual(known, placed)) return;
    const isInPlace = known?.item.arrivedAt === placed.item.arrivedAt;
    if (known && !isInPlace) arrivals.remove(known);
    shelf.put(placed);
    if (!isInPlace) arrivals.add(placed);
    stories.put(id, placed.decision.story);
    words.put(placed.item, known?.item);
    version++;
    shrink();
  }

  function shrink(): void {
    for (let oldest = arrivals.oldest(); oldest && shelf.size > maxItems; oldest = arrivals.oldest()) {
      drop(oldest);
      options.onLetGo?.(oldest);
    }
  }

  function drop(id: ItemId): void {
    const known = shelf.glimpse(id);
    if (!known) return;
    arrivals.remove(known);
    shelf.drop(id);
    stories.drop(id);
    words.drop(id);
    version++;
  }

  function move(id: ItemId, story: StoryId, storyIri: string): void {
    const known = shelf.glimpse(id);
    if (known === undefined || (known.decision.story === story && known.decision.storyIri === storyIri)) return;
    shelf.move(id, story, storyIri);
    stories.put(id, story);
    version++;
  }

  function alias(from: StoryId, into: StoryId): void {
    if (stories.alias(from, into)) version++;
  }

  function story(id: StoryId) {
    const found = stories.find(id);
    const members = [...(found?.members ?? [])].flatMap((member) => shelf.get(member) ?? []);
    if (found === undefined || members.length === 0) return undefined;
    return { id: found.id, members: members.sort(newestFirst), was: found.was };
  }

  const factsOf = ({ decision }: Glimpse) =>
    stories.factsOf(decision.story, (members) => {
      const [first, ...others] = [...members].flatMap((id) => shelf.peek(id) ?? []);
      return first && storyFacts([first, ...others], voices);
    });

  function load(all: readonly Placed[]): void {
    const fresh: Item[] = [];
    for (const placed of all) {
      const { item, decision } = placed;
      if (shelf.has(item.id)) {
        put(placed);
        continue;
      }
      shelf.put(placed);
      arrivals.add(placed);
      stories.put(item.id, decision.story);
      fresh.push(item);
    }
    shrink();
    words.load(fresh.filter(({ id }) => shelf.has(id)));
    version++;
  }

  async function restore(part: PackedPart, sealed: SealedPart): Promise<void> {
    for (const [n, id] of (await words.restore(part, sealed)).entries()) {
      if (n % RESTORED_AT_ONCE === 0) await aTurn();
      const glimpse = shelf.glimpse(id);
      if (glimpse === undefined) continue;
      arrivals.add(glimpse);
      stories.put(id, glimpse.decision.story);
    }
    version++;
    shrink();
  }

  function restoreChange(changed: Changed): void {
    if (changed.kind === "whole") put(changed.placed);
    else move(changed.item, changed.story, changed.storyIri);
  }

  return {
    put,
    move,
    alias,
    revive: stories.revive,
    drop,
    item: shelf.get,
    peek: shelf.peek,
    glimpse: shelf.glimpse,
    story,
    tellers: (id) => stories.find(id)?.members ?? [],
    ...finder({ words, shelf, arrivals, factsOf }),
    load,
    loaded: words.loaded,
    dictionaries: words.dictionaries,
    room: words.room,
    sealed: words.sealed,
    changed: shelf.changed,
    restore,
    restoreChange,
    *newest() {
      for (const id of arrivals.newest()) {
        const glimpse = shelf.glimpse(id);
        if (glimpse) yield glimpse;
      }
    },
    get size() {
      return shelf.size;
    },
    get version() {
      return version;
    },
  };
}

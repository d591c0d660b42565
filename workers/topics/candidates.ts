import { keptItems, tellersNeeded } from "../../src/curate/curate.ts";
import type { Publisher } from "../../src/model/feed.ts";
import type { ItemId, StoryId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { atOnce } from "../../src/model/steps.ts";
import { asksOfStory } from "../../src/query/query.ts";
import type { CompiledTopic, MembersOf, Readers } from "../../src/road.ts";
import type { Glimpse, SearchIndex } from "../../src/search/search.ts";
import type { World } from "../world.ts";

/** Matches a topic feed is chosen from: many items may tell the same story, so more than its size. */
export const CANDIDATES = 1000;
/** Of one story so many count; it has the others too, for the first of them dates it and the best leads it. */
const CANDIDATES_A_STORY = 20;
/** Where these do not make its document it is read on: no further than ten days of a desk that is told 5,000 a day. */
const MOST_LOOKED_AT = 50_000;
/** Nor more than this of what may be told: 500 stories of twenty items. */
const MOST_READ = 10_000;
/** As much again as was looked at, but no more at once than Redis answers in a few milliseconds. */
const LARGEST_PAGE = 8000;
/** Members of a story that may lead it or be named; the largest stories have about a hundred. */
const MEMBERS = 50;
/** Where a topic asks who tells a story, all of them count, as in searches. */
export const ALL_MEMBERS = 1000;

/** What a topic is made of. */
export interface Candidates {
  /** its items, as far back as they matter, and what it shows however old that is */
  readonly matched: readonly Placed[];
  /** who tells their stories and, where the topic names them, the earlier ones to which they refer */
  readonly members: MembersOf;
}

type Known = Pick<Readers, "announced" | "editing" | "now">;

/** Newest first, page by page, until nothing older can be told. */
export async function candidatesOf(world: World, compiled: CompiledTopic, known: Known): Promise<Candidates> {
  const { items, settings } = world;
  const { topic } = compiled;
  const matched = new Map<ItemId, Placed>();
  const members = new Map<StoryId, readonly Placed[]>();
  const limit = asksOfStory(compiled.query) ? ALL_MEMBERS : MEMBERS;
  const membersOf: MembersOf = (story) => members.get(story) ?? [];
  const context = { publishers: settings.publishers, membersOf, ...known };

  let page = await items.ofTopic(topic.id, CANDIDATES, CANDIDATES_A_STORY);
  take(page.placed);
  take(await items.placed([...keptItems(topic, known)].filter((id) => !matched.has(id))));
  const embargoed = await items.placed((known.editing?.embargoes ?? []).map(({ item }) => item));
  for (;;) {
    await takeStories();
    if (page.oldest === Number.NEGATIVE_INFINITY || page.to >= MOST_LOOKED_AT || matched.size >= MOST_READ) break;
    const tellers = atOnce(tellersNeeded(compiled, [...matched.values()], context, page.oldest));
    if (tellers === undefined) break;
    page = await items.olderOfTopic(topic.id, page.to, Math.min(page.to, LARGEST_PAGE), tellers);
    take(page.placed);
  }
  return { matched: [...matched.values()], members: await withEarlier() };

  function take(placed: readonly Placed[]): void {
    for (const one of placed) matched.set(one.item.id, one);
  }

  /** All of the topic's items that tell the stories of these: an older one dates its story, and may lead it. */
  async function takeStories(): Promise<void> {
    const stories = storiesOf([...matched.values(), ...embargoed]).filter((story) => !members.has(story));
    for (const [story, all] of await items.ofStories(stories, limit)) members.set(story, all);
    if (page.oldest === Number.NEGATIVE_INFINITY) return;
    const isWhole = (all: readonly Placed[]): boolean =>
      all.length < limit && all.every(({ item }) => matched.has(item.id));
    const others = await items.inTopic(
      topic.id,
      stories.filter((story) => !isWhole(membersOf(story))),
    );
    take(await items.placed(others.filter((id) => !matched.has(id))));
  }

  async function withEarlier(): Promise<MembersOf> {
    if (topic.related !== true) return membersOf;
    const earlier = [...matched.values()].flatMap(({ decision }) => decision.related ?? []);
    const living = await world.desk.living(earlier.map(({ story }) => story));
    const unread = [...new Set(living.values())].filter((story) => !members.has(story));
    for (const [story, all] of await items.ofStories(unread, limit)) members.set(story, all);
    return (story) => membersOf(living.get(story) ?? story);
  }
}

/**
 * The same of what a web process has in memory, step by step: others have their turns in between. Of stories that tell
 * too little only what is newest is read.
 */
export function* candidatesAmong(
  ids: ReadonlySet<ItemId>,
  search: SearchIndex,
  compiled: CompiledTopic,
  publishers: readonly Publisher[],
  known: Partial<Known>,
  /** so many items are read in any case */
  first = compiled.topic.size,
): Generator<void, Candidates> {
  const { topic } = compiled;
  const matched = new Map<ItemId, Placed>();
  const members = new Map<StoryId, readonly Placed[]>();
  const membersOf: MembersOf = (story) => members.get(story) ?? readStory(story);
  const context = { publishers, membersOf, ...known };
  const embargoed = (known.editing?.embargoes ?? []).flatMap(({ item }) => search.glimpse(item) ?? []);
  const kept = [...keptItems(topic, known)].flatMap((id) => search.item(id) ?? []);
  for (const one of [...embargoed, ...kept]) yield* take(one);
  for (const one of kept) matched.set(one.item.id, one);

  let [looked, page, tellers] = [0, first, 1];
  for (const glimpse of newestAmong(ids, search)) {
    if (glimpse === undefined) {
      yield;
      continue;
    }
    if (looked === MOST_LOOKED_AT || matched.size >= MOST_READ) break;
    if (looked === page) {
      yield;
      const needed = yield* tellersNeeded(compiled, [...matched.values()], context, glimpse.item.arrivedAt);
      if (needed === undefined) break;
      [page, tellers] = [2 * page, needed];
    }
    looked += 1;
    if (search.tellers(glimpse.decision.story).length >= tellers) yield* take(glimpse);
  }
  yield;
  return { matched: [...matched.values()], members: membersOf };

  /** With all of the topic's items that tell its story. */
  function* take({ decision: { story } }: Glimpse): Generator<void, void> {
    if (members.has(story)) return;
    for (const one of readStory(story)) if (ids.has(one.item.id)) matched.set(one.item.id, one);
    yield;
  }

  function readStory(story: StoryId): readonly Placed[] {
    const all = search.story(story)?.members ?? [];
    members.set(story, all);
    return all;
  }
}

/** To sort fewer takes a few milliseconds; of more than these there is one among any few items. */
const SORTED = 2000;
/** Some microseconds each. */
const GLANCES = 500;

/** Newest first; undefined in between where others may have their turn. */
function* newestAmong(ids: ReadonlySet<ItemId>, search: SearchIndex): Generator<Glimpse | undefined, void> {
  const isFew = ids.size <= SORTED;
  const few = isFew ? [...ids].flatMap((id) => search.glimpse(id) ?? []) : [];
  let seen = 0;
  for (const glimpse of isFew ? few.sort((a, b) => b.item.arrivedAt - a.item.arrivedAt) : search.newest()) {
    if (++seen % GLANCES === 0) yield undefined;
    if (ids.has(glimpse.item.id)) yield glimpse;
  }
}

const storiesOf = (placed: readonly Placed[]): readonly StoryId[] => [
  ...new Set(placed.map(({ decision }) => decision.story)),
];

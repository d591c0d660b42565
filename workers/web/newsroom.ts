import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { voicesOf } from "../../src/curate/curate.ts";
import type { ItemId, StoryId, TopicId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { Duration } from "../../src/model/time.ts";
import type { TopicFeed } from "../../src/model/topic.ts";
import type { Query } from "../../src/query/query.ts";
import { type CompiledTopic, curateCorrections, curateTopicInSteps, topicsFor } from "../../src/road.ts";
import { openSearch, type Pack, type SearchIndex } from "../../src/search/search.ts";
import type { WithdrawnItem } from "../../src/serve/serve.ts";
import { CANDIDATES, candidatesAmong } from "../topics/candidates.ts";
import { keepFeeds, type Looking, makingQueue } from "./kept-feeds.ts";
import { openShelf } from "./shelf.ts";
import type { Told } from "./tail.ts";

const MOST_WITHDRAWN = 1000;
/** Items that are looked at for a new topic before others get their turn. */
const SOUGHT_AT_ONCE = 200;
const COMPARED_AT_ONCE = 1000;
/** Half a millisecond each. */
const HEARD_AT_ONCE = 10;

/** What a web process knows: items in the index, members of topics, finished documents. All in memory, all from the streams. */
export function openNewsroom(settings: Settings, topics: readonly CompiledTopic[], pack: Pack) {
  const search: SearchIndex = openSearch({
    maxItems: settings.retention.maxItems,
    pack,
    voices: voicesOf(settings.publishers),
    onLetGo: leaveTopics,
  });
  const documents = openShelf();
  const members = new Map<TopicId, Set<ItemId>>(topics.map(({ topic }) => [topic.id, new Set()]));
  let asked = new Map(topics.map(({ topic, query }) => [topic.id, query]));
  /** what is looked for among all that is kept, as long as that takes */
  const sought = new Map<TopicId, Query>();
  let topicsOf = topicsFor(topics);
  /** when what a topic shows last changed, in changes of any topic */
  const versions = new Map<TopicId, number>();
  let changes = 0;
  const queue = makingQueue(search);
  const feeds = keepFeeds(queue, versionOf, function* (compiled, looking) {
    const { matched, members } = yield* candidates(compiled, looking);
    return yield* curateTopicInSteps(compiled, matched, members, settings, looking);
  });
  const corrections = keepFeeds(queue, versionOf, function* (compiled, looking) {
    const { matched, members } = yield* candidates(compiled, looking, CANDIDATES);
    return yield* curateCorrections(compiled, matched, members, settings, looking);
  });

  const withdrawn = new Map<ItemId, WithdrawnItem>();
  const withText = new Set(settings.feeds.flatMap(({ id, fullContent }) => (fullContent ? [id] : [])));

  /** Pages show teasers; only feeds whose text may be republished keep theirs in memory. */
  function lean({ item, decision }: Placed): Placed {
    if (withText.has(item.feed)) return { item, decision };
    const { content: _, summary: __, ...rest } = item;
    return { item: rest, decision };
  }

  function put(given: Placed): void {
    const placed = lean(given);
    withdrawn.delete(placed.item.id);
    changeStoryOf(placed.item.id);
    search.put(placed);
    enterTopics(placed);
    changeStoryOf(placed.item.id);
  }

  /** The topics that have any of a story's items show it otherwise from now on. */
  function changeStory(story: StoryId): void {
    const tellers = search.tellers(story);
    for (const [topic, items] of members) if (tellers.some((item) => items.has(item))) versions.set(topic, ++changes);
  }

  function changeStoryOf(item: ItemId): void {
    const known = search.glimpse(item);
    if (known !== undefined) changeStory(known.decision.story);
  }

  /** Those that name other stories below their own change with anything. */
  function versionOf({ topic }: CompiledTopic): number {
    return topic.related === true ? search.version : (versions.get(topic.id) ?? 0);
  }

  /** As put() for many, oldest first; they are found when search.loaded(), and in their topics when those are filled. */
  function load(given: readonly Placed[]): void {
    const placed = given.map(lean);
    search.load(placed);
    for (const { item } of placed) withdrawn.delete(item.id);
  }

  /** As the desk decided; an editor's change since then goes before it. */
  function fill(topic: TopicId, items: Set<ItemId>): void {
    if (members.has(topic) && !sought.has(topic)) members.set(topic, items);
    forgetFeeds();
  }

  function enterTopics(placed: Placed): void {
    const { id } = placed.item;
    leaveTopics(id);
    for (const { topic } of topicsOf(placed)) members.get(topic.id)?.add(id);
  }

  /** Other topics from now on. For what they ask and did not before, all that is kept is looked through. */
  async function retopic(now: readonly CompiledTopic[]): Promise<void> {
    const anew = now.filter(({ topic, query }) => !isDeepStrictEqual(asked.get(topic.id), query));
    asked = new Map(now.map(({ topic, query }) => [topic.id, query]));
    topicsOf = topicsFor(now);
    for (const id of members.keys()) if (!asked.has(id)) members.delete(id);
    for (const id of asked.keys()) if (!members.has(id)) members.set(id, new Set());
    for (const { topic, query } of anew) sought.set(topic.id, query);
    forgetFeeds();
    if (anew.length > 0) await seek(anew);
  }

  /** Whoever comes in meanwhile is asked by the new rules already, and a topic that changes again is sought anew. */
  async function seek(anew: readonly CompiledTopic[]): Promise<void> {
    const amongThese = topicsFor(anew);
    let seen = 0;
    for (const { item } of search.newest()) {
      const placed = search.peek(item.id);
      const matched = new Set((placed === undefined ? [] : amongThese(placed)).map(({ topic }) => topic.id));
      for (const { topic, query } of anew)
        if (sought.get(topic.id) === query) enterTopic(item.id, topic.id, matched.has(topic.id));
      if (++seen % SOUGHT_AT_ONCE === 0) await setImmediate();
    }
    for (const { topic, query } of anew) if (sought.get(topic.id) === query) sought.delete(topic.id);
    forgetFeeds();
  }

  function enterTopic(item: ItemId, topic: TopicId, isIn: boolean): void {
    if (isIn) members.get(topic)?.add(item);
    else members.get(topic)?.delete(item);
  }

  function forgetFeeds(): void {
    for (const topic of members.keys()) versions.set(topic, ++changes);
    feeds.forget();
    corrections.forget();
  }

  function drop(item: ItemId): void {
    changeStoryOf(item);
    search.drop(item);
    leaveTopics(item);
  }

  /** Its page says so; the last ones only, as the store has them. */
  function withdraw({ id, publisher, withdrawnAt }: Item): void {
    drop(id);
    if (withdrawnAt !== undefined) withdrawn.set(id, { publisher, at: withdrawnAt });
    const [oldest] = withdrawn.keys();
    if (withdrawn.size > MOST_WITHDRAWN && oldest !== undefined) withdrawn.delete(oldest);
  }

  function leaveTopics(item: ItemId): void {
    for (const [topic, items] of members) if (items.delete(item)) versions.set(topic, ++changes);
  }

  const membersOf = (story: StoryId) => search.story(story)?.members ?? [];

  return {
    search,
    membersOf,
    /** in which topics it may be */
    topicsOf: (placed: Placed) => topicsOf(placed),
    documents,
    withdrawn,
    load,
    withdraw,
    retopic,
    fill,
    seek: async (topics: readonly CompiledTopic[]): Promise<void> => {
      for (const { topic, query } of topics) sought.set(topic.id, query);
      if (topics.length > 0) await seek(topics);
    },

    /** Items that are kept no longer; told of in the streams, unless we were away for too long. */
    async keepOnly(items: ReadonlySet<ItemId>): Promise<void> {
      let seen = 0;
      for (const { item } of search.newest()) {
        if (!items.has(item.id)) drop(item.id);
        if (++seen % COMPARED_AT_ONCE === 0) await setImmediate();
      }
    },

    /** Applies what was told, in order; `itemsById` holds the items that it names. */
    async hear(told: Told, itemsById: ReadonlyMap<ItemId, Placed["item"]>): Promise<void> {
      if (told.kind === "swapped" || told.kind === "missed") return;
      if (told.kind === "swept") {
        for (const item of told.items) drop(item);
        return;
      }
      for (const story of told.outcome.revived ?? []) {
        changeStory(story);
        search.revive(story);
      }
      for (const [n, decision] of told.outcome.decisions.entries()) {
        if (n % HEARD_AT_ONCE === 0) await setImmediate();
        const item = itemsById.get(decision.item);
        if (item !== undefined) put({ item, decision });
      }
      for (const { item, story, storyIri } of told.outcome.moved) {
        changeStoryOf(item);
        search.move(item, story, storyIri);
        changeStory(story);
      }
      for (const { from, into } of told.outcome.aliases) {
        changeStory(from);
        search.alias(from, into);
        changeStory(into);
      }
      for (const id of told.outcome.withdrawn) {
        drop(id);
        const item = itemsById.get(id);
        if (item !== undefined) withdraw(item);
      }
    },

    /** Made in turns when asked for. @param late see keepFeeds */
    topicFeed: (compiled: CompiledTopic, looking: Looking, late?: Duration): Promise<TopicFeed> =>
      feeds.of(compiled, looking, late),

    /** What publishers put right in a topic's items; made as the topic's feed is. */
    corrections: (compiled: CompiledTopic, looking: Looking): Promise<TopicFeed> => corrections.of(compiled, looking),
  };

  function candidates(compiled: CompiledTopic, looking: Looking, first?: number) {
    const ids = members.get(compiled.topic.id) ?? new Set();
    return candidatesAmong(ids, search, compiled, settings.publishers, looking, first);
  }
}

export type Newsroom = ReturnType<typeof openNewsroom>;

import type { ItemId, StoryId, TopicId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import type { ServedDocument } from "../src/model/published.ts";
import type { Settings } from "../src/model/settings.ts";
import type { Topic, TopicFeed } from "../src/model/topic.ts";
import { type CompiledTopic, curateTopic, topicsFor } from "../src/road.ts";
import { openSearch, type SearchIndex } from "../src/search/search.ts";
import { CANDIDATES, CANDIDATES_A_STORY } from "./publish.ts";
import type { Told } from "./tail.ts";

/** What a web process knows: items in the index, members of topics, finished documents. All in memory, all from the streams. */
export function openNewsroom(settings: Settings, topics: readonly CompiledTopic[]) {
  const search: SearchIndex = openSearch({ maxItems: settings.retention.maxItems });
  const documents = new Map<string, ServedDocument>();
  const members = new Map<TopicId, Set<ItemId>>(topics.map(({ topic }) => [topic.id, new Set()]));
  const topicsOf = topicsFor(topics);
  const topicsOfItem = new Map<ItemId, readonly TopicId[]>();
  const feeds = new Map<TopicId, { readonly version: number; readonly feed: TopicFeed }>();

  const withText = new Set(settings.feeds.flatMap(({ id, fullContent }) => (fullContent ? [id] : [])));

  /** Pages show teasers; only feeds whose text may be republished keep theirs in memory. */
  function lean({ item, decision }: Placed): Placed {
    if (withText.has(item.feed)) return { item, decision };
    const { content: _, summary: __, ...rest } = item;
    return { item: rest, decision };
  }

  function put(given: Placed): void {
    const placed = lean(given);
    search.put(placed);
    leaveTopics(placed.item.id);
    const inTopics = topicsOf(placed).map(({ topic }) => topic.id);
    for (const topic of inTopics) members.get(topic)?.add(placed.item.id);
    if (inTopics.length > 0) topicsOfItem.set(placed.item.id, inTopics);
  }

  function drop(item: ItemId): void {
    search.drop(item);
    leaveTopics(item);
  }

  function leaveTopics(item: ItemId): void {
    for (const topic of topicsOfItem.get(item) ?? []) members.get(topic)?.delete(item);
    topicsOfItem.delete(item);
  }

  const membersOf = (story: StoryId) => search.story(story)?.members ?? [];

  return {
    search,
    membersOf,
    documents,
    put,

    /** Items that are kept no longer; told of in the streams, unless we were away for too long. */
    keepOnly(items: ReadonlySet<ItemId>): void {
      for (const { item } of [...search.newest()]) if (!items.has(item.id)) drop(item.id);
    },

    /** Applies what was told, in order; `itemsById` holds the items that its decisions name. */
    hear(told: Told, itemsById: ReadonlyMap<ItemId, Placed["item"]>): void {
      if (told.kind === "swapped") return;
      if (told.kind === "swept") {
        for (const item of told.items) drop(item);
        return;
      }
      for (const story of told.outcome.revived ?? []) search.revive(story);
      for (const decision of told.outcome.decisions) {
        const item = itemsById.get(decision.item);
        if (item !== undefined) put({ item, decision });
      }
      for (const { item, story, storyIri } of told.outcome.moved) search.move(item, story, storyIri);
      for (const { from, into } of told.outcome.aliases) search.alias(from, into);
      for (const item of told.outcome.withdrawn) drop(item);
    },

    /** Made when asked for, kept until anything changes. */
    topicFeed(topic: Topic): TopicFeed {
      const kept = feeds.get(topic.id);
      if (kept?.version === search.version) return kept.feed;
      const feed = curateTopic(topic, newest(members.get(topic.id) ?? new Set()), membersOf, settings);
      feeds.set(topic.id, { version: search.version, feed });
      return feed;
    },
  };

  function newest(ids: Set<ItemId>): readonly Placed[] {
    // beyond its size the index lets go of the oldest by itself
    for (const id of ids) if (search.item(id) === undefined) leaveTopics(id);
    const told = new Map<StoryId, number>();
    return [...ids]
      .flatMap((id) => search.item(id) ?? [])
      .sort((a, b) => b.item.arrivedAt - a.item.arrivedAt)
      .filter(({ decision }) => {
        const count = told.get(decision.story) ?? 0;
        told.set(decision.story, count + 1);
        return count < CANDIDATES_A_STORY;
      })
      .slice(0, CANDIDATES);
  }
}

export type Newsroom = ReturnType<typeof openNewsroom>;

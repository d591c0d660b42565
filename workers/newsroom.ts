import type { ItemId, StoryId, TopicId } from "../src/model/ids.ts";
import type { Item } from "../src/model/item.ts";
import type { Placed } from "../src/model/news.ts";
import type { ServedDocument } from "../src/model/published.ts";
import type { Settings } from "../src/model/settings.ts";
import type { Topic, TopicFeed } from "../src/model/topic.ts";
import { type CompiledTopic, curateCorrections, curateTopic, topicsFor } from "../src/road.ts";
import { openSearch, type Pack, type SearchIndex } from "../src/search/search.ts";
import type { WithdrawnItem } from "../src/serve/serve.ts";
import { CANDIDATES, CANDIDATES_A_STORY } from "./publish.ts";
import type { Told } from "./tail.ts";

const MOST_WITHDRAWN = 1000;

/** What a web process knows: items in the index, members of topics, finished documents. All in memory, all from the streams. */
export function openNewsroom(settings: Settings, topics: readonly CompiledTopic[], pack: Pack) {
  const search: SearchIndex = openSearch({ maxItems: settings.retention.maxItems, pack });
  const documents = new Map<string, ServedDocument>();
  const members = new Map<TopicId, Set<ItemId>>(topics.map(({ topic }) => [topic.id, new Set()]));
  const topicsOf = topicsFor(topics);
  const topicsOfItem = new Map<ItemId, readonly TopicId[]>();
  const feeds = new Map<TopicId, { readonly version: number; readonly feed: TopicFeed }>();
  const corrections = new Map<TopicId, { readonly version: number; readonly feed: TopicFeed }>();

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
    search.put(placed);
    enterTopics(placed);
  }

  /** As put() for many, oldest first; they are found when search.loaded(). */
  function load(given: readonly Placed[]): void {
    const placed = given.map(lean);
    search.load(placed);
    for (const one of placed) {
      withdrawn.delete(one.item.id);
      enterTopics(one);
    }
  }

  function enterTopics(placed: Placed): void {
    const { id } = placed.item;
    leaveTopics(id);
    const inTopics = topicsOf(placed).map(({ topic }) => topic.id);
    for (const topic of inTopics) members.get(topic)?.add(id);
    if (inTopics.length > 0) topicsOfItem.set(id, inTopics);
  }

  function drop(item: ItemId): void {
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
    for (const topic of topicsOfItem.get(item) ?? []) members.get(topic)?.delete(item);
    topicsOfItem.delete(item);
  }

  const membersOf = (story: StoryId) => search.story(story)?.members ?? [];

  return {
    search,
    membersOf,
    documents,
    withdrawn,
    load,
    withdraw,

    /** Items that are kept no longer; told of in the streams, unless we were away for too long. */
    keepOnly(items: ReadonlySet<ItemId>): void {
      for (const { item } of [...search.newest()]) if (!items.has(item.id)) drop(item.id);
    },

    /** Applies what was told, in order; `itemsById` holds the items that it names. */
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
      for (const id of told.outcome.withdrawn) {
        drop(id);
        const item = itemsById.get(id);
        if (item !== undefined) withdraw(item);
      }
    },

    /** Made when asked for, kept until anything changes. */
    topicFeed(topic: Topic): TopicFeed {
      const kept = feeds.get(topic.id);
      if (kept?.version === search.version) return kept.feed;
      const feed = curateTopic(topic, newest(members.get(topic.id) ?? new Set()), membersOf, settings);
      feeds.set(topic.id, { version: search.version, feed });
      return feed;
    },

    /** What publishers put right in a topic's items; made as the topic's feed is. */
    corrections(topic: Topic): TopicFeed {
      const kept = corrections.get(topic.id);
      if (kept?.version === search.version) return kept.feed;
      const feed = curateCorrections(topic, newest(members.get(topic.id) ?? new Set()));
      corrections.set(topic.id, { version: search.version, feed });
      return feed;
    },
  };

  function newest(ids: Set<ItemId>): readonly Placed[] {
    // beyond its size the index lets go of the oldest by itself
    for (const id of ids) if (search.item(id) === undefined) leaveTopics(id);
    const told = new Map<StoryId, number>();
    let counted = 0;
    return [...ids]
      .flatMap((id) => search.item(id) ?? [])
      .sort((a, b) => b.item.arrivedAt - a.item.arrivedAt)
      .filter(({ decision }) => {
        const count = told.get(decision.story) ?? 0;
        told.set(decision.story, count + 1);
        if (count < CANDIDATES_A_STORY) counted += 1;
        return counted <= CANDIDATES;
      });
  }
}

export type Newsroom = ReturnType<typeof openNewsroom>;

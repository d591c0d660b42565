import { feedStore } from "../../src/adapters/feed-store.ts";
import { quarantineStore } from "../../src/adapters/quarantine-store.ts";
import { subscriptionStore } from "../../src/adapters/subscription-store.ts";
import { creditReader } from "../../src/curate/curate.ts";
import { reportOf } from "../../src/hub/hub.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { TopicId } from "../../src/model/ids.ts";
import { type Duration, SECOND } from "../../src/model/time.ts";
import { isListed, type TopicFeed } from "../../src/model/topic.ts";
import { opml } from "../../src/publish/publish.ts";
import type { CompiledTopic } from "../../src/road.ts";
import type { View } from "../../src/serve/serve.ts";
import { inTime } from "../in-time.ts";
import type { Readiness } from "../ops.ts";
import { takenBy } from "../topics/taken-by.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { editingOf, goneTopic } from "../topics/topic-list.ts";
import type { World } from "../world.ts";
import type { Newsroom } from "./newsroom.ts";
import { openReaders } from "./readers.ts";
import { openSearches } from "./searches.ts";
import { unfiledReader } from "./unfiled.ts";

/** Feed states are asked of Redis, but a page waits for them no longer than this. */
const STATE_PATIENCE: Duration = 500;
/** Pages of many topics may be this much behind: while news come in fast they are not made anew for each. */
const LATE: Duration = 3 * SECOND;

/** What the HTTP server may ask for, answered from the newsroom's memory. */
export function openView(world: World, newsroom: Newsroom, book: TopicBook, readiness: () => Readiness): View {
  const { settings } = world;
  const topics = () => book.current().map(({ topic }) => topic);
  const topicCalled = (id: TopicId) => book.list().byId.get(id);
  const publisherById = new Map(settings.publishers.map((publisher) => [publisher.id, publisher]));
  // asks and gives up at once while Redis is away, where the main connection would wait for it
  const impatient = world.connect("states", false);
  const states = feedStore(impatient, world.keys);
  const subscriptions = subscriptionStore(impatient, world.keys);
  const quarantine = quarantineStore(impatient, world.keys);
  const readersOf = ({ topic }: CompiledTopic) => ({ now: world.now(), editing: editingOf(book.list(), topic.id) });
  const feedOf = (compiled: CompiledTopic, late?: Duration): Promise<TopicFeed> =>
    newsroom.topicFeed(compiled, readersOf(compiled), late);
  const unfiled = unfiledReader(newsroom.search, settings);
  let lastStates: Awaited<ReturnType<World["feeds"]["states"]>> = new Map();

  return {
    settings,
    ...(settings.websub?.hub !== undefined && { hubUrl: settings.websub.hub.url }),
    topics,
    goneTopic: (id) => goneTopic(book.list(), id, world.now()),
    document: newsroom.documents.get,
    newIn: newsroom.documents.newIn,
    archives: newsroom.documents.archives,
    async topicFeed(id) {
      const topic = topicCalled(id);
      return topic && (await feedOf(topic));
    },
    async corrections(id) {
      const topic = topicCalled(id);
      return topic && (await newsroom.corrections(topic, readersOf(topic)));
    },
    async topicFeeds() {
      const feeds = [];
      for (const compiled of book.current()) if (isListed(compiled.topic)) feeds.push(await feedOf(compiled, LATE));
      return feeds;
    },
    async frontPage(storiesASection) {
      const all = book.current();
      const news = [];
      for (const section of settings.sections) {
        const topic = all.find((one) => one.topic.section === section.id);
        const entries = topic === undefined ? [] : (await feedOf(topic, LATE)).entries.slice(0, storiesASection);
        if (entries.length > 0) news.push({ section, entries });
      }
      return news;
    },
    unfiled,
    story: (id) => newsroom.search.story(id),
    item: (id) => newsroom.search.item(id),
    topicsOf: (placed) =>
      newsroom.topicsOf(placed).flatMap((compiled) => {
        if (compiled.topic.section !== undefined || !isListed(compiled.topic)) return [];
        const clauses = takenBy(compiled, placed, newsroom.membersOf(placed.decision.story), settings.publishers);
        return clauses === undefined ? [] : [{ topic: compiled.topic, clauses }];
      }),
    creditOf: creditReader(settings.publishers),
    withdrawn: (id) => newsroom.withdrawn.get(id),
    ...openSearches(world, newsroom, book),
    readers: openReaders(world),
    newestOf(publisher, limit) {
      const found = [];
      for (const { item } of newsroom.search.newest()) {
        const placed = item.publisher === publisher ? newsroom.search.item(item.id) : undefined;
        if (placed === undefined) continue;
        found.push(placed);
        if (found.length === limit) break;
      }
      return found;
    },
    async feedsOf(publisher) {
      const feeds = settings.feeds.filter((feed) => publisher === undefined || feed.publisher === publisher);
      const ids = feeds.map(({ id }) => id);
      const [fresh, pushes, kept] = await Promise.all([
        answered(states.states(ids)),
        answered(subscriptions.all(ids)),
        askKept(),
      ]);
      lastStates = fresh === undefined ? lastStates : new Map([...lastStates, ...fresh]);
      return {
        stale: fresh === undefined,
        feeds: feeds.flatMap((feed) => {
          const by = publisherById.get(feed.publisher);
          if (by === undefined) return [];
          const subscription = pushes?.get(feed.id);
          const notes = kept?.get(feed.id);
          return [
            {
              feed,
              publisher: by,
              state: lastStates.get(feed.id) ?? NEW_FEED_STATE,
              ...(subscription?.nextAt !== undefined && { push: reportOf(subscription, world.now()) }),
              ...(notes !== undefined && { kept: notes }),
            },
          ];
        }),
      };
    },
    opml: () => opml(topics(), settings),
    readiness,
  };

  async function askKept() {
    const notes = await answered(quarantine.notes(world.now()));
    return notes === undefined ? undefined : Map.groupBy(notes, ({ feed }) => feed);
  }
}

/** What Redis answers, if it does so while somebody waits for a page. */
const answered = <Value>(asked: Promise<Value>): Promise<Value | undefined> =>
  inTime(
    asked.catch(() => undefined),
    STATE_PATIENCE,
    undefined,
  );

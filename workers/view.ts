import { compressed } from "../src/adapters/compress.ts";
import { feedStore } from "../src/adapters/feed-store.ts";
import { quarantineStore } from "../src/adapters/quarantine-store.ts";
import { subscriptionStore } from "../src/adapters/subscription-store.ts";
import { creditReader } from "../src/curate/curate.ts";
import { reportOf } from "../src/hub/hub.ts";
import { NEW_FEED_STATE } from "../src/model/feed.ts";
import type { FeedId } from "../src/model/ids.ts";
import type { OutputFormat, ServedDocument } from "../src/model/published.ts";
import { SECOND } from "../src/model/time.ts";
import { opml } from "../src/publish/publish.ts";
import { parseQuery, READER_LIMITS } from "../src/query/query.ts";
import { type CompiledTopic, republishSearch } from "../src/road.ts";
import type { View } from "../src/serve/serve.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Readiness } from "./ops.ts";
import type { World } from "./world.ts";

/** Finished search feeds are few and small; the oldest go first. */
const KEPT_SEARCHES = 200;
const SEARCH_FEED_SIZE = 50;
/** Feed states are asked of Redis, but a page waits for them no longer than this. */
const STATE_PATIENCE_MS = 500;
/** A search feed may be this much behind the index: it is sent with max-age=60 anyway. */
const SEARCH_FEED_AGE = 15 * SECOND;

interface KeptSearch {
  readonly madeAt: number;
  readonly version: number;
  readonly document: Promise<ServedDocument>;
}

/** What the HTTP server may ask for, answered from the newsroom's memory. */
export function openView(
  world: World,
  newsroom: Newsroom,
  topics: readonly CompiledTopic[],
  readiness: () => Readiness,
): View {
  const { settings } = world;
  const topicById = new Map(topics.map(({ topic }) => [topic.id, topic]));
  const publisherById = new Map(settings.publishers.map((publisher) => [publisher.id, publisher]));
  const searches = new Map<string, KeptSearch>();
  // asks and gives up at once while Redis is away, where the main connection would wait for it
  const impatient = world.connect("states", false);
  const states = feedStore(impatient, world.keys);
  const subscriptions = subscriptionStore(impatient, world.keys);
  const quarantine = quarantineStore(impatient, world.keys);
  let lastStates: Awaited<ReturnType<World["feeds"]["states"]>> = new Map();

  async function renderSearch(query: string, format: OutputFormat): Promise<ServedDocument> {
    const parsed = parseQuery(query, READER_LIMITS);
    if (parsed.kind === "bad") throw new TypeError("only called with a query that parses");
    const { hits } = await newsroom.search.ask(parsed.query, {
      limit: 4 * SEARCH_FEED_SIZE,
      now: world.now(),
      order: "newest",
    });
    const publishing = republishSearch(query, hits, newsroom.membersOf, format, settings);
    if (publishing?.kind !== "published") throw new Error(`search feed refused: ${publishing?.why.join("; ")}`);
    return await compressed(publishing.document);
  }

  /** One rendering serves all who ask meanwhile. */
  function keptSearch(query: string, format: OutputFormat): KeptSearch {
    const key = `${format} ${query}`;
    const { version } = newsroom.search;
    const kept = searches.get(key);
    if (kept !== undefined && (kept.version === version || world.now() - kept.madeAt < SEARCH_FEED_AGE)) return kept;
    const fresh = { madeAt: world.now(), version, document: renderSearch(query, format) };
    fresh.document.catch(() => searches.delete(key));
    searches.delete(key);
    searches.set(key, fresh);
    const [oldest] = searches.keys();
    if (searches.size > KEPT_SEARCHES && oldest !== undefined) searches.delete(oldest);
    return fresh;
  }

  return {
    settings,
    topics: () => topics.map(({ topic }) => topic),
    document: (path) => newsroom.documents.get(path),
    topicFeed(id) {
      const topic = topicById.get(id);
      return topic === undefined ? undefined : newsroom.topicFeed(topic);
    },
    corrections(id) {
      const topic = topicById.get(id);
      return topic === undefined ? undefined : newsroom.corrections(topic);
    },
    frontPage(storiesASection) {
      return settings.sections.flatMap((section) => {
        const topic = topics.find((one) => one.topic.section === section.id)?.topic;
        const entries = topic === undefined ? [] : newsroom.topicFeed(topic).entries.slice(0, storiesASection);
        return entries.length === 0 ? [] : [{ section, entries }];
      });
    },
    story: (id) => newsroom.search.story(id),
    item: (id) => newsroom.search.item(id),
    creditOf: creditReader(settings.publishers),
    withdrawn: (id) => newsroom.withdrawn.get(id),
    async search(query, limit) {
      const started = performance.now();
      const parsed = parseQuery(query, READER_LIMITS);
      if (parsed.kind === "bad") return parsed;
      const { hits, total } = await newsroom.search.ask(parsed.query, { limit, now: world.now() });
      return { kind: "found", hits, total, tookMs: performance.now() - started };
    },
    async searchDocument(query, format) {
      const parsed = parseQuery(query, READER_LIMITS);
      if (parsed.kind === "bad") return parsed;
      return await keptSearch(query, format).document;
    },
    newestOf(publisher, limit) {
      const found = [];
      for (const placed of newsroom.search.newest()) {
        if (placed.item.publisher !== publisher) continue;
        found.push(placed);
        if (found.length === limit) break;
      }
      return found;
    },
    async feedsOf(publisher) {
      const feeds = settings.feeds.filter((feed) => publisher === undefined || feed.publisher === publisher);
      const ids = feeds.map(({ id }) => id);
      const [fresh, pushes, kept] = await Promise.all([askStates(ids), askPushes(ids), askKept()]);
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
    opml: () =>
      opml(
        topics.map(({ topic }) => topic),
        settings,
      ),
    readiness,
  };

  async function askStates(feeds: readonly FeedId[]) {
    return await inTime(states.states(feeds));
  }

  async function askPushes(feeds: readonly FeedId[]) {
    return await inTime(subscriptions.all(feeds));
  }

  async function askKept() {
    const notes = await inTime(quarantine.notes(world.now()));
    return notes === undefined ? undefined : Map.groupBy(notes, ({ feed }) => feed);
  }
}

/** What Redis answers, if it does so while somebody waits for a page. */
async function inTime<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, STATE_PATIENCE_MS, undefined).unref());
  return await Promise.race([asked.catch(() => undefined), late]);
}

import type { Feed, FeedState, Publisher } from "../model/feed.ts";
import type { SearchOrder, SearchResult } from "../model/found.ts";
import type { ItemId, PublisherId, StoryId, TopicId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { KeptNote } from "../model/kept.ts";
import type { Placed } from "../model/news.ts";
import type { OutputFormat, ServedDocument } from "../model/published.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import type { Section } from "../model/section.ts";
import type { Settings } from "../model/settings.ts";
import type { PushReport } from "../model/subscription.ts";
import type { Instant } from "../model/time.ts";
import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import type { Answerable } from "./answer.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/**
 * What the HTTP server may ask for. All but `feedsOf` answer from memory, so that pages and
 * feeds go on being served while Redis is away.
 */
export interface View {
  readonly settings: Settings;
  /** the sections' own topics come after the curated ones */
  topics(): readonly Topic[];
  /** one that was deleted within a year, or that has another id by now */
  goneTopic(id: TopicId): { readonly into?: TopicId } | undefined;
  /** a finished document by its path: "topics/energie.rss", "sections/politik.atom" */
  document(path: string): ServedDocument | undefined;
  /**
   * What is new in it for a client that holds one of its earlier versions, named by If-None-Match; undefined where it
   * holds none that we remember, the current one, or nothing that is still there
   */
  newIn?(path: string, ifNoneMatch: string | undefined): Answerable | undefined;
  /** numbers of the oldest and the latest archive that there are at a place: "topics/energie" */
  archives?(place: string): { readonly first: number; readonly last: number } | undefined;
  topicFeed(id: TopicId): Promise<TopicFeed | undefined>;
  /** of all topics that are listed, in their order */
  topicFeeds(): Promise<readonly TopicFeed[]>;
  /** what publishers put right in its items */
  corrections(id: TopicId): Promise<TopicFeed | undefined>;
  /** sections that have something to show, in the order of sections.yaml, each with its newest stories */
  frontPage(
    storiesASection: number,
  ): Promise<readonly { readonly section: Section; readonly entries: readonly TopicEntry[] }[]>;
  /** the newest stories of which nothing is filed under a section */
  unfiled(stories: number): readonly TopicEntry[];
  /** by the story's own or any older id; newest first */
  story(id: StoryId): ToldStory | undefined;
  item(id: ItemId): Placed | undefined;
  /** the curated topics that take it, each by these clauses of its query */
  topicsOf?(placed: Placed): readonly TakingTopic[];
  /** whose text it says it carries; undefined where it is its publisher's own */
  creditOf(item: Item): string | undefined;
  /** one that its publisher took out lately */
  withdrawn(id: ItemId): WithdrawnItem | undefined;
  /** One page of what is found; a page beyond the last is the last. Nothing is looked for any more once `signal` aborts. */
  search(query: string, turned: Turned, signal?: AbortSignal): Promise<SearchAnswer>;
  /** any search is a feed */
  searchDocument(query: string, format: OutputFormat, signal?: AbortSignal): Promise<ServedDocument | BadQuery | Busy>;
  newestOf(publisher: PublisherId, limit: number): readonly Placed[];
  /** feeds of a publisher (all feeds where left out) with their state as last known; `stale` where Redis did not answer */
  feedsOf(publisher?: PublisherId): Promise<{ readonly feeds: readonly FeedReport[]; readonly stale: boolean }>;
  /** our own WebSub hub, where there is one: goes into the Link header of every feed */
  readonly hubUrl?: string;
  /** says who asks too often, where anybody does; left out: nobody is held back */
  readonly readers?: ReaderLimits;
  /** every feed that we publish, as OPML 2.0 */
  opml(): string;
  readiness(): { readonly ready: boolean; readonly reasons: readonly string[] };
}

interface Turned {
  readonly page: number;
  readonly order: SearchOrder;
}

export interface TakingTopic {
  readonly topic: Topic;
  /** in our query language */
  readonly clauses: readonly string[];
}

export interface WithdrawnItem {
  readonly publisher: PublisherId;
  readonly at: Instant;
}

/** A story with all its items, newest first. */
export interface ToldStory {
  readonly id: StoryId;
  readonly members: readonly Placed[];
  /** older ids, of the stories that became part of it */
  readonly was?: readonly StoryId[];
}

export interface FeedReport {
  readonly feed: Feed;
  readonly publisher: Publisher;
  readonly state: FeedState;
  /** what its WebSub hub does for us, where it names one */
  readonly push?: PushReport;
  /** documents that could not be read, newest first */
  readonly kept?: readonly KeptNote[];
}

export interface BadQuery {
  readonly kind: "bad";
  /** in English */
  readonly message: string;
  /** character position in the query, from 0 */
  readonly at: number;
  readonly mistake: QueryMistake;
}

/** So many search that one more would make all of them wait. */
export interface Busy {
  readonly kind: "busy";
  /** until asking again may help */
  readonly seconds: number;
}

type SearchAnswer = SearchResult | BadQuery | Busy;

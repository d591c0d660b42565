import type { KnownItem } from "../../src/adapters/feed-store.ts";
import { identify, keepFirstSight, keysOf } from "../../src/identify/identify.ts";
import type { Feed, FeedIdentity, FeedState } from "../../src/model/feed.ts";
import type { Item } from "../../src/model/item.ts";
import type { NewsEntry } from "../../src/model/news.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY, type Instant } from "../../src/model/time.ts";
import { domainsOfOthers } from "./domain-owners.ts";
import type { PollTools } from "./tools.ts";

/** What a document brought: which of its items are new or revised, and the news of them. */
export interface Brought {
  readonly items: readonly { readonly item: Item; readonly news?: NewsEntry }[];
  /** identity keys to write: new ones, those whose item has changed, and a day's first of the others */
  readonly known: ReadonlyMap<string, KnownItem>;
  /** what the document's keys stood for before it, and what all of them stand for after it */
  readonly identities: {
    readonly before: ReadonlyMap<string, KnownItem>;
    readonly after: ReadonlyMap<string, KnownItem>;
  };
  /** items that arrive now: an archive says nothing of how much the feed brings */
  readonly fresh: number;
  /** what the feed's items are known by from now on, where its guids are not beyond doubt */
  readonly identity?: FeedIdentity;
}

const NOTHING: Brought = {
  items: [],
  known: new Map(),
  identities: { before: new Map(), after: new Map() },
  fresh: 0,
};

export async function bring(
  { world }: Pick<PollTools, "world">,
  feed: Feed,
  state: FeedState,
  reading: Reading,
): Promise<Brought> {
  if (reading.kind === "unreadable") return NOTHING;
  const { drafts, profile } = reading;
  const { settings } = world;
  const now = world.now();
  const keys = [...new Set(drafts.flatMap((draft) => keysOf(draft)))];
  const before = await world.feeds.known(feed.id, keys);
  const { fresh, revised, known, identity } = identify({
    feed,
    drafts,
    state,
    keepFor: settings.retention.items,
    others: domainsOfOthers(settings, feed.publisher),
    ...(profile.homeUrl !== undefined && { homeUrl: profile.homeUrl }),
    known: before,
    authority: new URL(settings.publicUrl).hostname,
    now,
  });
  const old = await world.items.items(revised.map(({ id }) => id));
  const oldById = new Map(old.map((item) => [item.id, item]));
  const kept = revised.map((item) => keepFirstSight(item, oldById.get(item.id)));
  const items = [
    ...fresh.map((item) => ({ item, news: { kind: "new", item: newsItem(feed, item) } as const })),
    ...kept.map((item) => ({ item, news: { kind: "revised", item: newsItem(feed, item) } as const })),
  ];
  return {
    items,
    known: changed(known, before, now),
    identities: { before, after: known },
    fresh: fresh.filter((item) => item.arrivedAt === now).length,
    ...(identity !== undefined && { identity }),
  };
}

/** What the store has already, today, is not written again. */
function changed(
  known: ReadonlyMap<string, KnownItem>,
  before: ReadonlyMap<string, KnownItem>,
  now: Instant,
): ReadonlyMap<string, KnownItem> {
  const today = Math.floor(now / DAY);
  const isStored = (key: string, { item, digest, revision, at }: KnownItem): boolean => {
    const stored = before.get(key);
    return (
      stored?.item === item &&
      stored.digest === digest &&
      stored.revision === revision &&
      stored.at === at &&
      Math.floor((stored.seen ?? 0) / DAY) === today
    );
  };
  return new Map([...known].filter(([key, value]) => !isStored(key, value)));
}

function newsItem(feed: Feed, { content: _, summary: __, ...item }: Item) {
  return { ...item, ...(feed.section === undefined ? {} : { feedSection: feed.section }) };
}

import { identify, keepFirstSight, keysOf, plain, type Shown } from "../../src/identify/identify.ts";
import type { Feed, FeedIdentity, FeedState } from "../../src/model/feed.ts";
import type { Draft, Item } from "../../src/model/item.ts";
import type { KnownItem } from "../../src/model/known-item.ts";
import type { NewsEntry } from "../../src/model/news.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY, type Instant } from "../../src/model/time.ts";
import { revise, withRevision } from "../../src/revise/revise.ts";
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
  /** who is in the document, in its order */
  readonly shown: readonly Shown[];
  /** items that arrive now: an archive says nothing of how much the feed brings */
  readonly fresh: number;
  /** what the feed's items are known by from now on, where its guids are not beyond doubt */
  readonly identity?: FeedIdentity;
}

const NOTHING: Brought = {
  items: [],
  known: new Map(),
  identities: { before: new Map(), after: new Map() },
  shown: [],
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
  const { fresh, revised, known, shown, identity } = identify({
    feed,
    drafts,
    state,
    isFirst: state.succeededAt === undefined,
    keepFor: settings.retention.items,
    others: domainsOfOthers(settings, feed.publisher),
    ...(profile.homeUrl !== undefined && { homeUrl: profile.homeUrl }),
    known: before,
    authority: new URL(settings.publicUrl).hostname,
    now,
  });
  const old = await world.items.items(revised.map(({ id }) => id));
  const oldById = new Map(old.map((item) => [item.id, item]));
  const kept = revised.map((item) => {
    const before = oldById.get(item.id);
    return { ...keepFirstSight(item, before), ...revisionsOf(feed, before, item) };
  });
  const items = [
    ...fresh.map((item) => ({ item, news: { kind: "new", item: newsItem(feed, item) } as const })),
    ...kept.map((item) => ({ item, news: { kind: "revised", item: newsItem(feed, item) } as const })),
  ];
  return {
    items,
    known: changed(known, before, now),
    identities: { before, after: known },
    shown,
    fresh: fresh.filter((item) => item.arrivedAt === now).length,
    ...(identity !== undefined && { identity }),
  };
}

/** What changed; nothing where the item is gone from the store, or its page alone is another one. */
function revisionsOf(feed: Feed, before: Item | undefined, { revision, revisedAt = 0, ...after }: Item) {
  const { revisions } = before ?? {};
  const known = { number: revision, at: revisedAt, showsBody: feed.fullContent };
  const changed = before === undefined ? undefined : revise(wordingOf(before), wordingOf(after), known);
  const kept = changed === undefined ? revisions : withRevision(changed, revisions);
  return kept === undefined ? {} : { revisions: kept };
}

function wordingOf({ title, teaser, content, summary, marks }: Pick<Item, "title"> & Draft) {
  const body = plain(content ?? summary ?? "");
  return {
    title,
    ...(teaser !== undefined && { teaser }),
    ...(body !== teaser && { body }),
    ...(marks !== undefined && { marks }),
  };
}

/** What the store has already, today, is not written again. */
function changed(
  known: ReadonlyMap<string, KnownItem>,
  before: ReadonlyMap<string, KnownItem>,
  now: Instant,
): ReadonlyMap<string, KnownItem> {
  const today = Math.floor(now / DAY);
  const isStored = (key: string, { item, digest, revision, at, before: earlier }: KnownItem): boolean => {
    const stored = before.get(key);
    return (
      stored?.item === item &&
      stored.digest === digest &&
      stored.revision === revision &&
      stored.at === at &&
      stored.before === earlier &&
      Math.floor((stored.seen ?? 0) / DAY) === today
    );
  };
  return new Map([...known].filter(([key, value]) => !isStored(key, value)));
}

export function newsItem(feed: Pick<Feed, "section">, { content: _, summary: __, revisions: ___, ...item }: Item) {
  return { ...item, ...(feed.section === undefined ? {} : { feedSection: feed.section }) };
}

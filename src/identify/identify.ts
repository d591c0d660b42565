import type { Feed, FeedIdentity, FeedState } from "../model/feed.ts";
import type { Draft, Item } from "../model/item.ts";
import type { KnownItem } from "../model/known-item.ts";
import type { Duration, Instant } from "../model/time.ts";
import { inOrderOfArrival, withArchive, withPast } from "./arrival.ts";
import { type Shown, shownAs } from "./attendance.ts";
import { beliefAfter } from "./belief.ts";
import { plausibleDate } from "./dates.ts";
import type { Domains, Grounds } from "./iri.ts";
import { kindOf } from "./keys.ts";
import type { Memory } from "./known.ts";
import { mintId, mintItem } from "./mint.ts";
import { recognise, type Sighting } from "./recognise.ts";
import { type Remembered, toRemember } from "./remember.ts";

export { type Attendance, readAttendance, type Shown, writeAttendance } from "./attendance.ts";
export { domainOf } from "./iri.ts";
export { keysOf } from "./keys.ts";
export { plain } from "./plain.ts";
export { attend, withoutMissing } from "./withdraw.ts";

/** What one document means against what its feed is known to have. */
export interface Identified {
  /** oldest first: the order in which they are to arrive */
  readonly fresh: readonly Item[];
  /** as if seen for the first time, but for id, revision and revisedAt: keepFirstSight adds the rest. Oldest first */
  readonly revised: readonly Item[];
  readonly unchanged: number;
  /** drafts that said an item of the same document again */
  readonly repeats: number;
  /** items that came back under another guid */
  readonly churned: number;
  /** what to remember under each key of every item that the document carries, changed or not */
  readonly known: ReadonlyMap<string, KnownItem>;
  /** who is in the document, in its order */
  readonly shown: readonly Shown[];
  /** for FeedState.identity; absent where guids are believed and nothing speaks against them */
  readonly identity?: FeedIdentity;
}

/** facts A-29 */
const MAX_DRAFTS = 10_000;

/** A live blog may go on; its readers have been told often enough. */
const MAX_REVISIONS = 24;

const NOBODY_ELSE: Domains = new Set();

type Named = Sighting & Remembered;

/**
 * Same, revised or new? An item is known by its guid, else its page, else its text; within its feed only. A feed whose
 * guids have proved bad is known by page or text first. The same documents give the same ids in every run.
 */
export function identify(input: {
  readonly feed: Feed;
  readonly drafts: readonly Draft[];
  /** what the store has under keysOf of every draft */
  readonly known: Memory;
  /** names our tag: URIs (RFC 4151), e.g. "feeds.example.org" */
  readonly authority: string;
  readonly now: Instant;
  readonly state?: Pick<FeedState, "identity">;
  /** no document of the feed was read before */
  readonly isFirst?: boolean;
  /** how long items are kept after their arrival; without it none arrives but now */
  readonly keepFor?: Duration;
  /** where the feed says that it is at home */
  readonly homeUrl?: string;
  /** domainOf the feeds of all other publishers: their addresses are no ids for this feed's items */
  readonly others?: Domains;
}): Identified {
  const { feed, known, authority, now, state, isFirst, keepFor = 0, homeUrl, others = NOBODY_ELSE } = input;
  const by = state?.identity?.by ?? "guid";
  const drafts = input.drafts.slice(0, MAX_DRAFTS);
  const document = recognise(drafts, known, { by, now });
  const { sightings, shared } = document;
  const items = inOrderOfArrival(sightings, now).map((sighting) => named(sighting, feed, by));
  const isRevised = (item: Named): boolean => item.revision > (item.known?.revision ?? 0);
  const grounds: Grounds = { feedUrl: feed.url, others, ...(homeUrl !== undefined && { homeUrl }) };
  const minted = ({ mark, id, digest, telling }: Named): Item => {
    const hasOwnGuid = by === "guid" && telling.some(isGuidKey);
    return mintItem({ draft: mark.draft, id, digest, feed, grounds, authority, now, hasOwnGuid });
  };
  const fresh = items.filter((item) => item.known === undefined).map(minted);
  const identity = beliefAfter(state?.identity, document, known, now);
  return {
    fresh: withArchive(isFirst === true ? withPast(fresh, now) : fresh, keepFor, now),
    revised: items.filter(isRevised).map((item) => ({ ...minted(item), revision: item.revision, revisedAt: now })),
    unchanged: items.filter((item) => item.known !== undefined && !isRevised(item)).length,
    repeats: drafts.length - sightings.length,
    churned: items.filter((item) => item.known !== undefined && hasNewGuid(item, known)).length,
    known: toRemember(items, shared, known),
    shown: shownIn(drafts, items),
    ...(identity !== undefined && { identity }),
  };
}

function shownIn(drafts: readonly Draft[], items: readonly Named[]): readonly Shown[] {
  const idOf = new Map(items.map(({ mark, id }) => [mark.draft, id]));
  return drafts.flatMap((draft) => {
    const item = idOf.get(draft);
    return item === undefined ? [] : [shownAs(item, draft.publishedAt)];
  });
}

/** A revision keeps what its item was first seen with: address, arrival and date. `old` is gone where it was swept. */
export function keepFirstSight(revised: Item, old: Item | undefined): Item {
  if (old === undefined) return revised;
  const publishedAt = old.publishedAt ?? plausibleDate(revised.publishedAt, old.arrivedAt);
  const { iri, arrivedAt, isPast } = old;
  return { ...revised, iri, arrivedAt, ...(isPast && { isPast }), ...(publishedAt !== undefined && { publishedAt }) };
}

function named(sighting: Sighting, feed: Feed, by: FeedIdentity["by"]): Named {
  const { known, telling, mark } = sighting;
  const { digest } = mark;
  if (known === undefined) return { ...sighting, id: mintId(feed, nameFor(telling, by)), digest, revision: 0 };
  if (!isRevision(known, digest)) return { ...sighting, ...textOf(known), id: known.item };
  return { ...sighting, id: known.item, digest, revision: known.revision + 1, before: known.digest };
}

/** A text that goes back and forth is two caches that disagree: after there and back readers are told no more. */
const isRevision = ({ digest: last, before, revision }: KnownItem, digest: string): boolean =>
  digest !== last && revision < MAX_REVISIONS && !(digest === before && revision > 1);

const textOf = ({ digest, revision, before }: KnownItem) => ({
  ...{ digest, revision },
  ...(before !== undefined && { before }),
});

/** The strongest key; a guid that is not believed may come again with another item. */
function nameFor(telling: readonly string[], by: FeedIdentity["by"]): string {
  const believed = by === "guid" ? undefined : telling.find((key) => !isGuidKey(key));
  return believed ?? telling[0] ?? "";
}

const isGuidKey = (key: string): boolean => kindOf(key) === "g";

const hasNewGuid = ({ telling }: Named, known: Memory): boolean =>
  telling.some((key) => isGuidKey(key) && !known.has(key));

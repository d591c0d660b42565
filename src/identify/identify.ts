import type { Feed } from "../model/feed.ts";
import type { ItemId } from "../model/ids.ts";
import type { Draft, Item } from "../model/item.ts";
import type { Instant } from "../model/time.ts";
import { digestOf } from "./digest.ts";
import { kindOf } from "./keys.ts";
import { mintId, mintItem, plausibleDate } from "./mint.ts";
import { type Known, recognise, type Sighting } from "./recognise.ts";

export { keysOf } from "./keys.ts";
export type { Known } from "./recognise.ts";

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
  readonly known: ReadonlyMap<string, Known>;
}

/** facts A-29 */
const MAX_DRAFTS = 10_000;

/** A live blog may go on; its readers have been told often enough. */
const MAX_REVISIONS = 24;

type Named = Sighting & { readonly id: ItemId; readonly digest: string; readonly revision: number };

/**
 * Same, revised or new? An item is known by its guid, else its permalink, else its text; within its feed only.
 * `known`: what the store has under keysOf of every draft. The same document gives the same ids in every run.
 */
export function identify(input: {
  readonly feed: Feed;
  readonly drafts: readonly Draft[];
  readonly known: ReadonlyMap<string, Known>;
  /** names our tag: URIs (RFC 4151), e.g. "feeds.example.org" */
  readonly authority: string;
  readonly now: Instant;
}): Identified {
  const { feed, known, authority, now } = input;
  const drafts = input.drafts.slice(0, MAX_DRAFTS);
  const sightings = recognise(drafts, known);
  const items = inOrderOfArrival(sightings, now).map((sighting) => named(sighting, feed));
  const isRevised = (item: Named): boolean => item.revision > (item.known?.revision ?? 0);
  const minted = ({ draft, id, digest, telling }: Named): Item =>
    mintItem({ draft, id, digest, feed, authority, now, hasOwnGuid: telling.some(isGuidKey) });
  return {
    fresh: items.filter((item) => item.known === undefined).map(minted),
    revised: items.filter(isRevised).map((item) => ({ ...minted(item), revision: item.revision, revisedAt: now })),
    unchanged: items.filter((item) => item.known !== undefined && !isRevised(item)).length,
    repeats: drafts.length - sightings.length,
    churned: items.filter((item) => item.known !== undefined && hasNewGuid(item, known)).length,
    known: toRemember(items, known),
  };
}

/** A revision keeps what its item was first seen with: address, arrival and date. `old` is gone where it was swept. */
export function keepFirstSight(revised: Item, old: Item | undefined): Item {
  if (old === undefined) return revised;
  const publishedAt = old.publishedAt ?? plausibleDate(revised.publishedAt, old.arrivedAt);
  return { ...revised, iri: old.iri, arrivedAt: old.arrivedAt, ...(publishedAt !== undefined && { publishedAt }) };
}

/** By date, where there is one; else as the item before it. Documents have their newest first. */
function inOrderOfArrival(sightings: readonly Sighting[], now: Instant): readonly Sighting[] {
  let before = Number.NEGATIVE_INFINITY;
  const dated = sightings.toReversed().map((sighting) => {
    before = plausibleDate(sighting.draft.publishedAt, now) ?? before;
    return { sighting, at: before };
  });
  return dated.toSorted((one, other) => compare(one.at, other.at)).map(({ sighting }) => sighting);
}

const compare = (one: Instant, other: Instant): number => (one < other ? -1 : one > other ? 1 : 0);

function named(sighting: Sighting, feed: Feed): Named {
  const digest = digestOf(sighting.draft);
  const { known, telling } = sighting;
  if (known === undefined) return { ...sighting, id: mintId(feed, telling[0] ?? ""), digest, revision: 0 };
  const isRevised = known.digest !== digest && known.revision < MAX_REVISIONS;
  return isRevised
    ? { ...sighting, id: known.item, digest, revision: known.revision + 1 }
    : { ...sighting, id: known.item, digest: known.digest, revision: known.revision };
}

const isGuidKey = (key: string): boolean => kindOf(key) === "g";

const hasNewGuid = ({ telling }: Named, known: ReadonlyMap<string, Known>): boolean =>
  telling.some((key) => isGuidKey(key) && !known.has(key));

/** A key that stands for another item already goes on doing so; whom a key identifies goes before who merely has it. */
function toRemember(items: readonly Named[], known: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  const remembered = new Map<string, Known>();
  for (const keysOfItem of [({ keys }: Named) => keys, ({ telling }: Named) => telling])
    for (const item of items)
      for (const key of keysOfItem(item))
        if ((known.get(key)?.item ?? item.id) === item.id)
          remembered.set(key, { item: item.id, digest: item.digest, revision: item.revision });
  return remembered;
}

import type { Item } from "../model/item.ts";
import { DAY, type Duration, HOUR, type Instant } from "../model/time.ts";
import { plausibleDate } from "./dates.ts";
import type { Sighting } from "./recognise.ts";

/** So many items a document may bring as news; real ones hold twenty, few more than a hundred. */
const MOST_NEWS = 100;
/** The desk looks back three days; what is older than this is news to nobody. */
const ARCHIVE_AGE: Duration = 4 * DAY;
/** What is out no longer than between two polls might as well have come with a later one. */
const PAST_AGE: Duration = HOUR;

/** By date, where there is one; else as the item before it. Documents have their newest first. */
export function inOrderOfArrival(sightings: readonly Sighting[], now: Instant): readonly Sighting[] {
  let before = Number.NEGATIVE_INFINITY;
  const dated = sightings.toReversed().map((sighting) => {
    before = plausibleDate(sighting.mark.draft.publishedAt, now) ?? before;
    return { sighting, at: before };
  });
  return dated.toSorted((one, other) => compare(one.at, other.at)).map(({ sighting }) => sighting);
}

const compare = (one: Instant, other: Instant): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Behind its newest hundred a document brings an archive: what is old or undated there arrives as if we had been there
 * at its date, so that neither topics nor the desk take it for news. It is kept all the same: nothing arrives longer
 * ago than half of what is kept.
 * @param fresh oldest first
 */
export function withArchive(fresh: readonly Item[], keepFor: Duration, now: Instant): readonly Item[] {
  const earliest = now - keepFor / 2;
  const isOld = ({ publishedAt = earliest }: Item): boolean => now - publishedAt > ARCHIVE_AGE;
  return fresh.map((item, n) =>
    n < fresh.length - MOST_NEWS && isOld(item)
      ? { ...item, arrivedAt: Math.max(item.publishedAt ?? earliest, earliest) }
      : item,
  );
}

/** What the first document of a feed brings is what is new there, and what was there before we were. */
export function withPast(first: readonly Item[], now: Instant): readonly Item[] {
  return first.map((item) => (now - (item.publishedAt ?? 0) > PAST_AGE ? { ...item, isPast: true } : item));
}

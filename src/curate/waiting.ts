import type { Instant } from "../model/time.ts";
import type { Announcement, Topic } from "../model/topic.ts";
import type { Election } from "./election.ts";
import type { Known } from "./known.ts";
import type { Standing } from "./order.ts";

/** Of documents. Pages have none: nobody has to unread them. */
export interface Readers extends Pick<Known, "isAnnounced">, Pick<Election, "ripeAt"> {
  readonly announced: readonly Announcement[];
}

/** What is not to be shown yet: by an embargo, or for a better copy. What readers know, or editors pinned, waits for no copy. */
export function waitingUntil(
  { hold }: Topic,
  standings: readonly Standing[],
  readers: Readers | undefined,
  now: Instant = Number.POSITIVE_INFINITY,
): ReadonlyMap<Standing, Instant> {
  const copyEnd = ({ group, pin }: Standing): Instant =>
    hold === undefined || readers === undefined || pin !== undefined || readers.isAnnounced(group)
      ? 0
      : readers.ripeAt(group.candidates);
  const ends = standings.map((one) => [one, Math.max(one.embargo ?? 0, copyEnd(one))] as const);
  return new Map(ends.filter(([, end]) => end > now));
}

/**
 * An edit of a topic never announces what is old. What would have been told before it, had the rules been these, and was
 * not, stays out until somebody tells it again. A topic that nobody was told of yet has nothing to keep still about.
 */
export function withoutOldNews(
  { editedAt = 0 }: Topic,
  standings: readonly Standing[],
  readers: Readers | undefined,
): readonly Standing[] {
  if (readers === undefined || readers.announced.length === 0) return standings;
  const isOld = ({ group, since }: Standing): boolean =>
    since < editedAt &&
    group.members.every(({ item }) => item.arrivedAt < editedAt) &&
    readers.ripeAt(group.candidates) < editedAt;
  return standings.filter((one) => one.pin !== undefined || readers.isAnnounced(one.group) || !isOld(one));
}

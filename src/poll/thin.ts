import type { FeedState } from "../model/feed.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";

/** What is usual follows the documents: half of a change is usual after a week. */
const HALF_LIFE: Duration = 7 * DAY;
/** A document with less than this share of the usual items is thin … */
const THIN = 1 / 4;
/** … where there are enough items for a share to mean something. One without any item always is. */
const MEANINGFUL = 8;

type Fullness = Pick<FeedState, "usualCount" | "thinSince">;

/**
 * How full a document is beside the earlier ones. Publishers' templates lose their data and still send a valid feed:
 * nothing is taken for withdrawn, but the feed's page tells. `before` is the state before the poll.
 */
export function fullnessAfter(before: FeedState, itemCount: number | undefined, now: Instant): Fullness {
  if (itemCount === undefined) return {};
  const usual = before.usualCount ?? itemCount;
  const elapsed = Math.max(0, now - (before.succeededAt ?? now));
  const usualCount = Math.max(itemCount, itemCount + (usual - itemCount) * 2 ** (-elapsed / HALF_LIFE));
  const isThin = itemCount === 0 ? usualCount >= 1 : usualCount >= MEANINGFUL && itemCount < usualCount * THIN;
  return { usualCount, ...(isThin && { thinSince: before.thinSince ?? now }) };
}

import type { FeedState } from "../model/feed.ts";
import type { Draft } from "../model/item.ts";
import { DAY, type Duration, HOUR, type Instant } from "../model/time.ts";

/** An item counts half as much after so long. */
export const RATE_HALF_LIFE: Duration = 14 * DAY;

/** Items a day of a feed of which nothing is known. */
const PRIOR = 1;

/** A document of one burst says nothing about more than this. */
const MIN_SPAN: Duration = 6 * HOUR;

type Rate = Pick<FeedState, "rate" | "rateAt">;

/** Items a day once `newItems` more have come. In the long run it is what a feed brings, whatever the polling rhythm. */
export function rateAfter(state: FeedState, newItems: number, now: Instant): Rate {
  const elapsed = Math.max(0, now - (state.rateAt ?? now));
  const kept = (state.rate ?? PRIOR) * 2 ** (-elapsed / RATE_HALF_LIFE);
  return { rate: kept + newItems * ((Math.LN2 * DAY) / RATE_HALF_LIFE), rateAt: now };
}

/** The first document of a feed tells its rate by its dates; all its items are new, so their count says nothing. */
export function firstRate(drafts: readonly Draft[], now: Instant): Rate {
  const ages = drafts.flatMap(({ publishedAt }) => (publishedAt === undefined ? [] : [Math.max(0, now - publishedAt)]));
  if (ages.length === 0) return { rate: PRIOR, rateAt: now };
  const recent = ages.filter((age) => age < RATE_HALF_LIFE);
  const oldest = recent.reduce((longest, age) => Math.max(longest, age), MIN_SPAN);
  const span = recent.length < ages.length ? RATE_HALF_LIFE : oldest;
  return { rate: recent.length / (span / DAY), rateAt: now };
}

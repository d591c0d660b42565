import type { FeedState } from "../model/feed.ts";
import type { PublishersWish } from "../model/poll-reason.ts";
import { DAY, type Duration } from "../model/time.ts";

/** What publishers ask for binds us for so long (facts A-10). */
export const MAX_WISH: Duration = DAY;

export interface Wish {
  readonly rule: PublishersWish;
  readonly length: Duration;
}

/** Every wish of the publisher, bounded; what is zero, negative or no number was no wish. */
export function wishesOf({ freshFor, hints = {} }: FeedState, retryAfter?: Duration): readonly Wish[] {
  const wishes: readonly (readonly [PublishersWish, Duration | undefined])[] = [
    ["max-age", freshFor],
    ["retry-after", retryAfter],
    ["ttl", hints.ttl],
    ["update-period", hints.updatePeriod],
  ];
  return wishes.flatMap(([rule, asked = 0]) => {
    const length = Math.min(asked, MAX_WISH);
    return length > 0 ? [{ rule, length }] : [];
  });
}

import type { Subscription } from "../model/subscription.ts";
import { DAY, type Duration, type Instant, MINUTE } from "../model/time.ts";
import { givenUp } from "./subscription.ts";

/** facts A-41 */
const MISSES = 3;
/** Google's hub takes pings for years and never pushes: it will not begin tomorrow. */
const SILENCE: Duration = 180 * DAY;
/** A poll may be faster than a hub that is about to push. */
const HUB_TIME: Duration = 10 * MINUTE;
const FORGIVEN_WITHIN: Duration = 30 * MINUTE;

/** A push that could be read has come. One that comes late takes back the miss that a poll has noted meanwhile. */
export function heard(subscription: Subscription, now: Instant): Subscription {
  const { missedAt, ...rest } = subscription;
  if (missedAt === undefined || now - missedAt > FORGIVEN_WITHIN) return { ...subscription, pushedAt: now };
  return { ...rest, misses: Math.max(0, rest.misses - 1), pushedAt: now };
}

/**
 * What a poll found beside the pushes: items that appeared since the last poll, while we were subscribed, and that no
 * push has brought. Three of them, and the hub is left for a long time; a poll that finds all pushed takes one back.
 */
export function checked(
  subscription: Subscription,
  poll: {
    /** of the items that it brought for the first time; undefined where they say none */
    readonly published: readonly (Instant | undefined)[];
    readonly previousAt: Instant | undefined;
    readonly now: Instant;
  },
): Subscription {
  const { held, since, pushedAt, misses, hub } = subscription;
  const { published, previousAt, now } = poll;
  if (held === undefined || since === undefined || previousAt === undefined || previousAt <= since) return subscription;
  if (published.length === 0)
    return misses > 0 && (pushedAt ?? 0) > previousAt ? { ...subscription, misses: misses - 1 } : subscription;
  const isMissed = published.some((instant) => instant === undefined || instant <= now - HUB_TIME || instant > now);
  if (!isMissed) return subscription;
  if (misses + 1 < MISSES) return { ...subscription, misses: misses + 1, missedAt: now };
  const until = now + SILENCE;
  return { ...givenUp(subscription, now), nextAt: until, silent: { hub, until } };
}

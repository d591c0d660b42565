import type { FeedState } from "../model/feed.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import { busyness } from "./hours.ts";
import { RATE_HALF_LIFE } from "./rate.ts";

/** So many items have failed to appear by what the feed brought before. Bursts and holidays explain fewer. */
const MISSED_ITEMS = 12;
/** A weekend, with the night before and after, is no silence. */
const LEAST_SILENCE: Duration = 3 * DAY;

/** Since when a feed that posted regularly has been silent: the time of its last new item. */
export function silentSince(state: FeedState, now: Instant): Instant | undefined {
  const { freshAt, rate = 0, rateAt = now, hours } = state;
  if (freshAt === undefined || now - freshAt < LEAST_SILENCE) return undefined;
  const rateThen = rate * 2 ** ((rateAt - freshAt) / RATE_HALF_LIFE);
  const missed = rateThen * ((now - freshAt) / DAY) * busyness(hours, freshAt, now);
  return missed >= MISSED_ITEMS ? freshAt : undefined;
}

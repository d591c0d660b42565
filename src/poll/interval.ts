import type { Feed, FeedState, Validators } from "../model/feed.ts";
import { DAY, type Duration, HOUR, MINUTE, showDuration } from "../model/time.ts";

/** How often a feed may be polled for our own reasons. */
export interface Limits {
  readonly minInterval: Duration;
  readonly maxInterval: Duration;
  /** the operator has set this feed's interval: what we hold back by ourselves does not apply */
  readonly isOperators: boolean;
}

/** A length of time and why it is that. */
export interface Wait {
  readonly length: Duration;
  readonly rule: string;
  readonly words: string;
}

/**
 * Interval of a feed with one item a day. The square-root law (interval = c / sqrt(rate)) gives the least mean delay
 * for a number of requests: with this c about one request a feed every two hours, 38 min of mean delay where equal
 * intervals have 60 (facts A.2). 12 items a day: 40 min.
 */
const INTERVAL_AT_ONE_A_DAY: Duration = 138 * MINUTE;
/** Below this the law would only ask for more than any maximum. */
const MIN_RATE = 1e-3;

/** Without an own hint under it, no publisher has said that more often is welcome (facts A.2). */
const COURTESY: Duration = HOUR;
/** A server without validators sends the whole document every time (facts A-14). */
const WITHOUT_VALIDATORS: Duration = 6 * HOUR;
/** Jitter comes on top; with it the longest interval is still maxInterval. */
const ROOM_FOR_JITTER = 1.1;

/** The operator's limits for one feed: its own minInterval is meant, also where it is below our courtesy. */
export function limitsFor(
  feed: Feed,
  poll: { readonly minInterval: Duration; readonly maxInterval: Duration },
): Limits {
  const { minInterval } = feed;
  return {
    minInterval: minInterval ?? poll.minInterval,
    maxInterval: poll.maxInterval,
    isOperators: minInterval !== undefined,
  };
}

/** What we would wait between two polls that succeed, by what the feed brings and how we are treated. */
export function ownInterval(state: FeedState, hints: readonly Duration[], limits: Limits): Wait {
  const rate = Math.max(MIN_RATE, state.rate ?? 1);
  const lawful: Wait = {
    length: INTERVAL_AT_ONE_A_DAY / Math.sqrt(rate),
    rule: "rate",
    words: `an item about every ${showDuration(DAY / rate)}`,
  };
  const courteous = limits.isOperators ? lawful : longer(lawful, courtesyOf(state.validators, hints));
  return clamp(shorter(courteous, turnoverOf(state, rate)), limits);
}

/** Never zero: a setting cannot turn polling into a loop. */
function clamp(wait: Wait, { minInterval, maxInterval }: Limits): Wait {
  const longest = maxInterval / ROOM_FOR_JITTER;
  if (wait.length < minInterval || longest < minInterval)
    return {
      length: minInterval,
      rule: "min-interval",
      words: `no more often than every ${showDuration(minInterval)}`,
    };
  if (wait.length > longest)
    return { length: longest, rule: "max-interval", words: `at least every ${showDuration(maxInterval)}` };
  return wait;
}

function courtesyOf(validators: Validators, hints: readonly Duration[]): Wait {
  if (validators.etag === undefined && validators.lastModified === undefined)
    return {
      length: WITHOUT_VALIDATORS,
      rule: "no-validators",
      words: "the server sends neither ETag nor Last-Modified",
    };
  const length = hints.reduce((shortest, hint) => Math.min(shortest, hint), COURTESY);
  return { length, rule: "courtesy", words: "the publisher has not asked for more" };
}

/** Items leave the document when newer ones come: after half of that time we must have been there, or lose some. */
function turnoverOf({ itemCount }: FeedState, rate: number): Wait | undefined {
  if (itemCount === undefined || itemCount === 0) return undefined;
  const turnover = (itemCount / rate) * DAY;
  return {
    length: turnover / 2,
    rule: "turnover",
    words: `its ${itemCount} items are replaced within ${showDuration(turnover)}`,
  };
}

const longer = (one: Wait, other: Wait): Wait => (other.length > one.length ? other : one);

const shorter = (one: Wait, other: Wait | undefined): Wait =>
  other !== undefined && other.length < one.length ? other : one;

import type { Feed, FeedState, Validators } from "../model/feed.ts";
import type { PollReason } from "../model/poll-reason.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE } from "../model/time.ts";
import { intervalByHours } from "./hours.ts";
import type { Wish } from "./wishes.ts";

/** How often a feed may be polled for our own reasons. */
export interface Limits {
  readonly minInterval: Duration;
  readonly maxInterval: Duration;
  /** the operator has set this feed's interval: what we hold back by ourselves does not apply */
  readonly isOperators: boolean;
  /** what the request budget leaves a feed with one item a day */
  readonly intervalAtOneADay: Duration;
  /** beside other feeds that post as much */
  readonly weight: number;
}

/** A length of time and why it is that: what decided first, then what else was weighed. */
export interface Wait {
  readonly length: Duration;
  readonly reasons: readonly PollReason[];
}

/**
 * Interval of a feed with one item a day where no budget was reckoned. The square-root law (interval = c / sqrt(rate))
 * gives the least mean delay for a number of requests: with this c about one request a feed every two hours, 38 min of
 * mean delay where equal intervals have 60 (facts A.2). 12 items a day: 40 min.
 */
export const PLAIN_INTERVAL_AT_ONE_A_DAY: Duration = 138 * MINUTE;
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
  intervalAtOneADay: Duration = PLAIN_INTERVAL_AT_ONE_A_DAY,
): Limits {
  const { minInterval, weight = 1 } = feed;
  return {
    minInterval: minInterval ?? poll.minInterval,
    maxInterval: poll.maxInterval,
    isOperators: minInterval !== undefined,
    intervalAtOneADay,
    weight,
  };
}

/** What its items are worth: their number a day, weighted. */
export const worthOf = ({ rate = 1 }: FeedState, { weight }: Limits): number => Math.max(MIN_RATE, rate) * weight;

/**
 * What we wait between two polls that succeed: by the square-root law, sooner at the hours when the feed posts, never
 * outside of the bounds.
 */
export function ownInterval(state: FeedState, wishes: readonly Wish[], limits: Limits, now?: Instant): Wait {
  const { shortest, longest } = boundsOf(state, wishes, limits);
  const lawful = limits.intervalAtOneADay / Math.sqrt(worthOf(state, limits));
  const law: PollReason = { rule: "budget", every: DAY / Math.max(MIN_RATE, state.rate ?? 1) };
  if (lawful <= shortest.length) return { length: shortest.length, reasons: [...shortest.reasons, law] };
  if (lawful >= longest.length) return { length: longest.length, reasons: [...longest.reasons, law] };
  const bounds = { shortest: shortest.length, longest: longest.length };
  const byHours = now === undefined ? undefined : intervalByHours(state.hours, lawful, bounds, now);
  if (byHours === undefined) return { length: lawful, reasons: [law] };
  return { length: byHours, reasons: [law, { rule: byHours < lawful ? "busy-hours" : "slow-hours" }] };
}

/** Between which lengths an interval may lie, and why. What publishers wish stands against everything. */
export function boundsOf(
  state: FeedState,
  wishes: readonly Wish[],
  limits: Limits,
): { readonly shortest: Wait; readonly longest: Wait } {
  const { minInterval, maxInterval, isOperators } = limits;
  const turnover = turnoverOf(state);
  const least: Wait = { length: minInterval, reasons: [{ rule: "min-interval", length: minInterval }] };
  const most: Wait = {
    length: maxInterval / ROOM_FOR_JITTER,
    reasons: [{ rule: "max-interval", length: maxInterval }],
  };
  // items that are lost weigh more than a request that was not called for
  const longest = shorter(most, turnover);
  const courtesy = isOperators ? [] : [shorter(courtesyOf(state.validators, wishes), longest)];
  const wished = wishes.map((wish): Wait => ({ length: wish.length, reasons: [wish] }));
  const shortest = [...courtesy, ...wished].reduce(longer, least);
  return { shortest, longest: longer(longest, shortest) };
}

function courtesyOf(validators: Validators, wishes: readonly Wish[]): Wait {
  if (validators.etag === undefined && validators.lastModified === undefined)
    return { length: WITHOUT_VALIDATORS, reasons: [{ rule: "no-validators", length: WITHOUT_VALIDATORS }] };
  const length = wishes.reduce((shortest, wish) => Math.min(shortest, wish.length), COURTESY);
  return { length, reasons: [{ rule: "courtesy", length }] };
}

/** Items leave the document when newer ones come: after half of that time we must have been there, or lose some. */
function turnoverOf(state: FeedState): Wait | undefined {
  const items = Math.round(Math.max(state.itemCount ?? 0, state.usualCount ?? 0));
  if (items === 0) return undefined;
  const within = (items / Math.max(MIN_RATE, state.rate ?? 1)) * DAY;
  return { length: within / 2, reasons: [{ rule: "turnover", items, within }] };
}

const longer = (one: Wait, other: Wait): Wait => (other.length > one.length ? other : one);

const shorter = (one: Wait, other: Wait | undefined): Wait =>
  other !== undefined && other.length < one.length ? other : one;

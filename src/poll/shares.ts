import type { Feed, FeedState } from "../model/feed.ts";
import { type Duration, HOUR, SECOND } from "../model/time.ts";
import { type Claim, requestsAt, scaleFor } from "./budget.ts";
import { boundsOf, limitsFor, PLAIN_INTERVAL_AT_ONE_A_DAY, worthOf } from "./interval.ts";
import { wishesOf } from "./wishes.ts";

/** Of a feed, where the operator has set no budget: one request every two hours. */
const REQUESTS_PER_HOUR = 1 / 2;

interface PollSettings {
  readonly minInterval: Duration;
  readonly maxInterval: Duration;
  readonly requestsPerHour?: number;
}

export interface Cadence {
  /** what the budget leaves a feed with one item a day: the scale of the square-root law */
  readonly intervalAtOneADay: Duration;
  /** what all feeds together come to */
  readonly requestsPerHour: number;
}

/** What one feed may take of the budget. A feed in trouble, and one that a hub pushes, takes what its wait comes to. */
export function claimOf(feed: Feed, state: FeedState, poll: PollSettings): Claim {
  const limits = limitsFor(feed, poll);
  const { health, polledAt = 0, nextDueAt = polledAt, nextReasons = [] } = state;
  const isCalm = health === "new" || (health === "ok" && nextReasons[0]?.rule !== "pushed");
  if (!isCalm) {
    const wait = Math.max(SECOND, nextDueAt - polledAt);
    return { weight: 1, shortest: wait, longest: wait };
  }
  const { shortest, longest } = boundsOf(state, wishesOf(state), limits);
  return { weight: worthOf(state, limits), shortest: shortest.length, longest: longest.length };
}

/**
 * The scale of the square-root law with which all feeds together ask as often as the budget says. Without a budget of
 * the operator's no feed waits longer than by the plain law: what newsrooms bring is not made to wait for lack of it.
 */
export function cadenceFor(claims: readonly Claim[], { requestsPerHour }: PollSettings): Cadence {
  const budget = requestsPerHour ?? claims.length * REQUESTS_PER_HOUR;
  const fair = claims.length === 0 ? PLAIN_INTERVAL_AT_ONE_A_DAY : scaleFor(claims, budget / HOUR);
  const intervalAtOneADay = requestsPerHour === undefined ? Math.min(fair, PLAIN_INTERVAL_AT_ONE_A_DAY) : fair;
  return { intervalAtOneADay, requestsPerHour: requestsAt(claims, intervalAtOneADay) * HOUR };
}

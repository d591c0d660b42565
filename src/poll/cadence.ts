import type { FeedState } from "../model/feed.ts";
import type { HttpHints, PollOutcome } from "../model/outcome.ts";
import type { PollReason } from "../model/poll-reason.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE } from "../model/time.ts";
import { THROTTLED } from "./host.ts";
import { type Limits, ownInterval, type Wait } from "./interval.ts";
import { firstOpenHour } from "./quiet-times.ts";
import { MAX_WISH, type Wish, wishesOf } from "./wishes.ts";

export { type Limits, limitsFor } from "./interval.ts";

export interface NextPoll {
  readonly at: Instant;
  /** what decided, then what else was weighed */
  readonly reasons: readonly PollReason[];
}

/** 401 and 403 (facts A-23). */
const REFUSED: Duration = 4 * HOUR;
const CHALLENGED: Duration = 12 * HOUR;
const MISSING: Duration = HOUR;
/** A feed that was a 404 for so long is dead. */
const DEAD_AFTER: Duration = 30 * DAY;
const DEAD: Duration = 30 * DAY;
/** One 410 can be an accident (video platforms have them): it is asked about once more. */
const GONE_ONCE: Duration = DAY;
/** Nobody was reached: it may as well be our own network, and then every feed must be back soon after it is. */
const NO_ANSWER: ReadonlySet<string> = new Set(["dns", "connect", "connect-timeout", "network"]);
const MAX_NO_ANSWER: Duration = 2 * HOUR;
/** 2^16 times the shortest interval is longer than any maximum. */
const MAX_DOUBLINGS = 16;
/** Only ever later (facts A-15). */
const JITTER = 0.1;
/** Not everybody at the full hour, where skipHours end. */
const AFTER_QUIET: Duration = 6 * MINUTE;

/** A wait and how long it may become. */
type BoundedWait = Wait & { readonly most: Duration };

/**
 * When to poll next, and why. `state` is the one after the poll (stateAfter). What publishers ask for only ever
 * lengthens our own interval; `maxInterval` bounds our own interval, a day what publishers ask for, a week Retry-After.
 */
export function nextPoll(input: {
  readonly state: FeedState;
  readonly outcome: PollOutcome;
  readonly limits: Limits;
  readonly now: Instant;
  /** 0 to 1, evenly drawn */
  readonly chance: number;
  /** a verified WebSub subscription brings the items: polling only checks on it (facts A-41) */
  readonly isPushed?: boolean;
}): NextPoll {
  const { state, limits, now, chance } = input;
  const { length, most, reasons } = state.health === "ok" ? calmWait(input) : troubledWait(input);
  const jittered = Math.max(length, Math.min(most, length * (1 + JITTER * chance)));
  const at = now + Math.ceil(Math.max(limits.minInterval, jittered));
  const openAt = firstOpenHour(at, state.hints ?? {});
  if (openAt === at) return { at, reasons };
  return { at: openAt + Math.floor(AFTER_QUIET * chance), reasons: [...reasons, { rule: "skipped-hours" }] };
}

function calmWait({ state, outcome, limits, now, isPushed = false }: Parameters<typeof nextPoll>[0]): BoundedWait {
  const wishes = wishesOf(state, httpHintsOf(outcome).retryAfter);
  const [wish] = wishes.toSorted((one, other) => other.length - one.length);
  const own = isPushed ? onlyChecking(limits, wish) : ownInterval(state, wishes, limits, now);
  const isHeard = wish === undefined || own.reasons.some(({ rule }) => rule === wish.rule);
  return {
    length: own.length,
    most: Math.max(limits.minInterval, limits.maxInterval, MAX_WISH),
    reasons: isHeard ? own.reasons : [...own.reasons, { ...wish, isShorter: true }],
  };
}

function onlyChecking({ maxInterval }: Limits, wish: Wish | undefined): Wait {
  const pushed = { rule: "pushed" } as const;
  if (wish === undefined || wish.length <= maxInterval) return { length: maxInterval, reasons: [pushed] };
  return { length: wish.length, reasons: [wish, pushed] };
}

function troubledWait(input: Parameters<typeof nextPoll>[0]): BoundedWait {
  const { state, outcome, limits, now } = input;
  const backOff = backOffOf(state, outcome, limits, now);
  const most = Math.max(backOff.length, MAX_WISH, limits.minInterval);
  const { retryAfter = 0 } = httpHintsOf(outcome);
  const asked = Math.max(retryAfter, ownInterval(state, [], limits).length);
  const isRetryTime = outcome.kind === "throttled" ? retryAfter > 0 : retryAfter > backOff.length;
  if (!isRetryTime) return { ...backOff, most };
  const reasons = [{ rule: "retry-after", length: retryAfter } as const, ...backOff.reasons];
  return { length: asked, reasons, most: Math.max(asked, most) };
}

/** Longer with every failure in a row. */
function backOffOf(state: FeedState, outcome: PollOutcome, limits: Limits, now: Instant): Wait {
  const { failures } = state;
  switch (outcome.kind) {
    case "gone":
      return { length: failures > 1 ? DEAD : GONE_ONCE, reasons: [{ rule: "gone", failures }] };
    case "missing":
      if (now - (state.healthSince ?? now) >= DEAD_AFTER)
        return { length: DEAD, reasons: [{ rule: "dead", failures }] };
      return {
        length: doubled(MISSING, failures - 1, limits.maxInterval),
        reasons: [{ rule: "missing", failures }],
      };
    case "refused":
      if (outcome.challenge) return { length: CHALLENGED, reasons: [{ rule: "challenge" }] };
      return {
        length: doubled(REFUSED, failures - 1, DAY),
        reasons: [{ rule: "refused", status: outcome.status, failures }],
      };
    case "throttled":
      if (outcome.status === 429)
        return {
          length: doubled(THROTTLED, failures - 1, DAY),
          reasons: [{ rule: "throttled", status: outcome.status, failures }],
        };
  }
  if (outcome.kind === "failed" && NO_ANSWER.has(outcome.code))
    return {
      length: doubled(limits.minInterval, failures - 1, Math.min(limits.maxInterval, MAX_NO_ANSWER)),
      reasons: [{ rule: "no-answer", failures }],
    };
  // of a feed that was never read nothing is known that would hold us back
  const own = state.succeededAt === undefined ? limits.minInterval : ownInterval(state, [], limits).length;
  return { length: doubled(own, failures, limits.maxInterval), reasons: [{ rule: "back-off", failures }] };
}

const doubled = (length: Duration, times: number, most: Duration): Duration =>
  Math.min(most, length * 2 ** Math.min(Math.max(0, times), MAX_DOUBLINGS));

const httpHintsOf = (outcome: PollOutcome): HttpHints => ("hints" in outcome ? outcome.hints : {});

import type { FeedState } from "../model/feed.ts";
import type { HttpHints, PollOutcome } from "../model/outcome.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE, showDuration } from "../model/time.ts";
import { THROTTLED } from "./host.ts";
import { type Limits, ownInterval, type Wait } from "./interval.ts";
import { firstOpenHour } from "./quiet-times.ts";

export { type Limits, limitsFor } from "./interval.ts";

export interface NextPoll {
  readonly at: Instant;
  /** "rule: words", e.g. "rate: 40 min: an item about every 2 h; max-age 10 min is shorter" */
  readonly because: string;
}

/** What publishers ask for binds us for so long (facts A-10). */
const MAX_HINT: Duration = DAY;
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
  const { length, most, rule, words } = state.health === "ok" ? calmWait(input) : troubledWait(input);
  const jittered = Math.max(length, Math.min(most, length * (1 + JITTER * chance)));
  const at = now + Math.ceil(Math.max(limits.minInterval, jittered));
  const openAt = firstOpenHour(at, state.hints ?? {});
  const because = `${rule}: ${showDuration(length)}: ${words}`;
  if (openAt === at) return { at, because };
  return {
    at: openAt + Math.floor(AFTER_QUIET * chance),
    because: `${because}; then after the hours that the feed skips`,
  };
}

function calmWait({ state, outcome, limits, isPushed = false }: Parameters<typeof nextPoll>[0]): BoundedWait {
  const asked = hintsOf(state, outcome);
  const own = isPushed
    ? { length: limits.maxInterval, rule: "pushed", words: "a hub brings the items" }
    : ownInterval(
        state,
        asked.map(({ length }) => length),
        limits,
      );
  const most = Math.max(limits.minInterval, limits.maxInterval, MAX_HINT);
  const hint = asked.reduce<Wait | undefined>(
    (longest, one) => (one.length > (longest?.length ?? 0) ? one : longest),
    undefined,
  );
  if (hint === undefined) return { ...own, most };
  const hintShown = `${hint.rule} ${showDuration(hint.length)}`;
  if (hint.length <= own.length) return { ...own, words: `${own.words}; ${hintShown} is not longer`, most };
  return { ...hint, words: `the publisher's ${hintShown}; ${own.words}`, most };
}

/** Every wish of the publisher, bounded; what is zero, negative or no number was no wish. */
function hintsOf({ hints = {} }: FeedState, outcome: PollOutcome): readonly Wait[] {
  const http = httpHintsOf(outcome);
  const wishes: readonly (readonly [string, Duration | undefined])[] = [
    ["max-age", http.freshFor],
    ["retry-after", http.retryAfter],
    ["ttl", hints.ttl],
    ["update-period", hints.updatePeriod],
  ];
  return wishes.flatMap(([rule, length]) =>
    length !== undefined && length > 0 ? [{ rule, length: Math.min(length, MAX_HINT), words: "" }] : [],
  );
}

function troubledWait(input: Parameters<typeof nextPoll>[0]): BoundedWait {
  const { state, outcome, limits, now } = input;
  const backOff = backOffOf(state, outcome, limits, now);
  const most = Math.max(backOff.length, MAX_HINT, limits.minInterval);
  const { retryAfter = 0 } = httpHintsOf(outcome);
  const asked = Math.max(retryAfter, ownInterval(state, [], limits).length);
  const isRetryTime = outcome.kind === "throttled" ? retryAfter > 0 : retryAfter > backOff.length;
  if (!isRetryTime) return { ...backOff, most };
  return {
    length: asked,
    rule: "retry-after",
    words: `the server asked for ${showDuration(retryAfter)}`,
    most: Math.max(asked, most),
  };
}

/** Longer with every failure in a row. */
function backOffOf(state: FeedState, outcome: PollOutcome, limits: Limits, now: Instant): Wait {
  const { failures } = state;
  const times = `failure ${failures} in a row`;
  switch (outcome.kind) {
    case "gone":
      return { length: failures > 1 ? DEAD : GONE_ONCE, rule: "gone", words: "status 410" };
    case "missing":
      if (now - (state.healthSince ?? now) >= DEAD_AFTER)
        return { length: DEAD, rule: "dead", words: `status 404 for more than ${showDuration(DEAD_AFTER)}` };
      return {
        length: doubled(MISSING, failures - 1, limits.maxInterval),
        rule: "missing",
        words: `status 404, ${times}`,
      };
    case "refused":
      if (outcome.challenge)
        return { length: CHALLENGED, rule: "challenge", words: "a bot check stands before the feed" };
      return {
        length: doubled(REFUSED, failures - 1, DAY),
        rule: "refused",
        words: `status ${outcome.status}, ${times}`,
      };
    case "throttled":
      if (outcome.status === 429)
        return { length: doubled(THROTTLED, failures - 1, DAY), rule: "throttled", words: `status 429, ${times}` };
  }
  if (outcome.kind === "failed" && NO_ANSWER.has(outcome.code))
    return {
      length: doubled(limits.minInterval, failures - 1, Math.min(limits.maxInterval, MAX_NO_ANSWER)),
      rule: "no-answer",
      words: times,
    };
  // of a feed that was never read nothing is known that would hold us back
  const own = state.succeededAt === undefined ? limits.minInterval : ownInterval(state, [], limits).length;
  return { length: doubled(own, failures, limits.maxInterval), rule: "back-off", words: times };
}

const doubled = (length: Duration, times: number, most: Duration): Duration =>
  Math.min(most, length * 2 ** Math.min(Math.max(0, times), MAX_DOUBLINGS));

const httpHintsOf = (outcome: PollOutcome): HttpHints => ("hints" in outcome ? outcome.hints : {});

import type { HostBudget, ThrottledRoute } from "../model/host-budget.ts";
import type { PollOutcome } from "../model/outcome.ts";
import { DAY, type Duration, type Instant, MINUTE, SECOND } from "../model/time.ts";
import { hostPause } from "./host.ts";

/** What one request told of its host. */
export interface HostWord {
  readonly kind: "answered" | "strained" | "refused" | "throttled";
  readonly route: string;
  readonly startedAt: Instant;
  readonly now: Instant;
  /** throttled: how long to stay away */
  readonly pause?: Duration;
  /** throttled: the host named that time itself (Retry-After) */
  readonly isNamed?: boolean;
}

/** A host that takes longer than this has enough to do. */
const SLOW: Duration = 5 * SECOND;
const STRAIN: ReadonlySet<string> = new Set("connect-timeout headers-timeout timeout cut-off".split(" "));
/** Failures of ours, of names or of the way: they say nothing of how much the host bears. */
const NO_WORD: ReadonlySet<string> = new Set(
  "dns connect network tls certificate blocked-address blocked-port bad-url bad-scheme bad-request host-busy robots aborted".split(
    " ",
  ),
);

/** Multiplicative decrease … */
const SHARE_LEFT: Readonly<Record<Exclude<HostWord["kind"], "answered">, number>> = {
  throttled: 0.5,
  strained: 0.7,
  refused: 0.8,
};
/** … additive increase with every answer, and with time: nothing is held against a host for more than a day. */
const STEP = 0.05;
const RECOVERY: Duration = DAY;
/** With the usual second between two requests: about one a minute, the least that publishers are known to ask for. */
const MIN_PACE = 1 / 64;

/** So often must others have been answered beside a throttled route before routes are told apart. */
const APART = 2;
/** So many throttled routes at once are the host after all, unless it answered as many requests in between. */
const CROWD = 3;
/** Remembered routes; the latest stay. */
const MAX_ROUTES = 20;
/** Where the host named no time, this much later another route may be tried; twice as long for every route that was no. */
const PROBE_AFTER: Duration = 15 * MINUTE;
/** What is known of a throttled route is of use when it is next asked, which may be a day after it may be. */
const ROUTE_MEMORY: Duration = 2 * DAY;

/** What a poll's outcome tells of the host; undefined where it tells nothing. */
export function hostWordOf(input: {
  readonly outcome: PollOutcome;
  readonly route: string;
  readonly startedAt: Instant;
  readonly now: Instant;
}): HostWord | undefined {
  const { outcome, route, startedAt, now } = input;
  const pause = hostPause(outcome);
  if (pause !== undefined) {
    const isNamed = "hints" in outcome && outcome.hints.retryAfter !== undefined;
    return { kind: "throttled", route, startedAt, now, pause, isNamed };
  }
  if (outcome.kind === "failed" && NO_WORD.has(outcome.code)) return undefined;
  return { kind: kindOf(outcome, now - startedAt), route, startedAt, now };
}

/**
 * What is known of a host once `word` came from it: AIMD on its pace, and who is left alone after a 429. That is the
 * whole host (facts A-19), until it has shown that it answers other routes while one is throttled.
 * @returns undefined where the host bears all that it is asked; the very same budget where nothing changed
 */
export function budgetAfter(budget: HostBudget | undefined, word: HostWord): HostBudget | undefined {
  const { kind, now } = word;
  if (kind === "answered") return budget === undefined ? undefined : answered(budget, word);
  const before = budget ?? { pace: 1, pacedAt: now, routes: {}, apart: 0, answers: 0 };
  const slower = paced(before, now, (pace) => pace * SHARE_LEFT[kind]);
  return kind === "throttled" ? throttled(slower, word) : slower;
}

function kindOf(outcome: PollOutcome, took: Duration): HostWord["kind"] {
  if (outcome.kind === "refused") return "refused";
  if (outcome.kind === "throttled") return "strained";
  const isStrained = outcome.kind === "failed" && (STRAIN.has(outcome.code) || /^http-5\d\d$/.test(outcome.code));
  return isStrained || took > SLOW ? "strained" : "answered";
}

function answered(budget: HostBudget, word: HostWord): HostBudget | undefined {
  const { apart, routes, isProbed } = seenBeside(budget, word);
  const { closedUntil, probeAt, ...open } = budget;
  const isClosed = closedUntil !== undefined && closedUntil > word.now && !isProbed;
  const after = budget.pace === 1 ? open : paced(open, word.now, (pace) => pace + STEP);
  const answers = Math.min(CROWD, budget.answers + 1);
  const isCalm = after.pace === 1 && !isClosed;
  if (isCalm && apart === 0 && Object.keys(routes).length === 0) return undefined;
  const wasCalm = budget.pace === 1 && closedUntil === undefined && routes === budget.routes;
  if (isCalm && wasCalm && answers === budget.answers) return budget;
  const closed = isClosed && { closedUntil, ...(probeAt !== undefined && { probeAt }) };
  return { ...after, routes, apart, answers, ...closed };
}

/** Which throttled routes this answer was given beside: only a request that began after the 429 tells anything. */
function seenBeside(budget: HostBudget, { route, startedAt, now }: HostWord) {
  const old = Object.entries(budget.routes);
  const isNews = ([name, { at, othersAnswered }]: (typeof old)[number]) =>
    name !== route && at < startedAt && othersAnswered === undefined;
  const news = old.filter(isNews);
  const isProbed = budget.probeAt !== undefined && old.some(([name, { at }]) => name !== route && at < startedAt);
  const kept = old.filter(([, { until }]) => until + ROUTE_MEMORY > now);
  if (news.length === 0 && kept.length === old.length) return { ...budget, isProbed };
  const routes = Object.fromEntries(
    kept.map((entry) =>
      isNews(entry) ? ([entry[0], { ...entry[1], othersAnswered: true as const }] as const) : entry,
    ),
  );
  const beside = news.filter(([, { until }]) => until > now).length;
  return { routes, apart: Math.min(APART, budget.apart + beside), isProbed };
}

function throttled(budget: HostBudget, word: HostWord): HostBudget {
  const { route, now, pause = 0, isNamed = false } = word;
  const until = now + pause;
  const before = budget.routes[route];
  const routes = { ...newest(budget.routes), [route]: { at: now, until } };
  const shut = Object.values(routes).filter((one) => one.until > now).length;
  const isAgain = before !== undefined && before.until <= word.startedAt && before.othersAnswered === true;
  const isCrowd = shut >= CROWD && budget.answers < CROWD;
  const apart = isCrowd ? 0 : Math.min(APART, budget.apart + (isAgain ? 1 : 0));
  if (apart >= APART) return { ...budget, routes, apart, answers: 0 };
  const { probeAt: _, ...rest } = budget;
  const closedUntil = Math.max(until, budget.closedUntil ?? 0);
  const probeAt = now + PROBE_AFTER * 2 ** (shut - 1);
  return { ...rest, routes, apart, answers: 0, closedUntil, ...(!isNamed && probeAt < closedUntil && { probeAt }) };
}

function newest(routes: HostBudget["routes"]): Readonly<Record<string, ThrottledRoute>> {
  const latest = Object.entries(routes).toSorted(([, one], [, other]) => other.at - one.at);
  return Object.fromEntries(latest.slice(0, MAX_ROUTES - 1));
}

/** The pace recovers with time before it is changed. */
function paced<Budget extends Pick<HostBudget, "pace" | "pacedAt">>(
  budget: Budget,
  now: Instant,
  change: (pace: number) => number,
): Budget {
  const recovered = Math.min(1, budget.pace + Math.max(0, now - budget.pacedAt) / RECOVERY);
  return { ...budget, pace: Math.max(MIN_PACE, Math.min(1, change(recovered))), pacedAt: now };
}

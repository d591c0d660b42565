import { type Feed, type FeedHealth, type FeedState, NEW_FEED_STATE } from "../model/feed.ts";
import type { PollOutcome } from "../model/outcome.ts";
import type { Reading } from "../model/reading.ts";
import type { Instant } from "../model/time.ts";
import { hoursAfter } from "./hours.ts";
import { addressOf, moveAfter } from "./move.ts";
import { firstRate, rateAfter } from "./rate.ts";
import { silentSince } from "./silence.ts";
import { fullnessAfter } from "./thin.ts";

type Read = Extract<Reading, { kind: "read" }>;
type Answered = Extract<PollOutcome, { kind: "modified" | "unmodified" }>;

/** Messages of servers and parsers end up on pages. */
const MAX_ERROR = 300;
const MAX_URL = 2000;

/**
 * What is remembered of a feed after a poll, but for the next due time (nextPoll).
 * A document that could not be read leaves validators and body hash as they were, so that it is read again.
 */
export function stateAfter(input: {
  readonly feed: Feed;
  readonly state: FeedState;
  readonly outcome: PollOutcome;
  /** what reading the document came to, where the outcome is "modified" */
  readonly reading?: Reading;
  /** items that the document brought for the first time */
  readonly newItems?: number;
  readonly now: Instant;
}): FeedState {
  const { feed, state, outcome, reading, newItems = 0, now } = input;
  const trouble = troubleOf(outcome, reading);
  const { movedFrom, movedTo, movedCount, movedSince, lastError, ...kept } = state;
  const polled = { ...kept, polledAt: now, ...moveAfter(feed, state, outcome, trouble === undefined, now) };
  if (trouble !== undefined || (outcome.kind !== "modified" && outcome.kind !== "unmodified")) {
    // the address that is asked next has done nothing yet
    const isElsewhere = addressOf(feed, polled) !== addressOf(feed, state);
    return {
      ...polled,
      ...healthAfter(isElsewhere ? NEW_FEED_STATE : state, trouble?.health ?? "failing", now),
      lastError: (trouble?.why ?? outcome.kind).slice(0, MAX_ERROR).toWellFormed(),
      failures: isElsewhere ? 1 : state.failures + 1,
    };
  }

  const read = reading?.kind === "read" ? reading : undefined;
  const { freshFor, hours, silentSince: _, thinSince, ...stillKnown } = polled;
  const well: FeedState = {
    ...stillKnown,
    ...healthAfter(state, "ok", now),
    ...answerKept(outcome, now),
    ...(read !== undefined && documentKept(read, state)),
    ...fullnessAfter(state, read === undefined ? state.itemCount : countOf(read), now),
    ...(newItems > 0 && { freshAt: now }),
    ...(state.rateAt === undefined ? firstRate(read?.drafts ?? [], now) : rateAfter(state, newItems, now)),
    ...defined({ hours: hoursAfter(state, read?.drafts ?? [], newItems, now), freshFor: outcome.hints.freshFor }),
    askedUrl: addressOf(feed, state),
    succeededAt: now,
    failures: 0,
  };
  return { ...well, ...defined({ silentSince: silentSince(well, now) }) };
}

function troubleOf(
  outcome: PollOutcome,
  reading: Reading | undefined,
): { readonly health: FeedHealth; readonly why: string } | undefined {
  switch (outcome.kind) {
    case "unmodified":
      return undefined;
    case "modified":
      if (reading?.kind === "read") return undefined;
      return { health: "failing", why: `unreadable: ${reading?.why ?? "nobody has read it"}` };
    case "throttled":
      return { health: "throttled", why: `status ${outcome.status}: we are asked to come less often` };
    case "refused":
      return {
        health: "refused",
        why: outcome.challenge ? "a bot check stands before the feed" : `status ${outcome.status}`,
      };
    case "missing":
      return { health: "missing", why: "status 404: nothing there" };
    case "gone":
      return { health: "gone", why: "status 410: gone for good" };
    case "failed":
      return { health: outcome.code === "robots" ? "refused" : "failing", why: `${outcome.code}: ${outcome.why}` };
  }
}

function healthAfter(state: FeedState, health: FeedHealth, now: Instant): Pick<FeedState, "health" | "healthSince"> {
  return { health, healthSince: state.health === health ? (state.healthSince ?? now) : now };
}

function answerKept(outcome: Answered, now: Instant): Pick<FeedState, "validators" | "bodyHash" | "bodyAt"> {
  const { validators } = outcome;
  if (outcome.kind === "modified") return { validators, bodyHash: outcome.bodyHash, bodyAt: now };
  return outcome.by === "body" ? { validators, bodyAt: now } : { validators };
}

const countOf = ({ itemCount, drafts }: Read): number => itemCount ?? drafts.length;

function documentKept(read: Read, before: FeedState): Partial<FeedState> {
  const title = (read.profile.title ?? before.title)?.slice(0, MAX_ERROR).toWellFormed();
  const homeUrl = (read.profile.homeUrl ?? before.homeUrl)?.slice(0, MAX_URL);
  return { itemCount: countOf(read), hints: read.hints, ...defined({ title, homeUrl }) };
}

/** What is absent is left out. */
function defined<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof defined<Fields>
  >;
}

import type { Feed, FeedState } from "../model/feed.ts";
import type { PollOutcome } from "../model/outcome.ts";
import { type Duration, HOUR, type Instant } from "../model/time.ts";

/** A move is believed after so many permanent redirects in a row to one address, over so long (facts A-20). */
const MOVE_COUNT = 5;
const MOVE_SPAN: Duration = 48 * HOUR;

/** A new address that fails so often in a row is given up for the old one. */
const MOVE_FAILURES = 5;

type Move = Pick<FeedState, "movedFrom" | "movedTo" | "movedCount" | "movedSince">;

/** Where to ask: the feed's own address, or the one it has moved to for good. */
export function addressOf(feed: Feed, state: FeedState): string {
  const { movedFrom, movedTo, movedCount = 0, movedSince, polledAt } = state;
  if (movedTo === undefined || movedSince === undefined || polledAt === undefined) return feed.url;
  const isBelieved = movedFrom === feed.url && movedCount >= MOVE_COUNT && polledAt - movedSince >= MOVE_SPAN;
  return isBelieved ? movedTo : feed.url;
}

/** What a poll adds to what is known of a move. `isRead`: the answer was a feed, or the one we have. */
export function moveAfter(feed: Feed, state: FeedState, outcome: PollOutcome, isRead: boolean, now: Instant): Move {
  const hasFollowed = addressOf(feed, state) !== feed.url;
  if (!isRead) return hasFollowed && isDeadEnd(state, outcome) ? {} : moveOf(state);
  const movedTo = "movedTo" in outcome ? outcome.movedTo : undefined;
  if (movedTo === undefined) return hasFollowed ? moveOf(state) : {};
  const isSame = !hasFollowed && state.movedFrom === feed.url && state.movedTo === movedTo;
  return isSame
    ? { ...moveOf(state), movedCount: (state.movedCount ?? 0) + 1 }
    : { movedFrom: feed.url, movedTo, movedCount: 1, movedSince: now };
}

function isDeadEnd(state: FeedState, { kind }: PollOutcome): boolean {
  return kind === "missing" || kind === "gone" || state.failures + 1 >= MOVE_FAILURES;
}

function moveOf({ movedFrom, movedTo, movedCount, movedSince }: FeedState): Move {
  return {
    ...(movedFrom !== undefined && { movedFrom }),
    ...(movedTo !== undefined && { movedTo }),
    ...(movedCount !== undefined && { movedCount }),
    ...(movedSince !== undefined && { movedSince }),
  };
}

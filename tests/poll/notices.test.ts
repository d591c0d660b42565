import { describe, expect, test } from "vitest";
import type { FeedState } from "../../src/model/feed.ts";
import type { Draft } from "../../src/model/item.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { limitsFor, mayRefresh, nextPoll, requestOf, stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const UNMODIFIED: PollOutcome = { kind: "unmodified", by: "status", validators: { etag: '"a"' }, hints: {} };

/** The state after a document of so many items. */
function afterDocument(state: FeedState, items: number, now: Instant, newItems = 0): FeedState {
  return stateAfter({
    feed: FEED,
    state,
    outcome: {
      kind: "modified",
      document: { url: FEED.url, headers: {}, bytes: new Uint8Array() },
      bodyHash: String(now),
      validators: { etag: `"${now}"` },
      hints: {},
    },
    reading: {
      kind: "read",
      format: "rss",
      profile: {},
      drafts: Array.from({ length: items }, (): Draft => ({})),
      hints: {},
      repairs: [],
    },
    newItems,
    now,
  });
}

const after304 = (state: FeedState, now: Instant): FeedState =>
  stateAfter({ feed: FEED, state, outcome: UNMODIFIED, now });

describe("a document that suddenly has far fewer items", () => {
  const usual = afterDocument(polled(), 40, NOON);

  test.each([0, 1, 9])("as %d after 40 is thin, and the feed is well all the same", (items) => {
    expect(afterDocument(usual, items, NOON + HOUR)).toMatchObject({
      health: "ok",
      itemCount: items,
      thinSince: NOON + HOUR,
    });
  });

  test.each([11, 30, 90])("as %d after 40 is not", (items) => {
    expect(afterDocument(usual, items, NOON + HOUR)).not.toHaveProperty("thinSince");
  });

  test("of which there never are many is thin only where there are none", () => {
    const few = afterDocument(polled(), 3, NOON);

    expect(afterDocument(few, 1, NOON + HOUR)).not.toHaveProperty("thinSince");
    expect(afterDocument(few, 0, NOON + HOUR)).toHaveProperty("thinSince");
  });

  test("is polled no more often for it", () => {
    const limits = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY });
    const wait = (state: FeedState) => nextPoll({ state, outcome: UNMODIFIED, limits, now: NOON, chance: 0 }).at - NOON;
    const busy = { ...usual, rate: 20 };

    expect(wait({ ...afterDocument(busy, 1, NOON), rate: 20 })).toBe(wait(busy));
  });

  test("is well again when the items are back", () => {
    const thin = afterDocument(usual, 0, NOON + HOUR);

    expect(afterDocument(thin, 38, NOON + 2 * HOUR)).not.toHaveProperty("thinSince");
  });

  test("stays thin through 304s, and is asked for without condition once a day: the old document may be back with an older date", () => {
    const thin = after304(afterDocument(usual, 0, NOON + HOUR), NOON + 20 * HOUR);
    const later = after304(thin, NOON + 26 * HOUR);

    expect(later).toMatchObject({ thinSince: NOON + HOUR });
    expect(requestOf(FEED, thin, "ua").headers).toHaveProperty("if-none-match");
    expect(requestOf(FEED, later, "ua").headers).not.toHaveProperty("if-none-match");
  });

  test("is usual after a few weeks", () => {
    let state = afterDocument(usual, 4, NOON + HOUR);
    for (let day = 1; day <= 21; day += 1) state = after304(state, NOON + day * DAY);

    expect(state).not.toHaveProperty("thinSince");
  });
});

describe("a feed that posted regularly", () => {
  /** So many items a day for sixty days, then nothing for so long. */
  function silence(aDay: number, days: number): FeedState {
    let state = polled({ rateAt: NOON - 60 * DAY });
    for (let day = -60; day <= 0; day += 1) state = afterDocument(state, 20, NOON + day * DAY, aDay);
    for (let hour = 6; hour <= days * 24; hour += 6) state = after304(state, NOON + hour * HOUR);
    return state;
  }

  test("and has gone silent is known as silent since its last item", () => {
    expect(silence(10, 4)).toMatchObject({ health: "ok", silentSince: NOON });
    expect(silence(1, 16)).toMatchObject({ silentSince: NOON });
  });

  test("is not silent for a weekend, nor for what its rhythm allows", () => {
    expect(silence(40, 2.5)).not.toHaveProperty("silentSince");
    expect(silence(1, 8)).not.toHaveProperty("silentSince");
  });

  test("is no longer silent with its next item", () => {
    expect(afterDocument(silence(10, 5), 20, NOON + 6 * DAY, 1)).not.toHaveProperty("silentSince");
  });

  test("that was never regular is never silent", () => {
    const rare = polled({ freshAt: NOON - 300 * DAY, rate: 1 / 40, rateAt: NOON - 300 * DAY });

    expect(after304(rare, NOON)).not.toHaveProperty("silentSince");
    expect(after304(polled({ rate: 50 }), NOON)).not.toHaveProperty("silentSince");
  });
});

describe("A-18: a manual refresh", () => {
  test("may be once in thirty minutes a feed, and the answer says from when on", () => {
    expect(mayRefresh(polled(), NOON + 29 * MINUTE)).toEqual({
      kind: "later",
      at: NOON + 30 * MINUTE,
      because: "just-polled",
    });
    expect(mayRefresh(polled(), NOON + 30 * MINUTE)).toEqual({ kind: "may" });
  });

  test("of a feed that was never polled, or is in other trouble, may be", () => {
    expect(mayRefresh({ validators: {}, health: "new", failures: 0 }, NOON)).toEqual({ kind: "may" });
    expect(mayRefresh(polled({ health: "missing", nextDueAt: NOON + 30 * DAY }), NOON + HOUR)).toEqual({ kind: "may" });
  });

  test("does not undo what a server asked for", () => {
    const throttled = polled({ health: "throttled", nextDueAt: NOON + 4 * HOUR });

    expect(mayRefresh(throttled, NOON + HOUR)).toEqual({ kind: "later", at: NOON + 4 * HOUR, because: "throttled" });
    expect(mayRefresh(throttled, NOON + 5 * HOUR)).toEqual({ kind: "may" });
  });

  test("stays conditional: it moves the due time and leaves the validators", () => {
    const state = polled({ validators: { etag: '"a"', lastModified: "x" } });

    expect(requestOf(FEED, { ...state, nextDueAt: NOON }, "ua").headers).toMatchObject({
      "if-none-match": '"a"',
      "if-modified-since": "x",
    });
  });
});

import { describe, expect, test } from "vitest";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { Draft } from "../../src/model/item.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const MODIFIED: PollOutcome = {
  kind: "modified",
  document: { url: FEED.url, headers: {}, bytes: new Uint8Array() },
  bodyHash: "new",
  validators: { etag: '"new"' },
  hints: {},
};

const readingOf = (drafts: readonly Draft[] = [], profile = {}): Reading => ({
  kind: "read",
  format: "rss",
  profile,
  drafts,
  hints: { ttl: HOUR },
  repairs: [],
});

const remember = (
  state: FeedState,
  outcome: PollOutcome,
  more: { reading?: Reading; newItems?: number; now?: number } = {},
) => stateAfter({ feed: FEED, state, outcome, now: NOON, ...more });

describe("after a document was read", () => {
  test("its validators, hash, hints and profile are remembered", () => {
    const reading = readingOf([{}, {}], { title: "The Paper", homeUrl: "https://paper.example/" });

    expect(remember(NEW_FEED_STATE, MODIFIED, { reading, newItems: 2 })).toMatchObject({
      validators: { etag: '"new"' },
      bodyHash: "new",
      askedUrl: FEED.url,
      health: "ok",
      healthSince: NOON,
      failures: 0,
      polledAt: NOON,
      succeededAt: NOON,
      freshAt: NOON,
      itemCount: 2,
      hints: { ttl: HOUR },
      title: "The Paper",
    });
  });

  test("a document without new items leaves the time of the last new one", () => {
    const state = polled({ freshAt: NOON - DAY });

    expect(remember(state, MODIFIED, { reading: readingOf(), newItems: 0 }).freshAt).toBe(NOON - DAY);
  });

  test("trouble before it is forgotten", () => {
    const state = polled({ health: "failing", healthSince: NOON - DAY, failures: 7, lastError: "dns: no" });

    const now = remember(state, { kind: "unmodified", by: "status", validators: {}, hints: {} });

    expect(now).toMatchObject({ health: "ok", healthSince: NOON, failures: 0 });
    expect(now).not.toHaveProperty("lastError");
  });
});

describe("after a document that could not be read", () => {
  test("A-06: validators and hash stay as they were, so that it is read again", () => {
    const state = polled({ validators: { etag: '"old"' }, bodyHash: "old" });

    const now = remember(state, MODIFIED, { reading: { kind: "unreadable", why: "no feed in it" } });

    expect(now).toMatchObject({
      validators: { etag: '"old"' },
      bodyHash: "old",
      health: "failing",
      failures: 1,
      lastError: "unreadable: no feed in it",
      succeededAt: NOON,
    });
  });
});

describe("trouble", () => {
  test.each<[PollOutcome, string]>([
    [{ kind: "throttled", status: 429, hints: {} }, "throttled"],
    [{ kind: "refused", status: 403, challenge: false, hints: {} }, "refused"],
    [{ kind: "missing", hints: {} }, "missing"],
    [{ kind: "gone" }, "gone"],
    [{ kind: "failed", code: "timeout", why: "x".repeat(1000), hints: {} }, "failing"],
  ])("%j has a name, a beginning and a count", (outcome, health) => {
    const first = remember(polled(), outcome);
    const second = remember(first, outcome, { now: NOON + HOUR });

    expect(first).toMatchObject({ health, healthSince: NOON, failures: 1 });
    expect(second).toMatchObject({ health, healthSince: NOON, failures: 2, polledAt: NOON + HOUR, succeededAt: NOON });
    expect(second.lastError?.length).toBeGreaterThan(3);
    expect(second.lastError?.length).toBeLessThanOrEqual(300);
  });

  test("leaves what the feed was", () => {
    const state = polled({ validators: { etag: '"a"' }, bodyHash: "h", rate: 3, itemCount: 9, title: "The Paper" });

    const now = remember(state, { kind: "failed", code: "dns", why: "no", hints: {} });

    expect(now).toMatchObject({
      validators: { etag: '"a"' },
      bodyHash: "h",
      rate: 3,
      itemCount: 9,
      title: "The Paper",
    });
  });
});

describe("the rate", () => {
  const daily = (days: number): readonly Draft[] =>
    Array.from({ length: days }, (_, n) => ({ publishedAt: NOON - (n + 1) * DAY }));

  test("of a new feed is read off its dates", () => {
    const tenInFiveHours = Array.from({ length: 10 }, (_, n) => ({ publishedAt: NOON - n * HOUR }));

    expect(remember(NEW_FEED_STATE, MODIFIED, { reading: readingOf(daily(10)), newItems: 10 }).rate).toBeCloseTo(1);
    expect(remember(NEW_FEED_STATE, MODIFIED, { reading: readingOf(daily(100)), newItems: 100 }).rate).toBeCloseTo(
      13 / 14,
    );
    expect(remember(NEW_FEED_STATE, MODIFIED, { reading: readingOf(tenInFiveHours) }).rate).toBeCloseTo(10 / (9 / 24));
    expect(remember(NEW_FEED_STATE, MODIFIED, { reading: readingOf([{}, {}]) }).rate).toBe(1);
  });

  test("halves in a fortnight of silence, however often the feed is polled", () => {
    let state = polled({ rate: 8 });
    for (let hour = 1; hour <= 14 * 24; hour += 1)
      state = remember(
        state,
        { kind: "unmodified", by: "status", validators: {}, hints: {} },
        { now: NOON + hour * HOUR },
      );

    expect(state.rate).toBeCloseTo(4);
  });

  test("comes to what the feed brings", () => {
    let state = polled({ rate: 1 });
    for (let day = 1; day <= 120; day += 1)
      state = remember(state, MODIFIED, { reading: readingOf(), newItems: 10, now: NOON + day * DAY });

    expect(state.rate).toBeGreaterThan(9);
    expect(state.rate).toBeLessThan(11);
  });
});

test("a message is never cut within a character: half of one cannot be read back", () => {
  const why = `${"x".repeat(294)}\u{1f4f0}`;

  const after = stateAfter({
    feed: FEED,
    state: NEW_FEED_STATE,
    outcome: { kind: "failed", code: "dns", why, hints: {} },
    now: NOON,
  });

  expect(after.lastError?.isWellFormed()).toBe(true);
  expect(`dns: ${why}`.slice(0, 300).isWellFormed()).toBe(false);
});

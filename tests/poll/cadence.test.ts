import { describe, expect, test } from "vitest";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { HttpHints, PollOutcome } from "../../src/model/outcome.ts";
import type { DocumentHints } from "../../src/model/parsed.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { type Limits, limitsFor, nextPoll } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const LIMITS = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY });
const WITH_TAG = { validators: { etag: '"a"' } };

const unmodified = (hints: HttpHints = {}): PollOutcome => ({
  kind: "unmodified",
  by: "status",
  validators: {},
  hints,
});

/** What comes after a poll, with the freshness of its answer remembered as stateAfter does. */
function waitAfter(
  state: Partial<FeedState>,
  outcome: PollOutcome = unmodified(),
  input: { limits?: Limits; chance?: number; isPushed?: boolean; now?: number } = {},
) {
  const { limits = LIMITS, chance = 0, isPushed = false, now = NOON } = input;
  const freshFor = "hints" in outcome ? outcome.hints.freshFor : undefined;
  const after = polled({ ...WITH_TAG, ...state, ...(freshFor !== undefined && { freshFor }) });
  const next = nextPoll({ state: after, outcome, limits, now, chance, isPushed });
  return { wait: next.at - now, rules: next.reasons.map(({ rule }) => rule), reasons: next.reasons };
}

describe("a feed that is well", () => {
  test("is polled by the square root of what it brings", () => {
    expect(waitAfter({ rate: 1 }).wait).toBe(138 * MINUTE);
    expect(waitAfter({ rate: 1 / 4 }).wait).toBe(276 * MINUTE);
    expect(waitAfter({ rate: 0 }).wait).toBeLessThanOrEqual(DAY);
  });

  test("is not polled more often than hourly unless its publisher's own hint is shorter", () => {
    const often = { rate: 48 };

    expect(waitAfter(often)).toMatchObject({ wait: HOUR, rules: ["courtesy", "budget"] });
    expect(waitAfter(often, unmodified({ freshFor: 5 * MINUTE })).wait).toBeLessThan(20 * MINUTE);
    expect(waitAfter({ ...often, hints: { ttl: 30 * MINUTE } }).wait).toBe(30 * MINUTE);
  });

  test("is polled as often as the operator says for it", () => {
    const limits = limitsFor({ ...FEED, minInterval: 10 * MINUTE }, LIMITS);

    expect(waitAfter({ rate: 400 }, unmodified(), { limits }).wait).toBe(10 * MINUTE);
    expect(waitAfter({ rate: 400, validators: {} }, unmodified(), { limits }).wait).toBe(10 * MINUTE);
  });

  test("A-14: that sends no validators is polled every six hours", () => {
    expect(waitAfter({ validators: {} })).toMatchObject({ wait: 6 * HOUR, rules: ["no-validators", "budget"] });
  });

  test("whose items leave the document quickly is polled before they are gone", () => {
    const { wait, reasons } = waitAfter({ validators: {}, rate: 240, itemCount: 10 });

    expect(wait).toBe(30 * MINUTE);
    expect(reasons[0]).toEqual({ rule: "turnover", items: 10, within: HOUR });
  });

  test("is polled within the operator's longest interval, even where courtesy would wait longer", () => {
    const limits = { ...LIMITS, minInterval: 5000, maxInterval: 11_000 };

    expect(waitAfter({ validators: {} }, unmodified(), { limits, chance: 1 }).wait).toBeLessThanOrEqual(11_000);
  });

  test("that a hub pushes is polled once a day as a check (A-41)", () => {
    expect(waitAfter({ rate: 48 }, unmodified(), { isPushed: true })).toMatchObject({ wait: DAY, rules: ["pushed"] });
  });

  test("says why it is polled then: what decided, then what else was weighed", () => {
    const { wait, reasons } = waitAfter({ rate: 12 }, unmodified({ freshFor: 10 * MINUTE }));

    expect(Math.round(wait / MINUTE)).toBe(40);
    expect(reasons).toEqual([
      { rule: "budget", every: 2 * HOUR },
      { rule: "max-age", length: 10 * MINUTE, isShorter: true },
    ]);
  });

  test("that weighs four times as much is polled twice as often", () => {
    const limits = limitsFor({ ...FEED, weight: 4 }, LIMITS);

    expect(waitAfter({ rate: 1 / 4 }, unmodified(), { limits }).wait).toBe(138 * MINUTE);
  });

  test("is polled by the scale that the budget leaves", () => {
    const limits = limitsFor(FEED, LIMITS, 300 * MINUTE);

    expect(waitAfter({ rate: 4 }, unmodified(), { limits }).wait).toBe(150 * MINUTE);
  });
});

describe("publishers' hints", () => {
  test.each<[string, DocumentHints, number | undefined]>([
    ["max-age", {}, 4 * HOUR],
    ["ttl", { ttl: 4 * HOUR }, undefined],
    ["update-period", { updatePeriod: 4 * HOUR }, undefined],
  ])("A-10: %s lengthens the interval", (name, hints, freshFor) => {
    const { wait, reasons } = waitAfter({ hints }, unmodified(freshFor === undefined ? {} : { freshFor }));

    expect(wait).toBe(4 * HOUR);
    expect(reasons).toEqual([
      { rule: name, length: 4 * HOUR },
      { rule: "budget", every: DAY },
    ]);
  });

  test("never shorten it", () => {
    const { wait } = waitAfter({ hints: { ttl: 20 * MINUTE } }, unmodified({ freshFor: MINUTE }));

    expect(wait).toBe(138 * MINUTE);
  });

  test.each([0, -HOUR, Number.NaN, Number.POSITIVE_INFINITY, 400 * DAY])("of %d cannot break the schedule", (ttl) => {
    const { wait } = waitAfter({ hints: { ttl } });

    expect(wait).toBeGreaterThanOrEqual(138 * MINUTE);
    expect(wait).toBeLessThanOrEqual(DAY);
  });

  test("A-12: about quiet hours move the poll to the first open one", () => {
    // From Monday noon, after 138 min it would be 14:18
    const { wait, rules } = waitAfter({ hints: { skipHours: [14, 15, 16] } });

    expect(NOON + wait).toBe(Date.UTC(2026, 2, 2, 17));
    expect(rules).toEqual(["budget", "skipped-hours"]);
  });

  test("about quiet days move the poll to the next open day", () => {
    expect(NOON + waitAfter({ hints: { skipDays: [1, 2] } }).wait).toBe(Date.UTC(2026, 2, 4));
    expect(NOON + waitAfter({ hints: { skipDays: [1], skipHours: [0, 1] } }).wait).toBe(Date.UTC(2026, 2, 3, 2));
  });

  test("that close all hours or all days are ignored", () => {
    const all = { skipHours: Array.from({ length: 24 }, (_, n) => n), skipDays: [0, 1, 2, 3, 4, 5, 6] };

    expect(waitAfter({ hints: all }).wait).toBe(138 * MINUTE);
    expect(waitAfter({ hints: { skipHours: [99, -1, 1.5] } }).wait).toBe(138 * MINUTE);
  });
});

describe("a feed in trouble", () => {
  const throttled = (status: number, retryAfter?: number): PollOutcome => ({
    kind: "throttled",
    status,
    hints: retryAfter === undefined ? {} : { retryAfter },
  });
  const waitFor = (outcome: PollOutcome, failures: number, since = NOON): number => {
    const healths = { throttled: "throttled", refused: "refused", missing: "missing", gone: "gone" } as const;
    const health = outcome.kind in healths ? healths[outcome.kind as keyof typeof healths] : "failing";
    return waitAfter({ health, healthSince: since, failures, succeededAt: NOON - DAY }, outcome).wait;
  };

  test("A-24: that failed n times waits 2^n of its interval, a day at most", () => {
    const failed: PollOutcome = { kind: "failed", code: "http-500", why: "", hints: {} };

    expect([1, 2, 3, 4, 99].map((failures) => waitFor(failed, failures))).toEqual([
      276 * MINUTE,
      552 * MINUTE,
      1104 * MINUTE,
      DAY,
      DAY,
    ]);
  });

  test("that nobody answered for is asked again soon: it may be our own network that is down", () => {
    const failed: PollOutcome = { kind: "failed", code: "dns", why: "", hints: {} };

    expect([1, 2, 3, 4, 99].map((failures) => waitFor(failed, failures))).toEqual(
      [15, 30, 60, 120, 120].map((minutes) => minutes * MINUTE),
    );
  });

  test("that was never read is tried again soon", () => {
    const outcome: PollOutcome = { kind: "failed", code: "http-502", why: "", hints: {} };
    const state: FeedState = { ...NEW_FEED_STATE, health: "failing", failures: 1 };

    expect(nextPoll({ state, outcome, limits: LIMITS, now: NOON, chance: 0 }).at - NOON).toBe(30 * MINUTE);
  });

  test("A-19: waits as long as Retry-After says, up to a week, and never less than its own interval", () => {
    expect(waitFor(throttled(429, 6 * HOUR), 1)).toBe(6 * HOUR);
    expect(waitFor(throttled(503, 7 * DAY), 1)).toBe(7 * DAY);
    expect(waitFor(throttled(429, 1000), 1)).toBe(138 * MINUTE);
  });

  test("A-19: without Retry-After waits four hours for 429 and backs off for 503", () => {
    expect(waitFor(throttled(429), 1)).toBe(4 * HOUR);
    expect(waitFor(throttled(503), 1)).toBe(276 * MINUTE);
  });

  test("A-23: that refuses us is asked after 4, 8, 16, 24 hours; behind a bot check after 12", () => {
    const refused: PollOutcome = { kind: "refused", status: 403, challenge: false, hints: {} };

    expect([1, 2, 3, 4].map((failures) => waitFor(refused, failures) / HOUR)).toEqual([4, 8, 16, 24]);
    expect(waitFor({ ...refused, challenge: true }, 3)).toBe(12 * HOUR);
  });

  test("A-22: that is missing is asked after 1, 2, … 24 hours, and every 30 days once it is dead", () => {
    const missing: PollOutcome = { kind: "missing", hints: {} };

    expect([1, 2, 3, 6].map((failures) => waitFor(missing, failures) / HOUR)).toEqual([1, 2, 4, 24]);
    expect(waitFor(missing, 40, NOON - 31 * DAY)).toBe(30 * DAY);
  });

  test("A-22: that is gone is asked once more the next day, then every 30 days", () => {
    expect(waitFor({ kind: "gone" }, 1)).toBe(DAY);
    expect(waitFor({ kind: "gone" }, 2)).toBe(30 * DAY);
  });
});

describe("jitter", () => {
  test("A-15: makes waits longer by a tenth at most, never shorter", () => {
    expect(waitAfter({}, unmodified(), { chance: 0 }).wait).toBe(138 * MINUTE);
    expect(waitAfter({}, unmodified(), { chance: 1 }).wait).toBe(138 * MINUTE * 1.1);
  });
});

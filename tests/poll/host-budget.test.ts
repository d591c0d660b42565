import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HostBudget } from "../../src/model/host-budget.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../src/model/time.ts";
import { budgetAfter, hostWordOf } from "../../src/poll/poll.ts";
import { NOON } from "./feed.ts";

type Budget = HostBudget | undefined;

const FINE: PollOutcome = { kind: "unmodified", by: "status", validators: {}, hints: {} };
const THROTTLED: PollOutcome = { kind: "throttled", status: 429, hints: {} };
const FORBIDDEN: PollOutcome = { kind: "refused", status: 403, challenge: false, hints: {} };
const failed = (code: string): PollOutcome => ({ kind: "failed", code, why: code, hints: {} });

/** One request that began at `at` and took 100 ms, unless told. */
function told(budget: Budget, outcome: PollOutcome, route = "a", at: Instant = NOON, took = 100): Budget {
  const word = hostWordOf({ outcome, route, startedAt: at, now: at + took });
  return word === undefined ? budget : budgetAfter(budget, word);
}

const times = (count: number, change: (budget: Budget, n: number) => Budget, from?: Budget): Budget =>
  Array.from({ length: count }).reduce<Budget>((budget, _, n) => change(budget, n), from);

describe("the pace of a host", () => {
  test("is the operator's as long as there is no trouble, and costs nothing to remember", () => {
    expect(times(100, (budget) => told(budget, FINE))).toBeUndefined();
    expect(told(undefined, { kind: "missing", hints: {} })).toBeUndefined();
  });

  test("shrinks by a share with every 429, 403, 503, time-out and slow answer, down to a bound", () => {
    const paceAfter = (outcome: PollOutcome, took?: number) => told(undefined, outcome, "a", NOON, took)?.pace;

    expect(paceAfter(THROTTLED)).toBe(0.5);
    expect(paceAfter(FORBIDDEN)).toBe(0.8);
    expect(paceAfter({ kind: "throttled", status: 503, hints: {} })).toBe(0.7);
    expect(paceAfter(failed("headers-timeout"))).toBe(0.7);
    expect(paceAfter(failed("http-502"))).toBe(0.7);
    expect(paceAfter(FINE, 6 * SECOND)).toBe(0.7);
    expect(times(50, (budget) => told(budget, THROTTLED))?.pace).toBe(1 / 64);
  });

  test("grows by a step with every good answer, until there is nothing left to remember", () => {
    const strained = told(undefined, FORBIDDEN);

    expect(told(strained, FINE, "a", NOON + SECOND)?.pace).toBeCloseTo(0.85, 3);
    expect(times(4, (budget, n) => told(budget, FINE, "a", NOON + n * SECOND), strained)).toBeUndefined();
  });

  test("recovers by itself within a day", () => {
    const strained = times(10, (budget) => told(budget, FORBIDDEN));

    expect(strained?.pace).toBeLessThan(0.2);
    expect(told(strained, FINE, "a", NOON + 12 * HOUR)?.pace).toBeGreaterThan(0.6);
    expect(told(strained, FINE, "a", NOON + DAY)).toBeUndefined();
  });

  test("is not blamed for what is our own, the name server's or the way's", () => {
    for (const code of [
      "dns",
      "connect",
      "network",
      "certificate",
      "blocked-address",
      "robots",
      "host-busy",
      "aborted",
    ])
      expect(told(undefined, failed(code))).toBeUndefined();
  });
});

describe("A-19: a 429", () => {
  test("with a time closes the whole host for just that long", () => {
    const named: PollOutcome = { kind: "throttled", status: 429, hints: { retryAfter: 10 * MINUTE } };
    const budget = told(undefined, named);

    expect(budget?.closedUntil).toBe(NOON + 100 + 10 * MINUTE);
    expect(budget).not.toHaveProperty("probeAt");
  });

  test("without one closes it for four hours, and after a quarter of one somebody may look in", () => {
    const budget = told(undefined, THROTTLED);

    expect(budget?.closedUntil).toBe(NOON + 100 + 4 * HOUR);
    expect(budget?.probeAt).toBe(NOON + 100 + 15 * MINUTE);
  });

  test("of a second route while the host is closed makes everybody wait longer", () => {
    const once = told(undefined, THROTTLED);
    const twice = told(once, THROTTLED, "b", NOON + 16 * MINUTE);

    expect(twice?.closedUntil).toBe(NOON + 100 + 16 * MINUTE + 4 * HOUR);
    expect(twice?.probeAt).toBe(NOON + 100 + 46 * MINUTE);
    expect(twice?.pace).toBeCloseTo(0.25, 1);
  });

  test("is not taken back by an answer that was on its way already", () => {
    const budget = told(undefined, THROTTLED);

    const late = told(budget, FINE, "b", NOON - SECOND, 2 * SECOND);

    expect(late?.closedUntil).toBe(budget?.closedUntil);
    expect(late?.apart).toBe(0);
  });
});

describe("a bridge that answers each route for itself", () => {
  /** A 429 without a time, and another route is answered when somebody looks in. */
  const lookedIn = (budget: Budget, at: Instant): Budget =>
    told(told(budget, THROTTLED, "x", at), FINE, "y", at + 16 * MINUTE);

  test("is open again to all others as soon as one of them was answered", () => {
    const budget = lookedIn(undefined, NOON);

    expect(budget).not.toHaveProperty("closedUntil");
    expect(budget?.routes["x"]?.until).toBe(NOON + 100 + 4 * HOUR);
  });

  test("is known by the second time: from then on one route's 429 stops that route alone", () => {
    const once = lookedIn(undefined, NOON);
    const twice = told(once, THROTTLED, "x", NOON + 5 * HOUR);

    expect(twice).not.toHaveProperty("closedUntil");
    expect(twice?.routes["x"]?.until).toBe(NOON + 100 + 9 * HOUR);
    expect(twice?.apart).toBe(2);
  });

  test("that names its times is known after the third, without ever being asked before its time", () => {
    const named: PollOutcome = { kind: "throttled", status: 429, hints: { retryAfter: HOUR } };
    const rounds = (count: number) =>
      times(count, (budget, n) => {
        const at = NOON + 2 * n * HOUR;
        return told(told(budget, named, "x", at), FINE, "y", at + HOUR + MINUTE);
      });

    expect(told(rounds(1), named, "x", NOON + 2 * HOUR)?.closedUntil).toBeGreaterThan(NOON + 2 * HOUR);
    expect(told(rounds(2), named, "x", NOON + 4 * HOUR)).not.toHaveProperty("closedUntil");
  });

  test("is a host like any other again when several routes are throttled and none is answered in between", () => {
    const apart = told(lookedIn(undefined, NOON), THROTTLED, "x", NOON + 5 * HOUR);
    const two = told(apart, THROTTLED, "p", NOON + 5 * HOUR + SECOND);
    const three = told(two, THROTTLED, "q", NOON + 5 * HOUR + 2 * SECOND);

    expect(two).not.toHaveProperty("closedUntil");
    expect(three?.closedUntil).toBe(NOON + 9 * HOUR + 2 * SECOND + 100);
    expect(three?.apart).toBe(0);
  });

  test("keeps its good routes open however many bad ones it has, as long as the good ones are answered", () => {
    let budget = told(lookedIn(undefined, NOON), THROTTLED, "x", NOON + 5 * HOUR);
    for (let n = 0; n < 12; n += 1) {
      const at = NOON + 5 * HOUR + n * 10 * MINUTE;
      budget = times(12, (one, k) => told(one, FINE, `good-${k}`, at + k * SECOND), budget);
      budget = told(budget, THROTTLED, `bad-${n}`, at + MINUTE);
    }

    expect(budget).not.toHaveProperty("closedUntil");
  });
});

test("whatever a host says, its budget stays within its bounds and ends within three days of peace", () => {
  const word = fc.record({
    outcome: fc.constantFrom(FINE, THROTTLED, FORBIDDEN, failed("timeout"), failed("dns"), {
      kind: "throttled",
      status: 429,
      hints: { retryAfter: 7 * DAY },
    } as const),
    route: fc.integer({ min: 0, max: 60 }).map(String),
    gap: fc.integer({ min: 0, max: 2 * DAY }),
    took: fc.integer({ min: 0, max: 30 * SECOND }),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 200 }), (words) => {
      let at = NOON;
      let ended = NOON;
      let budget: Budget;
      for (const { outcome, route, gap, took } of words) {
        at += gap;
        ended = Math.max(ended, at + took);
        budget = told(budget, outcome, route, at, took);
        expect(budget?.pace ?? 1).toBeGreaterThanOrEqual(1 / 64);
        expect(budget?.pace ?? 1).toBeLessThanOrEqual(1);
        expect(Object.keys(budget?.routes ?? {}).length).toBeLessThanOrEqual(20);
        expect(budget?.closedUntil ?? at).toBeLessThanOrEqual(ended + 7 * DAY);
      }
      const peace = told(budget, FINE, "calm", at + 10 * DAY);
      expect(peace?.pace ?? 1).toBe(1);
      expect(peace?.closedUntil).toBeUndefined();
      expect(peace?.routes ?? {}).toEqual({});
    }),
    { numRuns: 300 },
  );
});

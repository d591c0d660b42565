import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { type Claim, intervalAt, requestsAt, scaleFor } from "../../src/poll/budget.ts";
import { cadenceFor, claimOf } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const anyClaim = fc
  .record({
    weight: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
    shortest: fc.double({ min: 1, max: 1e6, noNaN: true }),
    slack: fc.double({ min: 1, max: 1e4, noNaN: true }),
  })
  .map(({ weight, shortest, slack }): Claim => ({ weight, shortest, longest: shortest * slack }));
const anyClaims = fc.array(anyClaim, { minLength: 1, maxLength: 60 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const sumOf = (claims: readonly Claim[], value: (claim: Claim) => number): number =>
  claims.reduce((sum, claim) => sum + value(claim), 0);
/** Mean delay of the items: they wait half an interval. */
const delayOf = (claims: readonly Claim[], interval: (claim: Claim) => number): number =>
  sumOf(claims, (claim) => (claim.weight * interval(claim)) / 2) / sumOf(claims, ({ weight }) => weight);

describe("the square-root law under a budget", () => {
  test("spends it exactly, where the bounds let it, and never leaves the bounds", () => {
    fc.assert(
      fc.property(anyClaims, share, (claims, at) => {
        const least = sumOf(claims, ({ longest }) => 1 / longest);
        const most = sumOf(claims, ({ shortest }) => 1 / shortest);
        const budget = least + at * (most - least);
        const scale = scaleFor(claims, budget);
        expect(Math.abs(requestsAt(claims, scale) / budget - 1)).toBeLessThan(1e-4);
        for (const claim of claims) {
          expect(intervalAt(claim, scale)).toBeGreaterThanOrEqual(claim.shortest);
          expect(intervalAt(claim, scale)).toBeLessThanOrEqual(claim.longest);
        }
      }),
    );
  });

  test("spends what the bounds allow where the budget is beyond them", () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const least = sumOf(claims, ({ longest }) => 1 / longest);
        const most = sumOf(claims, ({ shortest }) => 1 / shortest);
        expect(requestsAt(claims, scaleFor(claims, most * 2))).toBeCloseTo(most, 9);
        expect(requestsAt(claims, scaleFor(claims, least / 2)) / least).toBeCloseTo(1, 9);
      }),
    );
  });

  test("gives who is at no bound an interval by the square root of its weight", () => {
    fc.assert(
      fc.property(anyClaims, share, (claims, at) => {
        const most = sumOf(claims, ({ shortest }) => 1 / shortest);
        const scale = scaleFor(claims, at * most + 1e-9);
        for (const claim of claims) {
          const interval = intervalAt(claim, scale);
          if (interval > claim.shortest && interval < claim.longest)
            expect((interval * Math.sqrt(claim.weight)) / scale).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  test("never delays items more than equal intervals at the same number of requests", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 2 }), (weights) => {
        const claims = weights.map((weight): Claim => ({ weight, shortest: 1, longest: 1e6 }));
        const scale = scaleFor(claims, claims.length / 1000);
        expect(delayOf(claims, (claim) => intervalAt(claim, scale))).toBeLessThan(500 * (1 + 1e-4));
      }),
    );
  });
});

describe("the cadence of all feeds", () => {
  const POLL = { minInterval: 15 * MINUTE, maxInterval: DAY };
  const WELL: Partial<FeedState> = { validators: { etag: '"a"' } };

  test("is 0.63 of the mean delay of equal intervals for 5000 feeds and 2500 requests an hour (facts A.2)", () => {
    const states = logNormalRates(5000).map((rate) => polled({ ...WELL, rate }));
    const claims = states.map((state) => claimOf(FEED, state, POLL));

    const { intervalAtOneADay, requestsPerHour } = cadenceFor(claims, { ...POLL, requestsPerHour: 2500 });

    const delay = delayOf(claims, (claim) => intervalAt(claim, intervalAtOneADay));
    expect(requestsPerHour).toBeCloseTo(2500, -1);
    expect(delay / HOUR).toBeGreaterThan(0.55);
    expect(delay / HOUR).toBeLessThan(0.7);
  });

  test("is one request a feed every two hours without a budget, for feeds that bring little", () => {
    const claims = Array.from({ length: 100 }, (_, n) => claimOf(FEED, polled({ ...WELL, rate: n / 1000 }), POLL));

    expect(cadenceFor(claims, POLL).requestsPerHour).toBeCloseTo(50, 1);
  });

  test("is no slower than the plain law without a budget, for feeds that bring much", () => {
    const claims = Array.from({ length: 100 }, () => claimOf(FEED, polled({ ...WELL, rate: 40 }), POLL));

    expect(cadenceFor(claims, POLL).intervalAtOneADay).toBe(138 * MINUTE);
    expect(cadenceFor(claims, POLL).requestsPerHour).toBeCloseTo(100, 6);
    expect(cadenceFor(claims, { ...POLL, requestsPerHour: 50 }).requestsPerHour).toBeCloseTo(50, 1);
  });

  test("counts what publishers ask for, what ill feeds wait, and what a hub pushes", () => {
    const dayLong = { polledAt: NOON, nextDueAt: NOON + DAY };
    const claims = [
      polled({ ...WELL, hints: { ttl: 10 * HOUR } }),
      polled({ ...WELL, freshFor: 10 * HOUR }),
      polled({ ...WELL, ...dayLong, health: "missing" }),
      polled({ ...WELL, ...dayLong, nextReasons: [{ rule: "pushed" }] }),
    ].map((state) => claimOf(FEED, state, POLL));

    expect(claims.map(({ shortest }) => shortest / HOUR)).toEqual([10, 10, 24, 24]);
    expect(claims.map(({ longest }) => Math.round(longest / HOUR))).toEqual([22, 22, 24, 24]);
  });

  test("of no feeds, and of new ones, is the plain law or quicker", () => {
    expect(cadenceFor([], POLL).intervalAtOneADay).toBe(138 * MINUTE);
    expect(cadenceFor([claimOf(FEED, NEW_FEED_STATE, POLL)], POLL).intervalAtOneADay).toBeLessThanOrEqual(138 * MINUTE);
  });

  test("of 100,000 feeds is reckoned in a moment", () => {
    const claims = logNormalRates(100_000).map((rate) => claimOf(FEED, polled({ ...WELL, rate }), POLL));

    const started = performance.now();
    const { requestsPerHour } = cadenceFor(claims, { ...POLL, requestsPerHour: 40_000 });

    expect(requestsPerHour).toBeCloseTo(40_000, -2);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** Items a day of so many feeds: median 1.2, as facts A.2 has them; the quantiles, so no chance in it. */
function logNormalRates(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => 1.2 * Math.exp(1.5 * normalQuantile((n + 0.5) / count)));
}

/** Logistic approximation, good to a few percent. */
const normalQuantile = (p: number): number => Math.log(p / (1 - p)) / 1.702;

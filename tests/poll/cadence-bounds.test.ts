import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { limitsFor, nextPoll, outcomeOf, stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const LIMITS = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY });
const WITH_TAG = { validators: { etag: '"a"' } };

const anyDuration = fc.oneof(
  fc.integer({ min: -DAY, max: 400 * DAY }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0),
);
const anyDays = fc.array(fc.integer({ min: -2, max: 26 }), { maxLength: 30 });
const anyHours = fc.record({
  counts: fc.oneof(fc.string({ maxLength: 80 }), fc.stringMatching(/^[0-9a-z]{62}$/)),
  items: fc.double({ min: 0, max: 1000, noNaN: true }),
  since: fc.integer({ min: NOON - 100 * DAY, max: NOON }),
});
const anyHeader = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.integer().map((seconds) => `max-age=${seconds}`),
);

describe("whatever publishers send", () => {
  test("A-13: the next poll is within [min, 24 h], Retry-After and quiet times aside", () => {
    fc.assert(
      fc.property(
        fc.record({ "cache-control": anyHeader, age: anyHeader, expires: anyHeader, date: anyHeader }),
        fc.constantFrom(200, 304, 302, 401, 403, 404, 429, 500, 503),
        fc.record({ ttl: anyDuration, updatePeriod: anyDuration }),
        fc.record({
          failures: fc.nat(2000),
          rate: fc.double({ min: 0, max: 1e6, noNaN: true }),
          itemCount: fc.nat(10_000),
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1000, max: 20 * HOUR }),
        fc.double({ min: 1, max: 1000 * DAY, noNaN: true }),
        anyHours,
        (headers, status, hints, memory, chance, minInterval, intervalAtOneADay, hours) => {
          const state = polled({ ...WITH_TAG, ...memory, hints, hours });
          const answer = { kind: "answered", status, url: FEED.url, headers, bytes: Buffer.from("<rss/>") } as const;
          const outcome = outcomeOf({ feed: FEED, state, answer, now: NOON });
          const after = stateAfter({ feed: FEED, state, outcome, now: NOON });
          const feed = chance > 0.5 ? { ...FEED, minInterval } : FEED;
          const limits = limitsFor(feed, { minInterval, maxInterval: DAY }, intervalAtOneADay);
          const { at } = nextPoll({ state: { ...after, hints }, outcome, limits, now: NOON, chance });
          expect(at).toBeGreaterThanOrEqual(NOON + minInterval);
          expect(at).toBeLessThanOrEqual(NOON + DAY);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("with Retry-After it is within a week, and with quiet times in an open hour of the eight days after", () => {
    fc.assert(
      fc.property(
        anyHeader,
        fc.constantFrom(200, 429, 503, 500),
        fc.record({ skipHours: anyDays, skipDays: anyDays }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfter, status, hints, chance) => {
          const answer = {
            kind: "answered",
            status,
            url: FEED.url,
            headers: { "retry-after": retryAfter },
            bytes: Buffer.from("<rss/>"),
          } as const;
          const outcome = outcomeOf({ feed: FEED, state: polled(WITH_TAG), answer, now: NOON });
          const after = stateAfter({ feed: FEED, state: polled(WITH_TAG), outcome, now: NOON });
          const calm = nextPoll({ state: after, outcome, limits: LIMITS, now: NOON, chance });
          const quiet = nextPoll({ state: { ...after, hints }, outcome, limits: LIMITS, now: NOON, chance });
          expect(calm.at).toBeLessThanOrEqual(NOON + 7 * DAY);
          expect(quiet.at).toBeGreaterThanOrEqual(calm.at);
          expect(quiet.at).toBeLessThanOrEqual(calm.at + 8 * DAY);
          const hours = new Set(hints.skipHours.filter((hour) => hour >= 0 && hour < 24));
          if (hours.size < 24) expect(hours.has(new Date(quiet.at).getUTCHours())).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "../../src/model/answer.ts";
import type { FeedHealth, FeedState } from "../../src/model/feed.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { limitsFor, nextPoll, outcomeOf, requestOf, stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON } from "./feed.ts";

const LIMITS = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY });
/** The longest back-off there is (a 410 seen twice, a 404 for a month), with its tenth of jitter. */
const LONGEST = 33 * DAY;
/** Polls of an address that a feed has moved to and that fails, before the old one is asked again. */
const MOVE_FAILURES = 5;

const anyTime = fc.integer({ min: NOON - 400 * DAY, max: NOON });
const anyText = fc.string({ maxLength: 20 });
const ANSWERS: readonly (readonly [status: number, headers: Record<string, string>, body: string])[] = [
  [404, {}, ""],
  [410, {}, ""],
  [401, {}, ""],
  [403, { "cf-mitigated": "challenge" }, ""],
  [429, { "retry-after": "604800" }, ""],
  [429, {}, ""],
  [500, {}, ""],
  [503, { "retry-after": "Fri, 01 Jan 2100 00:00:00 GMT" }, ""],
  [200, {}, "<html><title>Just a moment...</title>"],
  [200, {}, "<!doctype html><p>gone elsewhere"],
  [200, {}, ""],
  [304, {}, ""],
  [302, {}, ""],
];
const anyTrouble: fc.Arbitrary<Answer> = fc.oneof(
  fc
    .constantFrom("dns", "connect", "timeout", "too-large", "tls")
    .map((code) => ({ kind: "failed", code, why: code }) as const),
  fc
    .constantFrom(...ANSWERS)
    .map(
      ([status, headers, body]) =>
        ({ kind: "answered", status, url: FEED.url, headers, bytes: Buffer.from(body) }) as const,
    ),
);
const anyState: fc.Arbitrary<FeedState> = fc.record(
  {
    validators: fc.record({ etag: anyText, lastModified: anyText }, { requiredKeys: [] }),
    askedUrl: fc.constantFrom(FEED.url, "https://paper.example/moved.xml"),
    bodyAt: anyTime,
    bodyHash: anyText,
    health: fc.constantFrom<FeedHealth>("new", "ok", "failing", "throttled", "refused", "missing", "gone"),
    healthSince: anyTime,
    failures: fc.nat(10_000),
    polledAt: anyTime,
    succeededAt: anyTime,
    freshAt: anyTime,
    rate: fc.double({ min: 0, max: 1e6, noNaN: true }),
    rateAt: anyTime,
    freshFor: fc.integer({ min: 1, max: 400 * DAY }),
    itemCount: fc.nat(10_000),
    usualCount: fc.nat(10_000),
    thinSince: anyTime,
    movedFrom: fc.constantFrom(FEED.url, "https://paper.example/older.xml"),
    movedTo: fc.constant("https://paper.example/moved.xml"),
    movedCount: fc.nat(100),
    movedSince: anyTime,
  },
  { requiredKeys: ["validators", "health", "failures"] },
);

function pollOnce(state: FeedState, answer: Answer, now: Instant, chance: number) {
  const outcome = outcomeOf({ feed: FEED, state, answer, now });
  const reading = { kind: "read", format: "rss", profile: {}, drafts: [], hints: {}, repairs: [] } as const;
  const after = stateAfter({ feed: FEED, state, outcome, now, ...(outcome.kind === "modified" && { reading }) });
  return { state: after, at: nextPoll({ state: after, outcome, limits: LIMITS, now, chance }).at };
}

/** A publisher who is well: 304 to the validators it has now, else the document, and nothing at any other address. */
function wellAnswer(url: string, headers: Readonly<Record<string, string>>): Answer {
  if (url !== FEED.url) return { kind: "answered", status: 404, url, headers: {}, bytes: Buffer.alloc(0) };
  const isKnown = headers["if-none-match"] === '"now"';
  return {
    kind: "answered",
    status: isKnown ? 304 : 200,
    url,
    headers: { etag: '"now"' },
    bytes: Buffer.from(isKnown ? "" : "<rss/>"),
  };
}

test("from whatever state and after whatever trouble, a feed whose publisher is well again is well after its back-off", () => {
  fc.assert(
    fc.property(
      anyState,
      fc.array(anyTrouble, { maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (start, troubles, chance) => {
        // Given a feed that has been through trouble
        let poll = { state: start, at: NOON };
        for (const answer of troubles) poll = pollOnce(poll.state, answer, poll.at, chance);

        // When its publisher is well from now on
        const begin = poll.at;
        let polls = 0;
        let shortest = Number.POSITIVE_INFINITY;
        do {
          const { url, headers } = requestOf(FEED, poll.state, "ua");
          const now = poll.at;
          poll = pollOnce(poll.state, wellAnswer(url, headers), now, chance);
          shortest = Math.min(shortest, poll.at - now);
          polls += 1;
        } while (poll.state.health !== "ok" && polls <= MOVE_FAILURES);

        // Then it is well at the first poll, or as soon as a move is given up that leads nowhere
        expect(poll.state).toMatchObject({ health: "ok", failures: 0 });
        expect(poll.state).not.toHaveProperty("lastError");
        expect(poll.state.polledAt ?? 0).toBeLessThanOrEqual(begin + MOVE_FAILURES * DAY);
        expect(shortest).toBeGreaterThanOrEqual(LIMITS.minInterval);
      },
    ),
    { numRuns: 2000 },
  );
});

test("whatever the trouble, the next poll is planned within the longest back-off: no feed is given up for good", () => {
  fc.assert(
    fc.property(anyState, anyTrouble, fc.double({ min: 0, max: 1, noNaN: true }), (state, answer, chance) => {
      const { at } = pollOnce(state, answer, NOON, chance);

      expect(at).toBeGreaterThanOrEqual(NOON + LIMITS.minInterval);
      expect(at).toBeLessThanOrEqual(NOON + LONGEST);
    }),
    { numRuns: 2000 },
  );
});

test("a server that begins each day with an hour of trouble is read every day", () => {
  // Given every answer of the first hour of a day is a 503
  let poll = { state: { validators: {}, health: "new", failures: 0 } as FeedState, at: NOON };
  const read = new Set<number>();

  // When a fortnight goes by
  while (poll.at < NOON + 14 * DAY) {
    const now = poll.at;
    const { url, headers } = requestOf(FEED, poll.state, "ua");
    const isTrouble = now % DAY < HOUR;
    const answer: Answer = isTrouble
      ? { kind: "answered", status: 503, url, headers: {}, bytes: Buffer.alloc(0) }
      : wellAnswer(url, headers);
    poll = pollOnce(poll.state, answer, now, 0.5);
    if (poll.state.health === "ok") read.add(Math.floor(now / DAY));
  }

  // Then it was read on each of its days
  expect(read.size).toBeGreaterThanOrEqual(14);
});

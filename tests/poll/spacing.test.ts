import { expect, test } from "vitest";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { limitsFor, nextPoll, spacingOf, stateAfter } from "../../src/poll/poll.ts";
import { chanceFrom } from "../support/chance.ts";
import { FEED, NOON } from "./feed.ts";

const OUTCOME: PollOutcome = {
  kind: "modified",
  document: { url: FEED.url, headers: {}, bytes: new Uint8Array() },
  bodyHash: "a",
  validators: { etag: '"a"' },
  hints: {},
};
const READING = { kind: "read", format: "rss", profile: {}, drafts: [], hints: {}, repairs: [] } as const;
const LIMITS = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY });
const LEAST = 100;

test("A-15: 10,000 feeds imported at once are spread over their interval, and stay spread", () => {
  // Given ten thousand feeds that all post alike
  const chance = chanceFrom(1);
  const spacing = spacingOf(10_000, LEAST);
  const polls: number[] = [];

  // When they are polled for a day
  for (let n = 0; n < 10_000; n += 1) {
    let at = NOON + n * spacing;
    let state = NEW_FEED_STATE;
    while (at < NOON + DAY) {
      polls.push(at);
      state = stateAfter({ feed: FEED, state, outcome: OUTCOME, reading: READING, now: at });
      at = nextPoll({ state, outcome: OUTCOME, limits: LIMITS, now: at, chance: chance() }).at;
    }
  }

  // Then no minute has more than three times the mean
  const minutes = Map.groupBy(polls, (at) => Math.floor((at - NOON) / MINUTE));
  const busiest = Math.max(...[...minutes.values()].map(({ length }) => length));
  expect(busiest).toBeLessThanOrEqual(3 * (polls.length / (DAY / MINUTE)));
});

test("a short list of feeds begins within seconds, and the longest within two hours", () => {
  expect(60 * spacingOf(60, LEAST)).toBe(6 * SECOND);
  expect(2000 * spacingOf(2000, LEAST)).toBeLessThan(4 * MINUTE);
  expect(100_000 * spacingOf(100_000, LEAST)).toBe(2 * HOUR);
  expect(spacingOf(10_000, 0)).toBe(0);
});

import { describe, expect, test } from "vitest";
import { type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { Draft } from "../../src/model/item.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { limitsFor, nextPoll, stateAfter } from "../../src/poll/poll.ts";
import { chanceFrom } from "../support/chance.ts";
import { FEED, NOON } from "./feed.ts";

const WEEK = 7 * DAY;
const LIMITS = limitsFor(FEED, { minInterval: 15 * MINUTE, maxInterval: DAY }, 8 * HOUR);

/** Monday to Friday, 8 to 17 o'clock GMT. */
const isOfficeHour = (instant: Instant): boolean => {
  const date = new Date(instant);
  const hour = date.getUTCHours();
  return date.getUTCDay() % 6 !== 0 && hour >= 8 && hour < 17;
};

/** Items at random moments at which `isOpen`, so many a day on average over the week. */
function posts(isOpen: (instant: Instant) => boolean, aDay: number, weeks: number, seed: number): readonly Instant[] {
  const chance = chanceFrom(seed);
  const hours = Array.from({ length: weeks * 168 }, (_, n) => NOON + n * HOUR).filter(isOpen);
  return Array.from(
    { length: aDay * 7 * weeks },
    () => (hours[Math.floor(chance() * hours.length)] ?? 0) + chance() * HOUR,
  )
    .map(Math.floor)
    .sort((one, other) => one - other);
}

interface Lived {
  readonly polls: number;
  readonly delay: Duration;
  readonly shortest: Duration;
  readonly state: FeedState;
  readonly reasons: ReadonlySet<string>;
}

/** Polls a feed for weeks by its cadence; what counts are the last half of them. Without dates the profile learns from the polls. */
function live(
  items: readonly Instant[],
  weeks: number,
  how: { readonly forgetful?: boolean; readonly dated?: boolean; readonly hints?: object; readonly seed?: number } = {},
): Lived {
  const { forgetful = false, dated = true, hints = {}, seed = 7 } = how;
  const chance = chanceFrom(seed);
  const begin = NOON + (weeks / 2) * WEEK;
  let state = NEW_FEED_STATE;
  let now = NOON;
  let [polls, delays, counted, shortest] = [0, 0, 0, Number.POSITIVE_INFINITY];
  const reasons = new Set<string>();
  while (now < NOON + weeks * WEEK) {
    const { succeededAt: last = NOON - WEEK } = state;
    const fresh = items.filter((item) => item > last && item <= now);
    const drafts = fresh.map((publishedAt): Draft => (dated ? { publishedAt } : {}));
    const outcome: PollOutcome = {
      kind: "modified",
      document: { url: FEED.url, headers: {}, bytes: new Uint8Array() },
      bodyHash: String(now),
      validators: { etag: '"a"' },
      hints: {},
    };
    const reading = { kind: "read", format: "rss", profile: {}, drafts, hints, repairs: [] } as const;
    const after = stateAfter({ feed: FEED, state, outcome, reading, newItems: fresh.length, now });
    const { itemCount: _, usualCount: __, hours, ...rest } = after;
    state = { ...rest, ...(hours !== undefined && !forgetful && { hours }) };
    if (now >= begin) {
      polls += 1;
      counted += fresh.length;
      delays += fresh.reduce((sum, item) => sum + now - item, 0);
      shortest = Math.min(shortest, now - last);
    }
    const next = nextPoll({ state, outcome, limits: LIMITS, now, chance: chance() });
    for (const { rule } of next.reasons) reasons.add(rule);
    now = next.at;
  }
  return { polls, delay: delays / counted, shortest, state, reasons };
}

describe("the hours of the week at which a feed posts", () => {
  test.each([1, 2, 3])(
    "halve the mean delay of a feed that posts in office hours, at the same number of requests (seed %d)",
    (seed) => {
      const items = posts(isOfficeHour, 8, 16, seed);

      const plain = live(items, 16, { forgetful: true, seed });
      const byHours = live(items, 16, { seed });

      expect(byHours.polls / plain.polls).toBeGreaterThan(0.95);
      expect(byHours.polls / plain.polls).toBeLessThan(1.03);
      expect(byHours.delay / plain.delay).toBeLessThan(0.55);
      expect([...byHours.reasons]).toEqual(expect.arrayContaining(["busy-hours", "slow-hours"]));
    },
  );

  test("are learned from the polls alone where items have no dates", () => {
    const items = posts(isOfficeHour, 8, 16, 4);

    const plain = live(items, 16, { forgetful: true });
    const byHours = live(items, 16, { dated: false });

    expect(byHours.polls / plain.polls).toBeLessThan(1.03);
    expect(byHours.delay / plain.delay).toBeLessThan(0.65);
  });

  test("do no harm to a feed that posts at any hour", () => {
    const items = posts(() => true, 8, 16, 5);

    const plain = live(items, 16, { forgetful: true });
    const byHours = live(items, 16);

    expect(byHours.polls / plain.polls).toBeLessThan(1.05);
    expect(byHours.delay / plain.delay).toBeLessThan(1.08);
  });

  test("are learned anew when the newsroom moves to the night", () => {
    const night = (instant: Instant): boolean => !isOfficeHour(instant);
    const items = [...posts(isOfficeHour, 8, 12, 6), ...posts(night, 8, 12, 7).map((item) => item + 12 * WEEK)];

    const plain = live(items, 24, { forgetful: true });
    const byHours = live(items, 24);

    expect(byHours.delay / plain.delay).toBeLessThan(1.1);
  });

  test("never shorten the interval below our floor or the publisher's wish", () => {
    const items = posts(isOfficeHour, 40, 8, 8);

    expect(live(items, 8).shortest).toBeGreaterThanOrEqual(HOUR);
    expect(live(items, 8, { hints: { ttl: 2 * HOUR } }).shortest).toBeGreaterThanOrEqual(2 * HOUR);
  });

  test("count for nothing before there is history enough", () => {
    const { reasons } = live(posts(isOfficeHour, 8, 1, 9), 1);
    const { reasons: rare } = live(posts(isOfficeHour, 1, 3, 9).slice(0, 20), 3);

    expect([...reasons, ...rare]).not.toContain("busy-hours");
  });

  test("take 62 characters, however long they are kept", () => {
    const { hours } = live(posts(isOfficeHour, 40, 8, 10), 8).state;

    expect(hours?.counts).toMatch(/^[0-9a-z]{62}$/);
    expect(JSON.stringify(hours).length).toBeLessThan(150);
  });

  test("are read off the first document's dates, but for those that are only a day", () => {
    const at = (days: number): Draft => ({ publishedAt: NOON - days * DAY });
    const midnight = (days: number): Draft => ({ publishedAt: NOON - days * DAY - 12 * HOUR });
    const first = (drafts: readonly Draft[]): FeedState =>
      stateAfter({
        feed: FEED,
        state: NEW_FEED_STATE,
        outcome: {
          kind: "modified",
          document: { url: FEED.url, headers: {}, bytes: new Uint8Array() },
          bodyHash: "a",
          validators: {},
          hints: {},
        },
        reading: { kind: "read", format: "rss", profile: {}, drafts, hints: {}, repairs: [] },
        newItems: drafts.length,
        now: NOON,
      });

    expect(first([at(1), at(20), at(400)]).hours).toMatchObject({ items: 2, since: NOON - 20 * DAY });
    expect(first([midnight(1), midnight(2)])).not.toHaveProperty("hours");
  });
});

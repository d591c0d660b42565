import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterFailure, afterSending, tellAt } from "../../src/alert/alert.ts";
import { type Alert, type AlertRecord, NEW_ALERT } from "../../src/model/alert.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { NOON } from "./press.ts";
import { anAlert } from "./receivers.ts";

const hook = (own: Partial<Alert>) => anAlert("hafen", { kind: "webhook", url: "https://desk.example/hook" }, own);
const berlin = (from: number, to: number) => ({ quiet: { from: from * 60, to: to * 60, timeZone: "Europe/Berlin" } });
const at = (iso: string): number => Date.parse(iso);

describe("when an alert is told", () => {
  test("at once, unless it says otherwise", () => {
    expect(tellAt(hook({}), NEW_ALERT, NOON)).toBe(NOON);
  });

  test("digest: so long after the first story that waits, whatever comes after it", () => {
    expect(tellAt(hook({ digest: 15 * MINUTE }), NEW_ALERT, NOON)).toBe(NOON + 15 * MINUTE);
  });

  test("atMost: once the first of the last so many messages is long enough ago", () => {
    const alert = hook({ atMost: { count: 3, per: HOUR } });
    let record: AlertRecord = NEW_ALERT;
    for (const minute of [0, 10, 20]) {
      expect(tellAt(alert, record, NOON + minute * MINUTE)).toBe(NOON + minute * MINUTE);
      record = afterSending(alert, record, NOON + minute * MINUTE);
    }

    expect(tellAt(alert, record, NOON + 30 * MINUTE)).toBe(NOON + HOUR);
    expect(tellAt(alert, record, NOON + 2 * HOUR)).toBe(NOON + 2 * HOUR);
  });

  test.each([
    ["in the evening", "2026-03-02T21:30:00Z", "2026-03-03T05:00:00Z"],
    ["after midnight", "2026-03-03T01:12:13Z", "2026-03-03T05:00:00Z"],
    ["in the last minute", "2026-03-03T04:59:59Z", "2026-03-03T05:00:00Z"],
    ["not in the first minute after it", "2026-03-03T05:00:00Z", "2026-03-03T05:00:00Z"],
    ["not at noon", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"],
    ["in the night in which clocks are put forward", "2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z"],
    ["in the night in which clocks are put back", "2026-10-24T21:00:00Z", "2026-10-25T05:00:00Z"],
  ])("quiet hours, 22 to 6 in Berlin: %s", (_, now, told) => {
    expect(tellAt(hook(berlin(22, 6)), NEW_ALERT, at(now))).toBe(at(told));
  });

  test("quiet hours may lie within a day", () => {
    expect(tellAt(hook(berlin(12, 14)), NEW_ALERT, at("2026-07-01T10:30:00Z"))).toBe(at("2026-07-01T12:00:00Z"));
  });

  test.each([
    ["at 2", 2, "2026-03-28T22:00:00Z"],
    ["at half past 2", 2.5, "2026-03-28T22:00:00Z"],
    ["at 2, seconds before", 2, "2026-03-29T00:59:30Z"],
  ])("quiet hours end when clocks are put forward over their end: %s", (_, to, now) => {
    expect(tellAt(hook(berlin(22, to)), NEW_ALERT, at(now))).toBe(at("2026-03-29T01:00:00Z"));
  });

  test("never in the quiet hours, and as soon as they are over (any zone, any hours, any time, above all near changes of the clocks)", () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    const someTime = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }).map((n) => at("2026-01-01T00:00:00Z") + n * MINUTE);
    const nearChange = fc
      .tuple(
        fc.constantFrom("2026-03-08T05:30:00Z", "2026-03-29T01:00:00Z", "2026-10-03T15:30:00Z", "2026-10-25T01:00:00Z"),
        fc.integer({ min: -600, max: 600 }),
      )
      .map(([change, n]) => at(change) + n * MINUTE);
    fc.assert(
      fc.property(
        minutes,
        fc.oneof(minutes, fc.integer({ min: 60, max: 240 })),
        fc.constantFrom("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
        fc.oneof(someTime, nearChange),
        (from, to, timeZone, owed) => {
          fc.pre(from !== to);
          const isQuiet = (moment: number): boolean => {
            const [hours, minutes] = new Date(moment).toLocaleTimeString("en-GB", { timeZone }).split(":").map(Number);
            const sinceFrom = (hours ?? 0) * 60 + (minutes ?? 0) - from;
            return (sinceFrom + 1440) % 1440 < (to - from + 1440) % 1440;
          };
          const told = tellAt(hook({ quiet: { from, to, timeZone } }), NEW_ALERT, owed);
          expect(told).toBeGreaterThanOrEqual(owed);
          // a night may have none of the minutes that are not quiet
          expect(told - owed).toBeLessThanOrEqual(2 * DAY);
          expect(isQuiet(told)).toBe(false);
          for (let before = owed; before < told; before += 15 * MINUTE) expect(isQuiet(before)).toBe(true);
        },
      ),
    );
  });
});

describe("a channel that fails", () => {
  const failed = { kind: "failed", why: "status 500" } as const;

  test("is left to the queue's back-off, and its failures are counted since the first", () => {
    const once = afterFailure(NEW_ALERT, failed, NOON);
    const twice = afterFailure(once, failed, NOON + MINUTE);

    expect(twice).toEqual({ sentAt: [], failures: 2, failingSince: NOON, lastError: "status 500" });
  });

  test("that asks for time gets it, and ever more of it the longer it goes on", () => {
    const busy = { ...failed, wait: SECOND };

    expect(afterFailure(NEW_ALERT, busy, NOON).retryAt).toBe(NOON + 5 * SECOND);
    expect(afterFailure(NEW_ALERT, { ...failed, wait: HOUR }, NOON).retryAt).toBe(NOON + HOUR);
    expect(afterFailure({ ...NEW_ALERT, failures: 30 }, busy, NOON).retryAt).toBe(NOON + 15 * MINUTE);
  });

  test("is paused after three days, or at once where it says that it is gone, and well again after one success", () => {
    const alert = hook({});
    const dead = afterFailure(afterFailure(NEW_ALERT, failed, NOON), failed, NOON + 3 * DAY);
    const gone = afterFailure(NEW_ALERT, { kind: "gone", why: "status 410" }, NOON);

    expect(dead).toMatchObject({ paused: true, retryAt: NOON + 3 * DAY + 6 * HOUR });
    expect(gone).toMatchObject({ paused: true, failures: 1, retryAt: NOON + 6 * HOUR });
    expect(tellAt(alert, gone, NOON + MINUTE)).toBe(NOON + 6 * HOUR);
    expect(afterSending(alert, gone, NOON + DAY)).toEqual({ sentAt: [NOON + DAY], failures: 0 });
  });
});

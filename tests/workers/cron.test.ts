import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openLog } from "../../src/adapters/log.ts";
import { DAY, type Duration, HOUR } from "../../src/model/time.ts";
import { cron } from "../../workers/cron.ts";

const log = openLog("silent", "test");
/** How far the clock is from where it began, beside the time that has passed. */
let ahead: Duration;
let passing: NodeJS.Timeout;

describe("a task of every second", () => {
  beforeEach(() => {
    ahead = 0;
    const [begun, began] = [Date.now(), performance.now()];
    vi.useFakeTimers({ toFake: ["Date"] });
    passing = setInterval(() => vi.setSystemTime(begun + ahead + performance.now() - began), 2);
  });
  afterEach(() => {
    clearInterval(passing);
    vi.useRealTimers();
  });

  test.each([
    ["put back by two hours", -2 * HOUR],
    ["put forward by a year", 365 * DAY],
  ])("goes on when the clock is %s", async (_, step) => {
    let runs = 0;
    await using _task = cron("* * * * * *", "test", log, async () => void runs++);

    ahead = step;

    expect(await inTime(() => runs > 1)).toBe(true);
  });

  test("is never begun while it runs", async () => {
    let [running, most, runs] = [0, 0, 0];
    await using _task = cron("* * * * * *", "test", log, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      running -= 1;
      runs += 1;
    });
    await inTime(() => running > 0);

    ahead = -HOUR;

    expect(await inTime(() => runs > 1)).toBe(true);
    expect(most).toBe(1);
  });
});

/** By a clock that only goes forward. */
async function inTime(look: () => boolean): Promise<boolean> {
  const until = performance.now() + 15_000;
  while (!look() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  return look();
}

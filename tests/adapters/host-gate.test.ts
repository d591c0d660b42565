import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { type HostLimits, hostGate } from "../../src/adapters/host-gate.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import type { HostBudget } from "../../src/model/host-budget.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../src/model/time.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const NOW: Instant = Date.now();
const LIMITS: HostLimits = { gap: SECOND, concurrency: 2, longest: MINUTE };
const keys = keysUnder("t");
const folder = temporaryFolder();
let server: Awaited<ReturnType<typeof startEmbeddedRedis>>;
let redis: Redis;

beforeAll(async () => {
  server = await startEmbeddedRedis({ dataDir: folder.path });
  redis = new Redis(server.connection.path);
});
beforeEach(async () => {
  await redis.flushall();
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const gate = (limits: Partial<HostLimits> = {}) => hostGate(redis, keys, { ...LIMITS, ...limits });
const budgetOf = async (): Promise<HostBudget> => JSON.parse((await redis.get(keys.hostBudget("h"))) ?? "{}");
/** Entering as request `token` at NOW + `at`: 0, or how long to wait. */
const enter = async (one: ReturnType<typeof gate>, token: string, at = 0, route = "r", patience = 0) =>
  (await one.enter("h", route, token, NOW + at, { patience })).wait;

describe("A-17: the gate before a host", () => {
  test("lets one request a second start, whichever worker asks", async () => {
    const [one, other] = [gate(), gate()];

    expect(await enter(one, "a")).toBe(0);
    expect(await enter(other, "b", 400)).toBe(600);
    expect(await enter(other, "b", 1000)).toBe(0);
  });

  test("lets two be under way, and the third when one has left", async () => {
    const one = gate({ gap: 0 });

    expect([await enter(one, "a"), await enter(one, "b"), await enter(one, "c")]).toEqual([0, 0, 200]);
    await one.leave("h", "a");
    expect(await enter(one, "c", 1)).toBe(0);
  });

  test("forgets a request whose worker was killed", async () => {
    const one = gate({ gap: 0, concurrency: 1 });
    await enter(one, "killed");

    expect(await enter(one, "b", 59_000)).toBeGreaterThan(0);
    expect(await enter(one, "b", 61_000)).toBe(0);
  });

  test("tells a crowd moments of their own, so that it does not come back at once", async () => {
    const one = gate();
    await enter(one, "first");

    const waits = [];
    for (let n = 0; n < 5; n += 1) waits.push(await enter(one, `n${n}`));

    expect(waits).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  test("keeps the next moments for those who wait in place, each another one", async () => {
    const one = gate();
    await enter(one, "first");

    expect(await one.enter("h", "r", "b", NOW, { patience: 2000 })).toEqual({ wait: 1000, isKept: true });
    expect(await one.enter("h", "r", "c", NOW, { patience: 2000 })).toEqual({ wait: 2000, isKept: true });
    expect(await one.enter("h", "r", "d", NOW, { patience: 2000 })).toEqual({ wait: 3000, isKept: false });
    await one.leave("h", "first");
    expect(await enter(one, "e", 1000)).toBeGreaterThan(0);
    expect(await one.enter("h", "r", "b", NOW + 1000, { hasMoment: true })).toEqual({ wait: 0, isKept: true });
  });

  test("waits for nothing that a clock two hours ahead has left: a moment, a promise, requests under way, a pause", async () => {
    const one = gate();
    for (let n = 0; n < 4; n += 1)
      await one.enter("h", "r", `ahead${n}`, NOW + 2 * HOUR, { patience: n % 2 === 0 ? 2000 : 0, hasMoment: n === 0 });
    await one.enter("h", "r", "killed", NOW + 2 * HOUR, { hasMoment: true });
    const routes = { r: { at: NOW + 300 * DAY, until: NOW + 301 * DAY } };
    await one.learn("h", undefined, () => ({ pace: 1, pacedAt: NOW, apart: 0, answers: 0, routes }));

    expect(await enter(one, "a")).toBe(0);
    expect(await enter(one, "b", 10)).toBe(990);
  });

  test("keeps hosts apart", async () => {
    const one = gate();
    await enter(one, "a");

    expect((await one.enter("another", "r", "b", NOW)).wait).toBe(0);
  });
});

describe("what was learned of a host", () => {
  const BUDGET: HostBudget = { pace: 0.25, pacedAt: NOW, routes: {}, apart: 0, answers: 0 };

  test("holds for all workers: a quarter of the pace is a gap of four seconds, and one at a time", async () => {
    await gate().learn("h", undefined, () => BUDGET);
    const other = gate();

    expect(await enter(other, "a")).toBe(0);
    expect(await enter(other, "b", 1000)).toBe(3000);
    expect(await enter(other, "b", 5000)).toBeGreaterThan(0);
    await other.leave("h", "a");
    expect(await enter(other, "b", 5000)).toBe(0);
  });

  test("comes with the turn, and costs a quiet host nothing", async () => {
    const one = gate();
    expect(await one.enter("h", "r", "a", NOW)).toEqual({ wait: 0, isKept: true });
    await one.leave("h", "a");
    await one.learn("h", undefined, (budget) => budget);
    expect(await redis.exists(keys.hostBudget("h"))).toBe(0);

    await one.learn("h", undefined, () => BUDGET);
    expect(await one.enter("h", "r", "b", NOW + SECOND)).toEqual({ wait: 0, isKept: true, budget: BUDGET });
    await one.learn("h", BUDGET, () => undefined);
    expect(await redis.exists(keys.hostBudget("h"))).toBe(0);
  });

  test("loses nothing when four workers learn at the same moment", async () => {
    const learned = Array.from({ length: 4 }, (_, n) =>
      gate().learn("h", undefined, (budget = BUDGET) => ({
        ...budget,
        routes: { ...budget.routes, [`r${n}`]: { at: NOW, until: NOW + HOUR } },
      })),
    );
    await Promise.all(learned);

    expect(Object.keys((await budgetOf()).routes).sort()).toEqual(["r0", "r1", "r2", "r3"]);
  });

  test("is forgotten after a month", async () => {
    await gate().learn("h", undefined, () => BUDGET);

    const left = await redis.pttl(keys.hostBudget("h"));

    expect(left).toBeGreaterThan(29 * DAY);
    expect(left).toBeLessThanOrEqual(30 * DAY);
  });

  test("A-19: closes the host to everybody until the time that it named", async () => {
    await gate().learn("h", undefined, () => ({ ...BUDGET, closedUntil: NOW + HOUR }));

    expect(await enter(gate(), "a", 0, "any")).toBe(HOUR);
    expect(await enter(gate(), "a", HOUR, "any")).toBe(0);
  });

  test("closes one route, and leaves the others open", async () => {
    const routes = { bad: { at: NOW, until: NOW + HOUR } };
    await gate().learn("h", undefined, () => ({ ...BUDGET, routes }));

    expect(await enter(gate(), "a", 0, "bad")).toBe(HOUR);
    expect(await enter(gate(), "b", 0, "good")).toBe(0);
  });

  test("lets somebody look in at a closed host once a minute, but not by the route that was throttled", async () => {
    const routes = { bad: { at: NOW, until: NOW + 4 * HOUR } };
    const closed = { closedUntil: NOW + 4 * HOUR, probeAt: NOW + 15 * MINUTE };
    await gate().learn("h", undefined, () => ({ ...BUDGET, routes, ...closed }));
    const one = gate();

    expect(await enter(one, "a", 0, "good")).toBe(15 * MINUTE);
    expect(await enter(one, "bad", 15 * MINUTE, "bad")).toBe(4 * HOUR - 15 * MINUTE);
    expect(await enter(one, "a", 15 * MINUTE, "good")).toBe(0);
    await one.leave("h", "a");
    expect(await enter(one, "b", 15 * MINUTE + SECOND, "good")).toBe(59 * SECOND);
  });
});

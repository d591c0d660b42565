import fc from "fast-check";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { agreedHour, noteHour, sharedClock } from "../../src/adapters/shared-clock.ts";
import { DAY, HOUR, SECOND } from "../../src/model/time.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { temporaryFolder } from "../support/test-settings.ts";

test("a machine whose clock is wrong goes by Redis's, and says so; one whose clock is right goes by its own", async () => {
  using folder = temporaryFolder();
  await using server = await startEmbeddedRedis({ dataDir: folder.path });
  const redis = new Redis(server.url);
  const told: number[] = [];

  using wrong = await sharedClock(redis, {
    own: () => Date.now() + 365 * DAY,
    onDifference: (ahead) => told.push(Math.round(ahead / DAY)),
  });
  using right = await sharedClock(redis, { own: () => 100 * Math.floor(Date.now() / 100) });

  expect(Math.abs(wrong.now() - Date.now())).toBeLessThan(SECOND);
  expect(told).toEqual([365]);
  expect(right.now() % 100).toBe(0);
  redis.disconnect();
});

test("an answer that was long under way says nothing of the time", async () => {
  await using stack = new AsyncDisposableStack();
  const { home } = stack.use(await openTestRedis());
  const redis = stack.adopt(new Redis(home.redisUrl), (client) => client.disconnect());
  const other = stack.adopt(new Redis(home.redisUrl), (client) => client.disconnect());
  await other.ping();
  const told: number[] = [];

  // this machine's clock is right, and Redis answers nobody for a while
  const paused = Number((await redis.info("server")).match(/process_id:(\d+)/)?.[1]);
  process.kill(paused, "SIGSTOP");
  const opening = sharedClock(redis, { onDifference: (ahead) => told.push(ahead) });
  await new Promise((resolve) => setTimeout(resolve, 3500));
  process.kill(paused, "SIGCONT");
  using clock = await opening;

  expect(told).toEqual([]);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
});

test("no hour is agreed on before it has come, however often the clock is wrong for less than a day", async () => {
  await using stack = new AsyncDisposableStack();
  const { home } = stack.use(await openTestRedis());
  const redis = stack.adopt(new Redis(home.redisUrl), (client) => client.disconnect());
  const keys = keysUnder("test");
  const accidents = fc.array(
    fc.record({
      ahead: fc.integer({ min: -20 * 365 * DAY, max: 20 * 365 * DAY }),
      wrongFor: fc.integer({ min: 0, max: 23 }),
      rightFor: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 8 },
  );

  await fc.assert(
    fc.asyncProperty(accidents, async (all) => {
      await redis.del(keys.clockHours);
      let truth = Date.UTC(2026, 10, 20, 12, 17);
      for (const { ahead, wrongFor, rightFor } of all) {
        for (let hour = 0; hour < wrongFor + rightFor; hour += 1) {
          const now = hour < wrongFor ? truth + ahead : truth;
          await noteHour(redis, keys, now);
          expect(await agreedHour(redis, keys, now)).toBeLessThanOrEqual(truth);
          truth += HOUR;
        }
      }
    }),
    { numRuns: 40 },
  );
});

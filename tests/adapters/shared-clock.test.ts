import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { sharedClock } from "../../src/adapters/shared-clock.ts";
import { DAY, SECOND } from "../../src/model/time.ts";
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

import { expect, test } from "vitest";
import { SECOND } from "../../src/model/time.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { openHouse, ownPiece } from "./day-houses.ts";

/** Longer than the first half of the test takes on a busy machine. */
const HOLD = 15 * SECOND;

test("a story that waits for a better copy is announced when its time is over, also by a program that was started anew", {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  await using house = await openHouse("bote", "127.0.0.1");
  house.pieces = [ownPiece("bote", 0, Date.now())];
  house.print();
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("bote"), aPublisher("kurier", { rank: 1 })],
    feeds: [aFeed("bote", "bote", house.server.url("/feed"), { language: "de" })],
    topics: [aTopic("sofort", "*"), aTopic("geduld", "*", { hold: HOLD })],
  });
  const count = async (port: number | undefined, topic: string): Promise<number | undefined> => {
    const answer = await fetch(`http://127.0.0.1:${port}/topics/${topic}.json`);
    return answer.ok ? ((await answer.json()) as { readonly items: readonly unknown[] }).items.length : undefined;
  };

  {
    await using daemon = await startTestDaemon(settings);
    await daemon.settled(1);
    await eventually("the topic that does not wait", async () => (await count(daemon.port, "sofort")) || undefined);
    expect(await eventually("the one that waits", () => count(daemon.port, "geduld"))).toBe(0);
  }

  await using daemon = await startTestDaemon(settings);
  const { items, redis, keys } = daemon.world;
  const [item] = (await items.all().next()).value ?? [];
  await eventually("the story is announced", async () => (await count(daemon.port, "geduld")) || undefined);
  expect(Date.now()).toBeGreaterThanOrEqual((item?.item.arrivedAt ?? 0) + HOLD);
  expect(await redis.zcard(keys.held)).toBe(0);
});

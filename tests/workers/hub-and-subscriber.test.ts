import { expect, test } from "vitest";
import { subscriptionStore } from "../../src/adapters/subscription-store.ts";
import { isProven } from "../../src/hub/hub.ts";
import { feedId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";
import { freePort, openHubServer, rss } from "../hub/hub-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, testSettings } from "../support/test-settings.ts";

test("one Ressort reads another: subscribed at its hub, pushed what is new, and leaves", async () => {
  await using publisher = await openHubServer();
  publisher.put("/feed", { body: rss(["Wie alles begann"]) });
  await using server = await openInstallation({
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
  });
  await using first = await startTestDaemon(server.settings);
  await first.settled(1);
  const topic = `${server.home}/topics/alles.atom`;
  await using reader = await openInstallation({ feeds: [aFeed("ressort", "blatt", topic)] });
  const add = async (...titles: readonly string[]): Promise<void> => {
    publisher.put("/feed", { body: rss(titles) });
    await first.world.redis.zadd(first.world.keys.due, Date.now(), "blatt");
  };

  {
    await using second = await startTestDaemon(reader.settings);
    const subscriptions = subscriptionStore(second.world.redis, second.world.keys);
    await eventually("subscribed", async () => (await subscriptions.of(feedId("ressort")))?.held);
    await add("Frisch gepresst", "Wie alles begann");
    const there = await eventually("the item in the other house", async () => {
      const text = await (await fetch(`${reader.home}/topics/alles.json`)).text();
      return text.includes("Frisch gepresst") ? text : undefined;
    });

    const subscription = await subscriptions.of(feedId("ressort"));
    expect(subscription && isProven(subscription)).toBe(true);
    const iris = JSON.parse(there).items.map(({ id }: { readonly id: string }) => id);
    expect(iris).toContain("https://blatt.example/Frisch%20gepresst");
    // read once when it was enrolled; all else came by itself
    expect(await polls(second)).toBe(1);
  }

  await using _third = await startTestDaemon({ ...reader.settings, feeds: [] });
  const { redis, keys } = first.world;
  await eventually("left", async () => ((await redis.hlen(keys.hub)) === 0 ? true : undefined));
  expect(await redis.keys(`${keys.hub}:topic*`)).toEqual([]);
}, 120_000);

async function polls({ world }: Awaited<ReturnType<typeof startTestDaemon>>): Promise<number> {
  return (await world.metrics.polls.get()).values.reduce((sum, { value }) => sum + value, 0);
}

/** A Redis and an address of its own. */
async function openInstallation(own: Partial<Settings>) {
  const stack = new AsyncDisposableStack();
  const redis = stack.use(await openTestRedis());
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const settings = testSettings({
    ...redis.home,
    publicUrl: home,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: true, sha1: false, hub: { url: `${home}/hub`, isOwn: true }, allowNetworks: ["127.0.0.0/8"] },
    publishers: [aPublisher("blatt")],
    topics: [aTopic("alles", "*", { oneEntryAStory: false })],
    ...own,
  });
  return { home, settings, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

import { expect, test } from "vitest";
import { freePort, openHubServer, rss } from "../hub/hub-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, testSettings } from "../support/test-settings.ts";

test("what a hub pushes while no worker runs is kept, and read by the next one", async () => {
  await using hub = await openHubServer();
  await using redis = await openTestRedis();
  const port = await freePort();
  const self = hub.url("/feed");
  hub.put("/feed", { body: rss(["Anfang"], { hub: hub.url("/hub"), self }) });
  const settings = testSettings({
    ...redis.home,
    publicUrl: `http://127.0.0.1:${port}`,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: true, sha1: true },
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", self)],
    topics: [aTopic("alles", "*")],
  });
  await using _web = await startTestDaemon(settings, ["web"]);
  {
    await using _work = await startTestDaemon(settings, ["work", "desk"]);
    await eventually("subscribed", () => hub.subscribersOf(self)[0]);
  }

  const statuses = await hub.push(self, rss(["Als niemand da war", "Anfang"]));
  await using _next = await startTestDaemon(settings, ["work", "desk"]);
  const page = await eventually("the item on the topic page", async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/topics/alles.json`)).text();
    return text.includes("Als niemand da war") ? text : undefined;
  });

  expect(statuses).toEqual([202]);
  expect(JSON.parse(page).items).toHaveLength(2);
  // the publisher was asked once, by the first worker
  expect(hub.got).toEqual(["/feed"]);
});

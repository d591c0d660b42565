import { expect, test } from "vitest";
import { MINUTE } from "../../src/model/time.ts";
import { retryAfter } from "../../workers/deliver.ts";
import { openHubAtWork } from "../hub/hub-at-work.ts";
import { freePort, openHubServer, rss } from "../hub/hub-server.ts";
import { openSubscriberServer } from "../hub/subscriber-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

test("another hub is named in the feeds and told of each change; ours is not there", async () => {
  await using publisher = await openHubServer();
  await using other = await openSubscriberServer();
  using folder = temporaryFolder();
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  publisher.put("/feed", { body: rss(["Anfang"]) });
  const settings = testSettings({
    dataDir: folder.path,
    publicUrl: home,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: false, sha1: true, hub: { url: other.url("/their-hub"), isOwn: false } },
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
    topics: [aTopic("alles", "*")],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(1);

  publisher.put("/feed", { body: rss(["Neues", "Anfang"]) });
  await daemon.world.redis.zadd(daemon.world.keys.due, Date.now(), "blatt");
  await daemon.tick();
  const topics = ["rss", "atom", "json"].map((format) => `${home}/topics/alles.${format}`);
  const told = await eventually("all told", () => {
    const forms = other.pushes.map(({ body }) => new URLSearchParams(body));
    return topics.every((topic) => forms.some((form) => form.get("hub.url") === topic)) ? forms : undefined;
  });

  expect(new Set(told.map((form) => form.get("hub.mode")))).toEqual(new Set(["publish"]));
  expect((await fetch(topics[0] ?? "")).headers.get("link")).toContain(`<${other.url("/their-hub")}>; rel="hub"`);
  expect((await fetch(`${home}/hub`, { method: "POST", body: new URLSearchParams() })).status).toBe(404);
}, 120_000);

test("hub list tells operators who has subscribed, and whom a push does not reach, without secrets", async () => {
  const operator = openOperator([80]);
  await using hub = await openHubAtWork({ dataDir: operator.dataDir });
  await hub.publish({ a: "Alt" });
  await hub.subscribe("/well", { secret: "gartenzaun" });
  hub.reader.behave("/ill", { statuses: [500] });
  const ill = await hub.subscribe("/ill");
  await hub.publish({ a: "Alt", b: "Neu" });
  await hub.noteNews();
  await hub.push(hub.reader.url("/well"));
  await hub.push(ill);

  const [list, failing] = await Promise.all([
    operator.ressort("hub", "list"),
    operator.ressort("hub", "list", "--failing", "--json"),
  ]);

  expect(list.stdout).toContain("2 subscribers, 1 of them not reached");
  expect(list.stdout).toMatch(/^topics\/energie\.json +127\.0\.0\.1:\d+ +10 d left +pushed \d+ s ago$/m);
  expect(list.stdout).toMatch(/1 failure since .*: status 500/);
  expect(list.stdout + failing.stdout).not.toContain("gartenzaun");
  expect(JSON.parse(failing.stdout)).toMatchObject({ callback: ill, trouble: { tries: 1 }, held: { isSigned: false } });
}, 120_000);

test("what fails is tried again at once, then ever more seldom, for about five days", () => {
  const waits = Array.from({ length: 28 }, (_, n) => retryAfter(n + 1, 0.5));

  expect(waits.slice(0, 4)).toEqual([5000, 15_000, 45_000, 135_000]);
  expect(Math.max(...waits)).toBe(6 * 60 * MINUTE);
  const days = waits.reduce((sum, wait) => sum + wait, 0) / (24 * 60 * MINUTE);
  expect(days).toBeGreaterThan(4);
  expect(days).toBeLessThan(6);
  expect([retryAfter(3, 0), retryAfter(3, 1)]).toEqual([40_500, 49_500]);
});

import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { freePort, openHubServer, rss } from "../hub/hub-server.ts";
import { askHub, openSubscriberServer } from "../hub/subscriber-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, ROOT, testSettings } from "../support/test-settings.ts";

const CALLBACKS = Array.from({ length: 12 }, (_, n) => `/reader-${n}`);
const CHANGES = ["Erste Änderung", "Zweite Änderung", "Dritte Änderung"];
/** Long enough to be killed in. */
const SLOWNESS = 500;

test("a worker that is killed while it pushes: every subscriber gets every change, and none for ever", async () => {
  await using publisher = await openHubServer();
  await using reader = await openSubscriberServer();
  await using server = await openTestRedis();
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  publisher.put("/feed", { body: rss(["Anfang"]) });
  for (const callback of CALLBACKS) reader.behave(callback, { slowness: SLOWNESS });
  const settings = testSettings({
    ...server.home,
    publicUrl: home,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: false, sha1: true, hub: { url: `${home}/hub`, isOwn: true }, allowNetworks: ["127.0.0.0/8"] },
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
    topics: [aTopic("alles", "*", { oneEntryAStory: false })],
  });
  const file = path.join(server.home.dataDir, "settings.json");
  writeFileSync(file, JSON.stringify(settings));
  await using daemon = await startTestDaemon(settings, ["desk", "web"]);
  const { redis, keys, queues } = daemon.world;
  let worker = startWorker(file);
  try {
    const topic = `${home}/topics/alles.rss`;
    await eventually("a document", async () =>
      (await redis.hexists(keys.documents, "topics/alles.rss")) ? true : undefined,
    );
    for (const callback of CALLBACKS)
      await askHub(`${home}/hub`, { mode: "subscribe", topic, callback: reader.url(callback) });
    await eventually("all confirmed", async () =>
      (await redis.scard(keys.hubTopic("topics/alles.rss"))) === CALLBACKS.length ? true : undefined,
    );

    for (const [n, change] of CHANGES.entries()) {
      publisher.put("/feed", { body: rss([...CHANGES.slice(0, n + 1), "Anfang"]) });
      await redis.zadd(keys.due, Date.now(), "blatt");
      // a job of the killed worker's is taken up after 15 s, beside a start of another process
      await eventually(`${change} on its way`, () => (pushesWith(change) > 0 ? true : undefined), 60_000);
      if (n === CHANGES.length - 1) break;
      await kill(worker);
      worker = startWorker(file);
    }
    await eventually("nothing owed", async () => ((await redis.zcard(keys.hubOwing)) === 0 ? true : undefined), 60_000);

    for (const callback of CALLBACKS)
      for (const change of CHANGES)
        expect(reader.pushesOf(callback).some(({ body }) => body.includes(change))).toBe(true);
    expect(Math.max(...CALLBACKS.map((callback) => reader.pushesOf(callback).length))).toBeLessThanOrEqual(
      2 * CHANGES.length,
    );
    const count = reader.pushes.length;
    await eventually("no job left", async () => ((await queues.deliver.hub.count()) === 0 ? true : undefined));
    await redis.zadd(keys.due, Date.now(), "blatt");
    await eventually(
      "polled once more",
      async () => ((await redis.zscore(keys.due, "blatt")) ?? 0) > String(Date.now()) || undefined,
    );
    expect(reader.pushes).toHaveLength(count);
  } finally {
    await kill(worker);
  }

  function pushesWith(change: string): number {
    return reader.pushes.filter(({ body }) => body.includes(change)).length;
  }
}, 240_000);

function startWorker(file: string): ChildProcess {
  const script = path.join(ROOT, "tests", "support", "role-process.ts");
  return spawn(process.execPath, [script, file, "work"], { stdio: ["ignore", "ignore", "inherit"] });
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

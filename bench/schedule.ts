/**
 * The schedule under load, in one process:
 *   node bench/schedule.ts [--due 10000] [--feeds 100000]
 * How long ten thousand feeds that are due at once take to be enqueued, and whether two workers poll any of them twice;
 * how soon after its start a daemon with a hundred thousand feeds makes its first poll, and what the schedule weighs.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { startEmbeddedRedis } from "../src/adapters/embedded-redis.ts";
import type { FeedState } from "../src/model/feed.ts";
import type { Settings } from "../src/model/settings.ts";
import { HOUR, MINUTE } from "../src/model/time.ts";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../tests/support/test-settings.ts";
import { startDaemon } from "../workers/daemon.ts";
import { PACE } from "../workers/work.ts";
import { openWorld } from "../workers/world.ts";

const { values } = parseArgs({
  options: { due: { type: "string", default: "10000" }, feeds: { type: "string", default: "100000" } },
});

const asked = new Map<string, number>();
let firstAskedAt = 0;
const server = createServer(({ url = "" }, response) => {
  if (asked.size === 0) firstAskedAt = performance.now();
  asked.set(url, (asked.get(url) ?? 0) + 1);
  response.writeHead(304, { etag: '"e"' }).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
using folder = temporaryFolder();
await using redis = await startEmbeddedRedis({ dataDir: folder.path });

console.table([{ ...(await allAtOnce(Number(values.due))) }]);
console.table([{ ...(await firstPoll(Number(values.feeds))) }]);
server.closeAllConnections();
server.close();

async function allAtOnce(count: number) {
  const settings = settingsFor(count, "once");
  await using world = await openWorld(settings, "bench");
  const ids = settings.feeds.map(({ id }) => id);
  await fill(world, settings, () => Date.now());

  const started = performance.now();
  const now = Date.now();
  const claims = await world.feeds.claim(now, count, PACE.lease, { overdueAfter: 5 * MINUTE, aSecond: PACE.drain });
  await world.queues.askForPolls(claims, now);
  const enqueued = performance.now() - started;

  const never = { ...PACE, tick: "0 0 0 1 1 *" };
  await using one = await startDaemon(settings, ["work"], never);
  await using other = await startDaemon(settings, ["work"], never);
  const begun = performance.now();
  while (asked.size < ids.length) await new Promise((resolve) => setTimeout(resolve, 10));
  const polled = performance.now() - begun;
  const twice = [...asked.values()].filter((times) => times > 1).length;
  const of = async ({ world }: typeof one) =>
    (await world.metrics.polls.get()).values.reduce((sum, { value }) => sum + value, 0);
  return {
    "due at once": count,
    "enqueued in ms": Math.round(enqueued),
    "polled by two in ms": Math.round(polled),
    "the one": await of(one),
    "the other": await of(other),
    "polled twice": twice,
  };
}

async function firstPoll(count: number) {
  const settings = settingsFor(count, "many");
  let bytes = { schedule: 0, states: 0 };
  {
    await using world = await openWorld(settings, "bench");
    await fill(world, settings, (n) => Date.now() + ((n - count / 100) * 2 * HOUR) / count);
    const weigh = async (key: string) => Number(await world.redis.call("MEMORY", "USAGE", key, "SAMPLES", "0")) / count;
    bytes = { schedule: await weigh(world.keys.due), states: await weigh(world.keys.feeds) };
  }
  asked.clear();
  const started = performance.now();
  await using _ = await startDaemon(settings, ["work"], PACE);
  while (asked.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    feeds: count,
    "first poll after ms": Math.round(firstAskedAt - started),
    "schedule, bytes a feed": Math.round(bytes.schedule),
    "what is remembered, bytes a feed": Math.round(bytes.states),
  };
}

/** As if they had been polled for a while. */
async function fill(
  world: Awaited<ReturnType<typeof openWorld>>,
  { feeds }: Settings,
  dueAt: (n: number) => number,
): Promise<void> {
  let pipeline = world.redis.pipeline();
  for (const [n, { id, url }] of feeds.entries()) {
    const state: FeedState = {
      validators: { etag: '"e"', lastModified: "Tue, 20 Jan 2026 10:00:00 GMT" },
      askedUrl: url,
      bodyHash: "0".repeat(64),
      health: "ok",
      failures: 0,
      polledAt: Date.now() - HOUR,
      bodyAt: Date.now() - HOUR,
      succeededAt: Date.now() - HOUR,
      title: `Feed ${n}`,
      homeUrl: "https://origin.example/",
      itemCount: 40,
      rate: 4.2,
      rateAt: Date.now() - HOUR,
    };
    pipeline.hset(world.keys.feeds, id, JSON.stringify(state));
    pipeline.zadd(world.keys.due, Math.round(dueAt(n)), id);
    if (pipeline.length < 2000) continue;
    await pipeline.exec();
    pipeline = world.redis.pipeline();
  }
  await pipeline.exec();
}

function settingsFor(count: number, prefix: string): Settings {
  const base = testSettings({ dataDir: folder.path, redisUrl: redis.url, redisPrefix: prefix });
  return {
    ...base,
    poll: { ...base.poll, concurrency: 50, perHostConcurrency: 1000 },
    publishers: [aPublisher("origin")],
    feeds: Array.from({ length: count }, (_, n) => aFeed(`feed-${n}`, "origin", `http://127.0.0.1:${port}/${n}`)),
  };
}

/**
 * From a publisher's change to a subscriber's callback, through a whole daemon:
 *   node bench/hub.ts [--changes 200] [--subscribers 20] [--gap 100]
 * A publisher on loopback adds one item at a time, its feed is made due, and subscribers of our hub wait for it: one is
 * measured, the others are there. "poll" begins when the publisher's answer has left, "due" when the feed was made due.
 * Then several changes at a time, and one subscriber in two that is slow.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { freePort, rss } from "../tests/hub/hub-server.ts";
import { askHub } from "../tests/hub/subscriber-server.ts";
import {
  aFeed,
  aPublisher,
  aTopic,
  eventually,
  temporaryFolder,
  testSettings,
} from "../tests/support/test-settings.ts";
import { startDaemon } from "../workers/daemon.ts";

const { values } = parseArgs({
  options: {
    changes: { type: "string", default: "200" },
    subscribers: { type: "string", default: "20" },
    gap: { type: "string", default: "100" },
  },
});
const CHANGES = Number(values.changes);
const SUBSCRIBERS = Number(values.subscribers);
const GAP = Number(values.gap);
const SLOWNESS = 3000;

const titles = ["Wie alles begann"];
const askedAt: number[] = [];
const arrivals = new Map<string, Map<string, number>>();
let isSlow = false;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://local.example");
  if (url.pathname === "/feed") {
    askedAt.push(performance.now());
    return void response.writeHead(200, { "content-type": "application/rss+xml" }).end(rss(titles.slice(0, 40)));
  }
  if (request.method === "GET") return void response.end(url.searchParams.get("hub.challenge"));
  let body = "";
  for await (const chunk of request) body += chunk;
  const now = performance.now();
  const seen = arrivals.get(url.pathname) ?? new Map<string, number>();
  arrivals.set(url.pathname, seen);
  for (const [, title = ""] of body.matchAll(/<item>\s*<title>([^<]*)/g)) if (!seen.has(title)) seen.set(title, now);
  if (isSlow && url.pathname.startsWith("/slow")) await new Promise((resolve) => setTimeout(resolve, SLOWNESS));
  response.writeHead(204).end();
});
await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
const { port: listening } = server.address() as AddressInfo;
/** Another address of this machine is another host. */
const at = (path: string, host = "127.0.0.1"): string => `http://${host}:${listening}${path}`;

using folder = temporaryFolder();
const port = await freePort();
const home = `http://127.0.0.1:${port}`;
const base = testSettings({ dataDir: folder.path });
const settings = {
  ...base,
  publicUrl: home,
  http: { ...base.http, port },
  websub: { subscribe: false, sha1: true, hub: { url: `${home}/hub`, isOwn: true }, allowNetworks: ["127.0.0.0/8"] },
  publishers: [aPublisher("blatt")],
  feeds: [aFeed("blatt", "blatt", at("/feed"))],
  topics: [aTopic("alles", "*", { oneEntryAStory: false })],
};

{
  await using daemon = await startDaemon(settings, ["work", "desk", "web"], {
    tick: "0 0 0 1 1 *",
    lease: 60_000,
    drain: 1000,
    spread: 0,
  });
  const { redis, keys, documents } = daemon.world;
  await eventually("the first document", async () =>
    (await documents.document("topics/alles.rss")) ? true : undefined,
  );

  const subscribe = async (callback: string, format: string): Promise<void> => {
    const topic = `${home}/topics/alles.${format}`;
    await askHub(`${home}/hub`, { mode: "subscribe", topic, callback, secret: "geheim" });
  };
  await subscribe(at("/measured"), "rss");
  for (let n = 1; n < SUBSCRIBERS; n++) await subscribe(at(`/other-${n}`, "127.0.0.2"), "rss");
  await eventually("all confirmed", async () =>
    (await redis.scard(keys.hubTopic("topics/alles.rss"))) === SUBSCRIBERS ? true : undefined,
  );

  const change = async (...added: readonly string[]): Promise<number> => {
    titles.unshift(...added);
    const started = performance.now();
    await redis.zadd(keys.due, Date.now(), "blatt");
    await daemon.tick();
    return started;
  };
  const arrived = async (title: string, path = "/measured"): Promise<number> =>
    await eventually(`${title} at ${path}`, () => arrivals.get(path)?.get(title));

  const measured = async (label: string, count: number) => {
    const fromDue: number[] = [];
    const fromPoll: number[] = [];
    for (let n = 0; n < count; n++) {
      const title = `${label} Nummer ${n} von heute`;
      const polls = askedAt.length;
      const started = await change(title);
      const seen = await arrived(title);
      fromDue.push(seen - started);
      fromPoll.push(seen - (askedAt[polls] ?? started));
      await new Promise((resolve) => setTimeout(resolve, GAP));
    }
    return { what: label, changes: count, ...figuresOf("poll", fromPoll), ...figuresOf("due", fromDue) };
  };

  await measured("Aufgewärmt", Math.min(20, CHANGES));
  const alone = await measured("Einzeln", CHANGES);
  const last = titles[0] ?? "";
  const everybody = await Promise.all(
    Array.from({ length: SUBSCRIBERS - 1 }, (_, n) => arrived(last, `/other-${n + 1}`)),
  );
  isSlow = true;
  for (let n = 0; n < SUBSCRIBERS; n++) await subscribe(at(`/slow-${n}`, "127.0.0.3"), "rss");
  await eventually("the slow ones confirmed", async () =>
    (await redis.scard(keys.hubTopic("topics/alles.rss"))) === 2 * SUBSCRIBERS ? true : undefined,
  );
  const beside = await measured("Neben Langsamen", Math.ceil(CHANGES / 4));
  console.table([alone, beside]);
  console.log(
    `${SUBSCRIBERS - 1} others had the last one ${Math.round(Math.max(...everybody) - (await arrived(last)))} ms after the measured one`,
  );
}
server.closeAllConnections();
server.close();

function figuresOf(from: string, latencies: readonly number[]) {
  const sorted = latencies.toSorted((one, other) => one - other);
  const quantile = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return {
    [`${from} p50 ms`]: quantile(0.5),
    [`${from} p99 ms`]: quantile(0.99),
    [`${from} max ms`]: quantile(1),
  };
}

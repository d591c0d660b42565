/**
 * Whole polls a second through BullMQ and Redis in one process, against what the parts cost alone in the same run:
 *   node bench/poll.ts [--feeds 1000]
 * 304 answers and changed 100 KB documents from an origin on loopback, three rounds each, the median told.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import Parser from "rss-parser";
import { Agent, request } from "undici";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../tests/support/test-settings.ts";
import { startDaemon } from "../workers/daemon.ts";

const { values } = parseArgs({ options: { feeds: { type: "string", default: "1000" } } });
const FEEDS = Number(values.feeds);
const ROUNDS = 3;
const CONCURRENCY = 50;
const ITEMS = 88;

let edition = 0;
const server = createServer((incoming, response) => {
  const etag = `"${edition}"`;
  if (incoming.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(documentText(incoming.url ?? "/"));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

using folder = temporaryFolder();
const base = testSettings({ dataDir: folder.path });
const settings = {
  ...base,
  poll: { ...base.poll, concurrency: CONCURRENCY, perHostConcurrency: 1000 },
  publishers: [aPublisher("origin")],
  feeds: Array.from({ length: FEEDS }, (_, n) => aFeed(`f-${n}`, "origin", `http://127.0.0.1:${port}/${n}`)),
};

{
  await using daemon = await startDaemon(settings, ["work"], { tick: "* * * * * *", lease: 60_000, spread: 0 });
  const { world } = daemon;
  const ids = settings.feeds.map(({ id }) => id);

  const round = async (): Promise<number> => {
    const before = await polled();
    const pipeline = world.redis.pipeline();
    for (const id of ids) pipeline.zadd(world.keys.due, "XX", "0", id);
    await pipeline.exec();
    const started = performance.now();
    await daemon.tick();
    while ((await polled()) < before + FEEDS) await new Promise((resolve) => setTimeout(resolve, 5));
    return FEEDS / ((performance.now() - started) / 1000);
  };
  const polled = async () => (await world.metrics.polls.get()).values.reduce((sum, { value }) => sum + value, 0);

  console.log(`${FEEDS} feeds, documents of ${Math.round(documentText("/0").length / 1000)} KB with ${ITEMS} items`);
  while ((await world.feeds.overdue(Date.now())) > 0 || (await polled()) < FEEDS) {
    await daemon.tick();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  const unmodified = await median(round);
  const bareUnmodified = await median(() => bare({ "if-none-match": `"${edition}"` }));
  const changed = await median(() => {
    edition++;
    return round();
  });
  const bareParse = await median(parseAlone);
  const rows = [
    {
      polls: "304",
      "whole polls/s": Math.round(unmodified),
      alone: "bare undici loop",
      "alone/s": Math.round(bareUnmodified),
      ratio: ratio(unmodified, bareUnmodified),
    },
    {
      polls: "200, changed",
      "whole polls/s": Math.round(changed),
      alone: "rss-parser parseString",
      "alone/s": Math.round(bareParse),
      ratio: ratio(changed, bareParse),
    },
  ];
  console.table(rows);
}
server.closeAllConnections();
server.close();

async function bare(headers: Record<string, string>): Promise<number> {
  const dispatcher = new Agent({ connections: CONCURRENCY });
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < FEEDS) {
        const { body } = await request(`http://127.0.0.1:${port}/${next++}`, { dispatcher, headers });
        await body.dump();
      }
    }),
  );
  await dispatcher.close();
  return FEEDS / ((performance.now() - started) / 1000);
}

async function parseAlone(): Promise<number> {
  const parser = new Parser();
  const count = Math.min(FEEDS, 200);
  const texts = Array.from({ length: count }, (_, n) => documentText(`/${n}`));
  const started = performance.now();
  for (const text of texts) await parser.parseString(text);
  return count / ((performance.now() - started) / 1000);
}

async function median(measure: () => Promise<number>): Promise<number> {
  const figures = [];
  for (let n = 0; n < ROUNDS; n++) figures.push(await measure());
  return figures.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

function ratio(ours: number, theirs: number): string {
  return (ours / theirs).toFixed(2);
}

/** The newest item changes with each edition, as a news feed's does. */
function documentText(path: string): string {
  const items = Array.from({ length: ITEMS }, (_, n) => {
    const number = `${path.slice(1)}-${n === 0 ? `e${edition}` : n}`;
    return `<item><title>Meldung ${number} aus der Region</title><link>https://origin.example/${number}</link><guid>https://origin.example/${number}</guid><pubDate>Tue, 20 Jan 2026 10:00:00 GMT</pubDate><description><![CDATA[<p>${"Ein Satz über den Stand der Dinge am Ort des Geschehens. ".repeat(14)}</p>]]></description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>https://origin.example/</link><description>d</description>${items.join("")}</channel></rss>`;
}

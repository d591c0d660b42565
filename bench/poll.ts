/**
 * Whole polls a second through BullMQ and Redis in one process, against what the parts cost alone in the same run:
 *   node bench/poll.ts [--feeds 2000] [--rounds 5]
 * 304 answers, the same 90 KB document again without validators, and a document with one new item, from an origin on
 * loopback in the same process. Each round measures ours and the other beside it; the median of the ratios is told.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import Parser from "rss-parser";
import { Agent, request } from "undici";
import { HOUR, MINUTE } from "../src/model/time.ts";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../tests/support/test-settings.ts";
import { startDaemon } from "../workers/daemon.ts";

const { values } = parseArgs({
  options: { feeds: { type: "string", default: "2000" }, rounds: { type: "string", default: "5" } },
});
const FEEDS = Number(values.feeds);
const ROUNDS = Number(values.rounds);
const CONCURRENCY = 50;
const ITEMS = 88;
const PARSED_ALONE = 200;
const WARM_UP = 40_000;
const NEWEST = Date.UTC(2026, 0, 20, 10, 7);
const TEXT = "Ein Satz über den Stand der Dinge am Ort des Geschehens. ".repeat(14);

let edition = 0;
let hasValidators = true;
const server = createServer((incoming, response) => {
  const etag = `"${edition}"`;
  if (incoming.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { "content-type": "application/rss+xml", ...(hasValidators && { etag }) });
  response.end(documentText(incoming.url ?? "/"));
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
  await using daemon = await startDaemon(settings, ["work"], {
    // only when a round asks for it
    tick: "0 0 0 1 1 *",
    lease: 60_000,
    drain: 1000,
    spread: 0,
  });
  const { world } = daemon;

  const polled = async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries((await world.metrics.polls.get()).values.map(({ labels, value }) => [labels.outcome, value]));
  const allPolled = async (outcome: string, count: number): Promise<void> => {
    while (((await polled())[outcome] ?? 0) < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const allDue = async (): Promise<void> => {
    await world.redis.zadd(world.keys.due, "XX", ...settings.feeds.flatMap(({ id }) => [Date.now(), id]));
  };
  const round = async (outcome: string): Promise<number> => {
    const before = (await polled())[outcome] ?? 0;
    await daemon.tick();
    await allPolled(outcome, before + FEEDS);
    return FEEDS;
  };
  const unmeasured = async (outcome: string): Promise<void> => {
    await allDue();
    await round(outcome);
  };

  console.log(`${FEEDS} feeds, documents of ${Math.round(documentText("/0").length / 1000)} KB with ${ITEMS} items`);
  await daemon.tick();
  await allPolled("modified", FEEDS);

  // the compiler goes on learning for some ten thousand polls, and a daemon runs for weeks
  for (let n = 0; n < WARM_UP; n += FEEDS) await unmeasured("unmodified");
  const unmodified = await compared(
    allDue,
    () => round("unmodified"),
    () => bare({ "if-none-match": `"${edition}"` }),
  );
  const changed = await compared(
    async () => {
      edition++;
      await allDue();
    },
    () => round("modified"),
    parseAlone,
  );
  hasValidators = false;
  edition++;
  await unmeasured("modified");
  const same = await compared(allDue, () => round("unmodified"), parseAlone);
  console.table([
    { polls: "304", ...unmodified, alone: "bare undici loop" },
    { polls: "200, unchanged", ...same, alone: "rss-parser parseString" },
    { polls: "200, one new item", ...changed, alone: "rss-parser parseString" },
  ]);
}
server.closeAllConnections();
server.close();

async function bare(headers: Record<string, string>): Promise<number> {
  const dispatcher = new Agent({ connections: CONCURRENCY });
  let next = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < FEEDS) {
        const { body } = await request(`http://127.0.0.1:${port}/${next++}`, { dispatcher, headers });
        await body.dump();
      }
    }),
  );
  await dispatcher.close();
  return FEEDS;
}

async function parseAlone(): Promise<number> {
  const parser = new Parser();
  const count = PARSED_ALONE;
  const texts = Array.from({ length: count }, (_, n) => documentText(`/${n}`));
  for (const text of texts) await parser.parseString(text);
  return count;
}

/** Other work on the machine comes and goes: what is compared is measured side by side, also by this process's CPU time. */
async function compared(prepare: () => Promise<void>, ours: () => Promise<number>, alone: () => Promise<number>) {
  const rounds: { readonly ours: Timed; readonly alone: Timed }[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    await prepare();
    rounds.push({ ours: await timed(ours), alone: await timed(alone) });
  }
  const middle = (figure: (round: { readonly ours: Timed; readonly alone: Timed }) => number) =>
    median(rounds.map(figure));
  return {
    "whole polls/s": Math.round(middle(({ ours }) => ours.rate)),
    "alone/s": Math.round(middle(({ alone }) => alone.rate)),
    ratio: middle(({ ours, alone }) => ours.rate / alone.rate).toFixed(2),
    "CPU µs": Math.round(middle(({ ours }) => ours.cpu)),
    "alone CPU µs": Math.round(middle(({ alone }) => alone.cpu)),
  };
}

interface Timed {
  readonly rate: number;
  readonly cpu: number;
}

async function timed(measure: () => Promise<number>): Promise<Timed> {
  const before = process.cpuUsage();
  const started = performance.now();
  const count = await measure();
  const { user, system } = process.cpuUsage(before);
  return { rate: count / ((performance.now() - started) / 1000), cpu: (user + system) / count };
}

function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? 0;
}

/** With each edition the newest item is another one, as in a news feed. */
function documentText(path: string): string {
  const items = Array.from({ length: ITEMS }, (_, n) => {
    const number = `${path.slice(1)}-${n === 0 ? `e${edition}` : n}`;
    const date = new Date(n === 0 ? NEWEST + edition * MINUTE : NEWEST - n * HOUR).toUTCString();
    return `<item><title>Meldung ${number} aus der Region</title><link>https://origin.example/${number}</link><guid>https://origin.example/${number}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${TEXT}</p>]]></description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>https://origin.example/</link><description>d</description>${items.join("")}</channel></rss>`;
}

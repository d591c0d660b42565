/**
 * The real web role with many items in Redis: how soon after its start it is ready, what it weighs, and for how long its
 * event loop is blocked while it loads, while readers search and look at pages and while news come in.
 *
 *     node bench/restart.ts [--items 100000] [--topics 0] [--starts 3] [--plain]
 *
 * Fills a private Redis with invented items as the desk leaves them, then starts `ressort web` again and again: first
 * without packed parts, then from its snapshot. --topics: so many invented ones besides those of config/. Ready is what /readyz says. A search's time is the whole request over
 * HTTP. A turn is what the web role's main thread did between two looks at its events, in its own processor time; by the
 * clock others on the machine count, too. Its flags are those of docker-compose.yml, or none with --plain. "rss" is at
 * ready, "rss used" after the searches, "rss later" twenty seconds after those, "rss most" the highest ever.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startEmbeddedRedis } from "../src/adapters/embedded-redis.ts";
import { ROOT, temporaryFolder } from "../tests/support/test-settings.ts";
import { type Filled, fillNewsroom } from "./filled-newsroom.ts";
import type { LoopReport } from "./loop-probe.ts";
import { manyTopics } from "./many-topics.ts";
import { THRIFTY, THRIFTY_MALLOC } from "./thrifty.ts";

const { values: options } = parseArgs({
  options: {
    items: { type: "string", default: "100000" },
    topics: { type: "string", default: "0" },
    starts: { type: "string", default: "3" },
    plain: { type: "boolean" },
  },
});

const PORTS = { http: 18_580, ops: 18_581 } as const;
const SEARCHES = 200;
/** Those that show many topics, and one of many stories. */
const PAGES = ["/", "/topics", "/sections/politik"];
const VIEWS = 20;
const LATER_MS = 20_000;
const PUTS_A_SECOND = 20;
const PATIENCE_MS = 300_000;

using folder = temporaryFolder();
await using redis = await startEmbeddedRedis({ dataDir: folder.path });
const configDir = manyTopics(folder.path, Number(options.topics));
using filled = await fillNewsroom(redis.url, folder.path, Number(options.items), configDir);
const rows = [];
for (let n = 0; n < Number(options.starts); n++) rows.push(await start(n === 0 ? "without files" : "from files"));
console.table(rows);

async function start(how: string) {
  const started = performance.now();
  const web = spawnWeb();
  try {
    await patiently(async () => (await fetch(`http://127.0.0.1:${PORTS.ops}/livez`)).ok);
    // what it takes to read the program is not what it takes to load the items
    await reportOf(web);
    await patiently(async () => (await fetch(`http://127.0.0.1:${PORTS.ops}/readyz`)).ok);
    const ready = performance.now() - started;
    const loading = await reportOf(web);
    const searching = await whileBusy(() => searchAll(filled));
    const used = await reportOf(web);
    const viewing = await whileBusy(viewAll);
    const viewed = await reportOf(web);
    await pause(LATER_MS);
    const later = await reportOf(web);
    return {
      ...{ start: how, items: Number(options.items), "ready s": rounded(ready / 1000) },
      "processor s": rounded(loading.processorMs / 1000),
      "longest turn, loading ms": rounded(loading.longestTurn),
      "used ms": rounded(used.longestTurn),
      "by the clock ms": rounded(Math.max(loading.longestBlock, used.longestBlock)),
      "search p50 ms": quantile(searching, 0.5),
      "search p99 ms": quantile(searching, 0.99),
      "page p50 ms": quantile(viewing, 0.5),
      "page p99 ms": quantile(viewing, 0.99),
      "pages, longest turn ms": rounded(viewed.longestTurn),
      ...{ "rss MB": megabytes(loading.memory.rss), "rss used MB": megabytes(used.memory.rss) },
      ...{
        "rss later MB": megabytes(later.memory.rss),
        "rss most MB": megabytes(later.mostRss),
        load: rounded(loadavg()[0] ?? 0),
      },
      "heap MB": megabytes(used.memory.heapUsed),
      "buffers MB": megabytes(used.memory.arrayBuffers),
    };
  } finally {
    const ended = once(web, "exit");
    web.kill("SIGTERM");
    await ended;
  }
}

function spawnWeb(): ChildProcess {
  const probe = path.join(ROOT, "bench", "loop-probe.ts");
  return spawn(
    process.execPath,
    [
      "--import",
      probe,
      ...(options.plain ? [] : THRIFTY),
      ...process.execArgv,
      path.join(ROOT, "workers", "ressort.ts"),
      "web",
    ],
    {
      env: {
        ...process.env,
        ...(options.plain ? {} : { ...THRIFTY_MALLOC, NODE_COMPILE_CACHE: path.join(folder.path, "compiled") }),
        REDIS_URL: redis.url,
        RESSORT_CONFIG_DIR: configDir,
        RESSORT_DATA_DIR: folder.path,
        RESSORT_PORT: String(PORTS.http),
        RESSORT_OPS_PORT: String(PORTS.ops),
        RESSORT_MAX_ITEMS: String(Number(options.items) + 2 * SEARCHES),
        RESSORT_LOG_LEVEL: "warn",
      },
      stdio: ["ignore", "inherit", "ignore", "ipc"],
    },
  );
}

async function reportOf(web: ChildProcess): Promise<LoopReport> {
  const answered = once(web, "message");
  web.send("report");
  const [report] = await answered;
  return report as LoopReport;
}

/** News come in while `work` goes on. */
async function whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const incoming = (async () => {
    while (!done.signal.aborted) {
      await filled.tellNews(1);
      await pause(1000 / PUTS_A_SECOND);
    }
  })();
  const value = await work();
  done.abort();
  await incoming;
  return value;
}

async function searchAll({ queries }: Filled): Promise<readonly number[]> {
  const times: number[] = [];
  for (const query of queries(SEARCHES)) {
    const asked = performance.now();
    const answer = await fetch(`http://127.0.0.1:${PORTS.http}/search?q=${encodeURIComponent(query)}`);
    await answer.text();
    if (!answer.ok) throw new Error(`${query}: ${answer.status}`);
    times.push(performance.now() - asked);
    await pause(20);
  }
  return times.sort((one, other) => one - other);
}

/** Each after news that make something of it anew. */
async function viewAll(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < VIEWS; n++)
    for (const page of PAGES) {
      const asked = performance.now();
      const answer = await fetch(`http://127.0.0.1:${PORTS.http}${page}`);
      await answer.text();
      if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
      times.push(performance.now() - asked);
      await pause(2 * (1000 / PUTS_A_SECOND));
    }
  return times.sort((one, other) => one - other);
}

async function patiently(isSo: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > until) throw new Error("never ready");
    await pause(10);
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}

function quantile(sorted: readonly number[], part: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
}

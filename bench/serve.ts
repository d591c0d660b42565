/**
 * How many readers can poll one topic feed? `node bench/serve.ts`: requests a second of a cached 100 KB feed, as 200 with
 * gzip and as 304, beside nginx with the same bytes: as fast as it can be set up, and with the exported files and
 * config/nginx/ressort.conf. Loopback only, two minutes. Needs nginx and wrk.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { exportFiles } from "../src/adapters/export-files.ts";
import { openMetrics } from "../src/adapters/metrics.ts";
import { itemId, storyId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import { openServer } from "../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../tests/support/example-press.ts";
import { exampleItems, exampleView } from "../tests/support/example-view.ts";
import { aTopic, ROOT, temporaryFolder } from "../tests/support/test-settings.ts";
import { countIn } from "../workers/web.ts";

const ROUNDS = 3;
const SECONDS = 4;
const PORTS = { nginx: 18_480, ressort: 18_481, export: 18_482 } as const;
const FEED = "/topics/alles.rss";
const KINDS = ["200 gzip", "304"] as const;

type Kind = (typeof KINDS)[number];

interface Contender {
  readonly name: keyof typeof PORTS;
  readonly process: ChildProcess;
  /** its ETag for the gzip body */
  readonly tag: string;
}

interface Run {
  readonly name: string;
  readonly kind: Kind;
  readonly perSecond: number;
  /** of its own CPU time: steadier than `perSecond` where others use the machine, too */
  readonly perCpuSecond: number;
  /** ms */
  readonly p99: number;
}

if (process.argv[2] === "serve") await serve();
else if (isMissing("nginx") || isMissing("wrk")) console.warn("SKIPPED: bench/serve.ts needs nginx and wrk");
else await compare();

/** The server under test, in a process of its own. */
async function serve(): Promise<void> {
  const day = exampleItems();
  const items = [...day, ...day.map((placed, index) => again(placed, index))].slice(0, 109);
  const view = await exampleView({ topics: [aTopic("alles", "*", { size: 500 })] }, items);
  const app = await openServer(view, { now: () => EXAMPLE_NOW, onAnswer: countIn(openMetrics("bench")) });
  await app.listen({ host: "127.0.0.1", port: PORTS.ressort });
}

/** The same item as a new one, so that the feed gets as long as a busy topic's. */
function again({ item, decision }: Placed, index: number): Placed {
  const id = itemId(`again-${index}`);
  const other = { ...item, id, iri: `${item.iri}/again`, teaser: `${item.teaser} ${item.teaser}` };
  return { item: other, decision: { ...decision, item: id, story: storyId(id), storyIri: other.iri } };
}

async function compare(): Promise<void> {
  using folder = temporaryFolder();
  const ressort = start(process.execPath, [import.meta.filename, "serve"]);
  const others: ChildProcess[] = [];
  try {
    const feed = await patiently(() => ask("ressort", "identity"));
    const bytes = Buffer.from(await feed.arrayBuffer());
    const www = await exported(folder.path, bytes);
    const contenders: Contender[] = [{ name: "ressort", process: ressort, tag: await tagOf("ressort") }];
    for (const name of ["nginx", "export"] as const) {
      const child = start("nginx", ["-p", folder.path, "-c", nginxConfig(name, folder.path, www)]);
      others.push(child);
      contenders.push({ name, process: child, tag: await tagOf(name) });
    }
    console.log(
      `${FEED}: ${bytes.length} bytes; wrk -t1 -c64 -d${SECONDS}s, median of ${ROUNDS} rounds after a warm-up`,
    );
    const round = (seconds: number): readonly Run[] =>
      KINDS.flatMap((kind) => contenders.map((contender) => load(contender, kind, seconds)));
    round(1);
    report(Array.from({ length: ROUNDS }, () => round(SECONDS)).flat());
  } finally {
    for (const server of [ressort, ...others]) await stop(server);
  }
}

function urlOf(name: Contender["name"]): string {
  return `http://127.0.0.1:${PORTS[name]}${FEED}`;
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = once(server, "exit");
  if (server.exitCode === null && server.kill()) await ended;
}

/** Servers share the first core, the load has the second to itself. */
function start(command: string, args: readonly string[]): ChildProcess {
  return spawn("taskset", ["-c", "0", command, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

/** A folder with the feed and its compressed bodies. */
async function exported(home: string, identity: Buffer): Promise<string> {
  const www = path.join(home, "www");
  const bodies = { identity, gzip: gzipSync(identity, { level: 9 }) };
  await exportFiles(www).write({ path: FEED.slice(1), modifiedAt: EXAMPLE_NOW, bodies });
  // nginx reads as nobody where it is started by root
  chmodSync(home, 0o755);
  return www;
}

/** "nginx": a configuration that lets nginx do its best; "export": the one that we ship. */
function nginxConfig(name: "nginx" | "export", home: string, www: string): string {
  const shipped = readFileSync(path.join(ROOT, "config", "nginx", "ressort.conf"), "utf8");
  const servers = {
    nginx: `types { application/rss+xml rss; }
  gzip_static on; gzip_vary on; open_file_cache max=100; open_file_cache_valid 60s;
  server { listen 127.0.0.1:${PORTS.nginx}; root ${www}; add_header Cache-Control "public, max-age=300"; }`,
    export: shipped
      .replace("server web:8080;", `server 127.0.0.1:${PORTS.ressort};`)
      .replace("listen 8080;", `listen 127.0.0.1:${PORTS.export};`)
      .replace("root /srv/ressort;", `root ${www};`),
  };
  const config = path.join(home, `${name}.conf`);
  const own = path.join(home, name);
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${own}.pid; error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  client_body_temp_path ${own}-b; proxy_temp_path ${own}-p; fastcgi_temp_path ${own}-f; uwsgi_temp_path ${own}-u; scgi_temp_path ${own}-s;
  ${servers[name]}
}
`,
  );
  return config;
}

function ask(name: Contender["name"], encoding: string): Promise<Response> {
  return fetch(urlOf(name), { headers: { "accept-encoding": encoding } });
}

async function tagOf(name: Contender["name"]): Promise<string> {
  const answer = await patiently(() => ask(name, "gzip"));
  await answer.arrayBuffer();
  const tag = answer.headers.get("etag");
  if (tag === null || answer.headers.get("content-encoding") !== "gzip")
    throw new Error(`${name} sends no gzip with ETag`);
  const again = await fetch(urlOf(name), { headers: { "accept-encoding": "gzip", "if-none-match": tag } });
  if (again.status !== 304) throw new Error(`${name} answers ${again.status} to its own ETag`);
  return tag;
}

/** Until the server listens, at most ten seconds. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await attempt().catch(() => undefined);
    if (answer !== undefined) return answer;
    await wait(100);
  }
  return attempt();
}

function load({ name, process, tag }: Contender, kind: Kind, seconds: number): Run {
  const headers = ["-H", "Accept-Encoding: gzip", ...(kind === "304" ? ["-H", `If-None-Match: ${tag}`] : [])];
  const wrk = ["wrk", "-t1", "-c64", `-d${seconds}s`, "--latency", ...headers, urlOf(name)];
  const before = cpuSeconds(process.pid);
  const text = execFileSync("taskset", ["-c", "1", ...wrk], { encoding: "utf8" });
  const cpu = cpuSeconds(process.pid) - before;
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${name}, ${kind}:\n${text}`);
  const [, requests] = /(\d+) requests in/.exec(text) ?? [];
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
  const factor = { us: 0.001, ms: 1, s: 1000 }[unit ?? "ms"] ?? 1;
  return {
    name,
    kind,
    perSecond: Number(requests) / seconds,
    perCpuSecond: Number(requests) / cpu,
    p99: Number(p99) * factor,
  };
}

/** User and system time of a process and its children, in seconds (proc(5): fields 14 and 15, in hundredths). */
function cpuSeconds(pid = 0): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  const own = (Number(fields[11]) + Number(fields[12])) / 100;
  return children.reduce((sum, child) => sum + cpuSeconds(Number(child)), own);
}

function report(runs: readonly Run[]): void {
  for (const kind of KINDS) {
    for (const name of ["nginx", "export", "ressort"]) {
      const median = (of: string, figure: "perSecond" | "perCpuSecond"): number =>
        medianOf(runs.filter((run) => run.kind === kind && run.name === of).map((run) => run[figure]));
      const shown = (["perSecond", "perCpuSecond"] as const).map((figure) => {
        const ratio = median(name, figure) / median("nginx", figure);
        return `${Math.round(median(name, figure)).toString().padStart(7)} (${ratio.toFixed(2)})`;
      });
      const worst = Math.max(...runs.filter((run) => run.kind === kind && run.name === name).map(({ p99 }) => p99));
      console.log(
        `${kind.padEnd(8)} ${name.padEnd(8)} ${shown[0]} a second, ${shown[1]} a CPU second, worst p99 ${worst.toFixed(1)} ms`,
      );
    }
  }
}

function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function isMissing(command: string): boolean {
  return spawnSync(command, ["-v"], { stdio: "ignore" }).error !== undefined;
}

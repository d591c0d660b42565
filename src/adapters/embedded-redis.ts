import { spawn } from "node:child_process";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { aborted } from "node:util";
import { Redis } from "ioredis";
import { makeRedisHome } from "./data-folder.ts";
import { type Owner, ownerOf, takeLock } from "./redis-owner.ts";
import { findRedisProgram, RedisUnavailableError } from "./redis-program.ts";
import { socketIn } from "./redis-socket.ts";

export { RedisUnavailableError } from "./redis-program.ts";

export interface EmbeddedRedis extends AsyncDisposable {
  /** the socket's path, which `new Redis(url)` takes as it takes a URL */
  readonly url: string;
  /** for clients that take options: `new Redis({ ...connection, … })`, BullMQ */
  readonly connection: { readonly path: string };
  /** false: another live process runs the server and will stop it */
  readonly owned: boolean;
}

interface EmbeddedRedisLog {
  info(message: string): void;
  warn(message: string): void;
}

interface EmbeddedRedisOptions {
  /** the server keeps its files in the folder "redis" below */
  readonly dataDir: string;
  readonly log?: EmbeddedRedisLog;
  /** for who polls and serves from it, and so must own it: what people know it by, with its address */
  readonly daemon?: string;
}

/** How long a server may take to open its socket; loading what it holds may take longer. */
const START_LIMIT = 20_000;
const STOP_LIMIT = 10_000;
const START_POLL = 20;
const RESTART_DELAY = 1_000;
const LOG_TAIL_LINES = 5;

const SILENT: EmbeddedRedisLog = { info() {}, warn() {} };

/**
 * The database of those who name no REDIS_URL: a private redis-server on a unix socket, with its append-only file under
 * `dataDir`. One process owns it and stops it; commands that come second attach, a second daemon is refused. A server
 * whose owner was killed is adopted.
 *
 * @throws RedisUnavailableError where there is no redis-server, it will not start, or `dataDir` is taken or cannot be written
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const { dataDir, log = SILENT, daemon } = options;
  const home = await makeRedisHome(dataDir);
  const deadline = performance.now() + START_LIMIT;
  while (performance.now() < deadline) {
    const lock = takeLock(home, daemon);
    if (lock !== undefined) return own(home, lock, log);
    const owner = ownerOf(home);
    if (daemon !== undefined && owner?.daemon !== undefined) refuseBeside(owner, home);
    const client = daemon === undefined ? await connect(await socketIn(home)) : undefined;
    if (client !== undefined) return attach(client, home, log);
    await wait(START_POLL); // the owner is starting or stopping its server, or a command that ends before long
  }
  const holder = `another process (${ownerOf(home)?.pid ?? "of an older Ressort"}) holds ${home}`;
  throw new RedisUnavailableError(
    daemon === undefined
      ? `${holder} but its redis-server does not answer\nend that process`
      : `${holder}: a command is still at work\nwait for its end, then start again`,
  );
}

/** Two at work in one folder would mix their addresses in the same feeds, and end one another's Redis. */
function refuseBeside({ pid, daemon }: Owner, home: string): never {
  throw new RedisUnavailableError(
    `data folder ${path.dirname(home)} is in use: ${daemon}, process ${pid}\n` +
      "stop that one, or give this one a folder of its own with RESSORT_DATA_DIR;\n" +
      "roles of one Ressort in several processes need a Redis that REDIS_URL names",
  );
}

/** Where the owner ends before this one does, its server is started again, by this one or by another that has stayed. */
async function attach(client: Redis, home: string, log: EmbeddedRedisLog): Promise<EmbeddedRedis> {
  const leaving = new AbortController();
  const staying = stay(client, home, log, leaving.signal);
  return handle(await socketIn(home), false, async () => {
    leaving.abort();
    await staying;
  });
}

async function stay(first: Redis, home: string, log: EmbeddedRedisLog, leaving: AbortSignal): Promise<void> {
  let client: Redis | undefined = first;
  for (;;) {
    if (client !== undefined) await Promise.race([endOf(client), aborted(leaving, client)]);
    client?.disconnect();
    if (leaving.aborted) return;
    try {
      const lock = takeLock(home);
      if (lock !== undefined) return await ownUntil(leaving, home, lock, log);
    } catch (error) {
      log.warn(`redis-server did not start again: ${error instanceof Error ? error.message : String(error)}`);
    }
    await wait(START_POLL);
    client = await connect(await socketIn(home));
  }
}

async function ownUntil(leaving: AbortSignal, home: string, lock: DatabaseSync, log: EmbeddedRedisLog): Promise<void> {
  await using owned = await own(home, lock, log);
  await aborted(leaving, owned);
}

async function own(home: string, lock: DatabaseSync, log: EmbeddedRedisLog): Promise<EmbeddedRedis> {
  try {
    const socket = await socketIn(home);
    const orphan = await connect(socket);
    if (orphan !== undefined) log.info("redis-server of an earlier run is still there: going on with it");
    const stopping = new AbortController();
    const running = keepRunning(orphan ?? (await launch(home)), home, log, stopping.signal);
    return handle(socket, true, async () => {
      stopping.abort();
      await running;
      if (path.dirname(socket) !== home) await rm(path.dirname(socket), { force: true });
      lock.close();
    });
  } catch (error) {
    lock.close();
    throw error;
  }
}

function handle(socket: string, owned: boolean, close: () => Promise<void>): EmbeddedRedis {
  let closing: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  return { url: socket, connection: { path: socket }, owned, [Symbol.asyncDispose]: dispose };
}

/** Holds one connection to the server. Where that ends before we stop, the server has died and is started again. */
async function keepRunning(first: Redis, home: string, log: EmbeddedRedisLog, stopping: AbortSignal): Promise<void> {
  let client: Redis | undefined = first;
  while (client !== undefined) {
    await Promise.race([endOf(client), aborted(stopping, client)]);
    if (stopping.aborted) return shutDown(client, log);
    log.warn("redis-server has ended: starting it again");
    client = await relaunch(home, log, stopping);
  }
}

async function relaunch(home: string, log: EmbeddedRedisLog, stopping: AbortSignal): Promise<Redis | undefined> {
  while (!stopping.aborted) {
    try {
      return (await connect(await socketIn(home))) ?? (await launch(home));
    } catch (error) {
      log.warn(`redis-server did not start again: ${error instanceof Error ? error.message : String(error)}`);
    }
    await wait(RESTART_DELAY, undefined, { signal: stopping }).catch(() => {});
  }
  return undefined;
}

/** The server answers SHUTDOWN by closing the connection, after its append-only file is on the disk. */
async function shutDown(client: Redis, log: EmbeddedRedisLog): Promise<void> {
  const limit = setTimeout(() => {
    log.warn(`redis-server has not ended within ${STOP_LIMIT / 1000} s: the next start will find it`);
    client.disconnect();
  }, STOP_LIMIT);
  const ended = endOf(client);
  client.shutdown("NOSAVE").catch(() => {});
  await ended;
  clearTimeout(limit);
}

async function endOf(client: Redis): Promise<void> {
  if (client.status !== "end") await new Promise<void>((resolve) => client.once("end", () => resolve()));
}

async function launch(home: string): Promise<Redis> {
  const program = await findRedisProgram();
  const socket = await socketIn(home);
  const output = await open(path.join(home, "redis.log"), "w", 0o600);
  // Detached: a terminal's Ctrl-C reaches us, and we stop the server once the last write is done.
  const server = spawn(program, serverArguments(home, socket), {
    detached: true,
    stdio: ["ignore", output.fd, output.fd],
  });
  const ended = new AbortController();
  server.once("error", () => ended.abort()).once("exit", () => ended.abort());
  server.unref();
  await output.close();
  const deadline = performance.now() + START_LIMIT;
  while (!ended.signal.aborted && performance.now() < deadline) {
    const client = await connect(socket);
    if (client !== undefined) return client;
    await wait(START_POLL);
  }
  server.kill();
  throw new RedisUnavailableError(`${program} would not start in ${home}\n${await logTail(home)}`);
}

function serverArguments(home: string, socket: string): string[] {
  const directives = {
    port: "0",
    unixsocket: socket,
    unixsocketperm: "700",
    dir: home,
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
    loglevel: "warning",
  };
  return Object.entries(directives).flatMap(([name, value]) => [`--${name}`, value]);
}

async function logTail(home: string): Promise<string> {
  const text = await readFile(path.join(home, "redis.log"), "utf8");
  return text.trim().split("\n").slice(-LOG_TAIL_LINES).join("\n");
}

/** @returns a client once the server has loaded its data; undefined where nobody listens */
async function connect(socket: string): Promise<Redis | undefined> {
  const client = new Redis({
    path: socket,
    lazyConnect: true,
    retryStrategy: () => null,
    maxLoadingRetryTime: 200,
    commandTimeout: STOP_LIMIT,
  });
  client.on("error", () => {}); // connect() rejects with it, too
  try {
    await client.connect();
    return client;
  } catch {
    client.disconnect();
    return undefined;
  }
}

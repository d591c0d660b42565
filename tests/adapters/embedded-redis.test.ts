import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RedisUnavailableError, startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { openRedis } from "../../src/adapters/redis-connection.ts";
import { toolFolder } from "../support/tool-folder.ts";

const ADAPTER = path.join(import.meta.dirname, "..", "..", "src", "adapters", "embedded-redis.ts");
/** Starts the server as another process of ours would, says so, and ignores Ctrl-C. */
const OTHER_PROCESS = `
  import { startEmbeddedRedis } from ${JSON.stringify(ADAPTER)};
  process.on("SIGINT", () => {});
  const redis = await startEmbeddedRedis({ dataDir: process.argv[1] });
  console.log(JSON.stringify({ owned: redis.owned }));
  process.stdin.on("end", async () => { await redis[Symbol.asyncDispose](); process.exit(0); }).resume();
`;

let dataDir: string;
const PATH = process.env["PATH"];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "ressort-embedded-"));
});

afterEach(async () => {
  process.env["PATH"] = PATH;
  await rm(dataDir, { recursive: true, force: true });
});

describe("the embedded Redis", () => {
  test("listens on its private socket only, appends every write to a file and never evicts", async () => {
    await using server = await startEmbeddedRedis({ dataDir });

    await using client = clientOf(server.url);
    const config = async (name: string) => (await client.redis.config("GET", name)) as string[];
    expect(server.owned).toBe(true);
    expect(await config("port")).toEqual(["port", "0"]);
    expect(await config("appendonly")).toEqual(["appendonly", "yes"]);
    expect(await config("appendfsync")).toEqual(["appendfsync", "everysec"]);
    expect(await config("maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
    expect((await stat(server.url)).mode & 0o077).toBe(0);
  });

  test("is stopped when it is closed, and closing twice is closing once", async () => {
    const server = await startEmbeddedRedis({ dataDir });
    const pid = await pidOf(server.url);

    await Promise.all([server[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);

    expect(await answers(server.url)).toBe(false);
    expect(await ends(pid)).toBe(true);
  });

  test("goes on for those who came second when its owner leaves first, and ends with the last of them", async () => {
    const owner = await startEmbeddedRedis({ dataDir });
    const others = [await startEmbeddedRedis({ dataDir }), await startEmbeddedRedis({ dataDir })];
    const patient = openRedis({ path: owner.url }, { name: "test", patient: true, onError: () => {} });
    await patient.set("kept", "1");

    await owner[Symbol.asyncDispose]();
    expect(await patient.get("kept")).toBe("1");
    await others[0]?.[Symbol.asyncDispose]();
    expect(await patient.get("kept")).toBe("1");
    const pid = await pidOf(owner.url);
    await others[1]?.[Symbol.asyncDispose]();
    patient.disconnect();

    expect(others.map(({ owned }) => owned)).toEqual([false, false]);
    expect(await ends(pid)).toBe(true);
    expect(await answers(owner.url)).toBe(false);
  });

  test("keeps no process from its end that came second and has left", async () => {
    await using server = await startEmbeddedRedis({ dataDir });
    const program = `
      import { startEmbeddedRedis } from ${JSON.stringify(ADAPTER)};
      const redis = await startEmbeddedRedis({ dataDir: process.argv[1] });
      await redis[Symbol.asyncDispose]();
    `;
    const other = spawn(process.execPath, ["--input-type=module", "--eval", program, dataDir], { stdio: "inherit" });
    const [code] = await once(other, "exit");

    expect(code).toBe(0);
    expect(await answers(server.url)).toBe(true);
  });

  test("keeps what was written, from one run to the next", async () => {
    {
      await using first = await startEmbeddedRedis({ dataDir });
      await using client = clientOf(first.url);
      await client.redis.set("headline", "Goldpreis über 4.700 US-Dollar");
    }

    await using second = await startEmbeddedRedis({ dataDir });

    await using client = clientOf(second.url);
    expect(await client.redis.get("headline")).toBe("Goldpreis über 4.700 US-Dollar");
    expect(await readdir(path.join(dataDir, "redis", "appendonlydir"))).not.toEqual([]);
  });

  test("is one server for all who start it at the same moment, and one of them owns it", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => startEmbeddedRedis({ dataDir })));

    const pids = new Set(await Promise.all(servers.map((server) => pidOf(server.url))));
    expect(pids.size).toBe(1);
    expect(servers.filter((server) => server.owned)).toHaveLength(1);

    const guests = servers.filter((server) => !server.owned);
    await Promise.all(guests.map((guest) => guest[Symbol.asyncDispose]()));
    expect(await answers(servers[0]?.url ?? "")).toBe(true);

    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    expect(await answers(servers[0]?.url ?? "")).toBe(false);
  });

  test("is shared with another process while that lives, and adopted once that was killed", async () => {
    const other = await startElsewhere(dataDir);
    const guest = await startEmbeddedRedis({ dataDir });
    const pid = await pidOf(guest.url);
    expect(guest.owned).toBe(false);
    await guest[Symbol.asyncDispose]();

    other.kill("SIGKILL");
    await once(other, "exit");
    const heir = await startEmbeddedRedis({ dataDir });

    expect(heir.owned).toBe(true);
    expect(await pidOf(heir.url)).toBe(pid);
    await heir[Symbol.asyncDispose]();
    expect(await answers(heir.url)).toBe(false);
  });

  test("serves one daemon and its commands: a second daemon is refused and told of the first", async () => {
    await using first = await startEmbeddedRedis({ dataDir, daemon: "Blatt of http://localhost:8476" });

    const refusal = await startEmbeddedRedis({ dataDir, daemon: "Blatt of http://localhost:8478" }).catch(String);
    await using command = await startEmbeddedRedis({ dataDir });

    expect(refusal).toMatch(/^RedisUnavailableError: /);
    expect(refusal).toContain(
      `data folder ${dataDir} is in use: Blatt of http://localhost:8476, process ${process.pid}\nstop that one, or`,
    );
    expect([first.owned, command.owned]).toEqual([true, false]);
    expect(command.url).toBe(first.url);
  });

  test("of a command is not a daemon's, which would lose it: the daemon waits for the end of the command", async () => {
    const command = await startEmbeddedRedis({ dataDir });
    const starting = startEmbeddedRedis({ dataDir, daemon: "Blatt" });
    const early = await Promise.race([starting, wait(300, "waits")]);

    await command[Symbol.asyncDispose]();
    await using daemon = await starting;

    expect(early).toBe("waits");
    expect(daemon.owned).toBe(true);
    expect(await answers(daemon.url)).toBe(true);
  });

  test("outlives the terminal's Ctrl-C, which goes to the whole process group", async () => {
    const other = await startElsewhere(dataDir);
    const socket = path.join(dataDir, "redis", "redis.sock");
    const pid = await pidOf(socket);

    process.kill(-(other.pid ?? 0), "SIGINT");
    await wait(300);

    expect(await pidOf(socket)).toBe(pid);
    other.stdin?.end();
    await once(other, "exit");
    expect(await answers(socket)).toBe(false);
  });

  test("is started again, with its data, when it dies under us", async () => {
    const warnings: string[] = [];
    const log = { info() {}, warn: (message: string) => void warnings.push(message) };
    await using server = await startEmbeddedRedis({ dataDir, log });
    await using client = clientOf(server.url);
    await client.redis.set("headline", "Streik");
    await wait(1_200); // appendfsync everysec
    const pid = await pidOf(server.url);

    process.kill(pid, "SIGKILL");

    await expect.poll(() => answers(server.url), { timeout: 10_000 }).toBe(true);
    expect(await pidOf(server.url)).not.toBe(pid);
    expect(await client.redis.get("headline")).toBe("Streik");
    expect(warnings).toEqual(["redis-server has ended: starting it again"]);
  });

  test("works in a folder whose path is too long for a socket, and leaves no link behind", async () => {
    const deep = path.join(dataDir, "ein-sehr-langer-ordnername-für-zeitungen".repeat(2), "mit leerzeichen".repeat(3));
    const links = async () => (await readdir(tmpdir())).filter((name) => /^ressort-[0-9a-f]{16}$/.test(name));
    const before = await links();

    const server = await startEmbeddedRedis({ dataDir: deep });

    expect(Buffer.byteLength(server.url)).toBeLessThan(104);
    expect(await answers(server.url)).toBe(true);
    expect((await stat(path.join(deep, "redis", "redis.sock"))).isSocket()).toBe(true);
    await server[Symbol.asyncDispose]();
    expect(await links()).toEqual(before);
  });
});

describe("where the embedded Redis cannot be had", () => {
  test("a missing redis-server is said in words, with the command for the package manager that is there", async () => {
    await using tools = await toolFolder({ "apt-get": "exit 0" });
    process.env["PATH"] = tools.path;

    const failure = await startEmbeddedRedis({ dataDir }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(RedisUnavailableError);
    expect(String(failure).split("\n")).toEqual([
      "RedisUnavailableError: Ressort needs redis-server 7 or newer, or valkey-server, for its own database; there is none on the PATH",
      "install it: sudo apt-get install redis-server",
      "or set REDIS_URL=redis://HOST:6379 to a server you have",
    ]);
  });

  test("a redis-server older than 7 is refused by its version", async () => {
    await using tools = await toolFolder({ "redis-server": 'echo "Redis server v=6.0.16 malloc=libc bits=64"' });
    process.env["PATH"] = tools.path;

    await expect(startEmbeddedRedis({ dataDir })).rejects.toThrow(`${tools.path}/redis-server is version 6.0.16`);
  });

  test("a Valkey is taken where redis-server is too old", async () => {
    await using tools = await toolFolder({
      "redis-server": 'echo "Redis server v=6.0.16"',
      "valkey-server": `PATH='${PATH}' exec redis-server "$@"`,
    });
    process.env["PATH"] = tools.path;

    await using server = await startEmbeddedRedis({ dataDir });

    expect(await answers(server.url)).toBe(true);
  });

  test("a server that will not start is reported with the end of its log, and starts once it is mended", async () => {
    const appendOnly = path.join(dataDir, "redis", "appendonlydir");
    await mkdir(appendOnly, { recursive: true });
    await writeFile(path.join(appendOnly, "appendonly.aof.manifest"), "not a manifest\n");

    await expect(startEmbeddedRedis({ dataDir })).rejects.toThrow(/would not start in .*\n(.*\n)*.*manifest/);

    await rm(appendOnly, { recursive: true });
    await using server = await startEmbeddedRedis({ dataDir });
    expect(server.owned).toBe(true);
  });
});

function clientOf(socket: string): AsyncDisposable & { readonly redis: Redis } {
  const redis = new Redis(socket, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on("error", () => {});
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() };
}

async function answers(socket: string): Promise<boolean> {
  const redis = new Redis(socket, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

async function pidOf(socket: string): Promise<number> {
  await using client = clientOf(socket);
  return Number(/process_id:(\d+)/.exec(await client.redis.info("server"))?.[1]);
}

async function ends(pid: number): Promise<boolean> {
  for (let turn = 0; turn < 100; turn++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await wait(20);
  }
  return false;
}

async function startElsewhere(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", OTHER_PROCESS, folder], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  expect(JSON.parse(line.toString())).toEqual({ owned: true });
  return child;
}

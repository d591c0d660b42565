import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

/** The embedded server could not be had. The message says what is wrong and, in two lines, what helps: print it as it is. */
export class RedisUnavailableError extends Error {
  override readonly name = "RedisUnavailableError";
}

/** Streams' trimming and multi-part AOF as we use them came with Redis 7 (April 2022); every Valkey is newer. */
const OLDEST_MAJOR = 7;

const PROGRAMS = ["redis-server", "valkey-server"] as const;

/** What to type, by package manager, in the order in which they are looked for. */
const INSTALLERS = {
  "apt-get": "sudo apt-get install redis-server",
  dnf: "sudo dnf install redis",
  apk: "sudo apk add redis",
  pacman: "sudo pacman -S valkey",
  brew: "brew install redis",
} as const;

/** @returns the absolute path of the first redis-server or valkey-server on the PATH that is new enough */
export async function findRedisProgram(): Promise<string> {
  const tooOld: string[] = [];
  for (const name of PROGRAMS) {
    const program = await onPath(name);
    if (program === undefined) continue;
    const version = await versionOf(program);
    if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return program;
    tooOld.push(`${program} is version ${version}`);
  }
  const found = tooOld.length === 0 ? "there is none on the PATH" : tooOld.join(", ");
  throw new RedisUnavailableError(
    `Ressort needs redis-server ${OLDEST_MAJOR} or newer, or valkey-server, for its own database; ${found}\n${await wayOut()}`,
  );
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, name);
    const executable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return file;
  }
  return undefined;
}

/** "7.0.15" of "Redis server v=7.0.15 sha=…"; Valkey says "Valkey server v=8.1.4 sha=…". */
async function versionOf(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ["--version"], { timeout: 5_000 });
  return /\bv=([\d.]+)/.exec(stdout)?.[1] ?? "unknown";
}

async function wayOut(): Promise<string> {
  const alternative = "or set REDIS_URL=redis://HOST:6379 to a server you have";
  for (const [manager, line] of Object.entries(INSTALLERS)) {
    if ((await onPath(manager)) !== undefined) return `install it: ${line}\n${alternative}`;
  }
  return `install redis-server with your system's package manager\n${alternative}`;
}

import { createHash } from "node:crypto";
import { lstat, readlink, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { RedisUnavailableError } from "./redis-program.ts";

/** sun_path holds 104 bytes on macOS and BSD, 108 on Linux, the closing zero included. */
const SOCKET_PATH_LIMIT = 103;
const SOCKET = "redis.sock";

/** The server's socket, always in its home; addressed through a short link where the home's own path is too long. */
export async function socketIn(home: string): Promise<string> {
  const direct = path.join(home, SOCKET);
  if (Buffer.byteLength(direct) <= SOCKET_PATH_LIMIT) return direct;
  const link = path.join(tmpdir(), `ressort-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`);
  await symlink(home, link).catch(() => {}); // there already, or the check below says what is wrong
  const ours = (await lstat(link)).uid === process.getuid?.() && (await readlink(link)) === home;
  if (!ours) throw new RedisUnavailableError(`${link} is in the way\nremove it, or choose a shorter data folder`);
  return path.join(link, SOCKET);
}

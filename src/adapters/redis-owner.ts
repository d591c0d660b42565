import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";

/** Who owns a private Redis, for those who find the folder taken. */
export interface Owner {
  readonly pid: number;
  /** what people know it by; absent where it is a command, which will soon have ended */
  readonly daemon?: string;
}

/**
 * Two servers on one append-only file would ruin it, so ownership is a lock that the kernel gives back when its holder
 * dies, however it dies. SQLite is the way to such a lock that Node brings along; a pid file would name the wrong process
 * after a restart in a container, where we are always number 1 or 7.
 */
export function takeLock(home: string, daemon?: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(path.join(home, "owner.lock"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    return undefined;
  }
  writeNote(home, { pid: process.pid, ...(daemon !== undefined && { daemon }) });
  return lock;
}

/** What the lock's last holder wrote about itself; undefined where nothing can be read. */
export function ownerOf(home: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(noteIn(home), "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** It only serves for words: a full disk is not told here. */
function writeNote(home: string, owner: Owner): void {
  try {
    writeFileSync(noteIn(home), JSON.stringify(owner), { mode: 0o600 });
  } catch {}
}

const noteIn = (home: string): string => path.join(home, "owner.json");

import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { DAY, type Instant } from "../model/time.ts";

const SUFFIX = ".v8";
/** A disk that lost a bit must not lead a search astray. */
const SUM_LENGTH = 4;
/** Other processes may share the folder. */
const UNUSED_AFTER = 2 * DAY;

/** Values that can be made again, each in a file under a name of its contents. What is broken, old or away is undefined. */
export function valueFiles<Value>(folder: string) {
  const fileOf = (name: string): string => path.join(folder, `${name}${SUFFIX}`);

  /** They are in use: no sweep removes them. */
  async function touch(names: Iterable<string>): Promise<void> {
    const now = new Date();
    for (const name of names) await utimes(fileOf(name), now, now).catch(() => undefined);
  }

  return {
    touch,

    async read(name: string): Promise<Value | undefined> {
      try {
        const bytes = await readFile(fileOf(name));
        const value = bytes.subarray(SUM_LENGTH);
        if (bytes.readUInt32BE() !== crc32(value)) return undefined;
        await touch([name]);
        return deserialize(value) as Value;
      } catch {
        return undefined;
      }
    },

    /** Whole or not at all. */
    async write(name: string, value: Value): Promise<void> {
      await mkdir(folder, { recursive: true });
      const half = `${fileOf(name)}.${process.pid}.half`;
      const bytes = serialize(value);
      const sum = Buffer.alloc(SUM_LENGTH);
      sum.writeUInt32BE(crc32(bytes));
      await writeFile(half, Buffer.concat([sum, bytes]));
      await rename(half, fileOf(name));
    },

    /** Removes what nobody has read for days. */
    async sweep(now: Instant): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = path.join(folder, name);
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
        if (now - mtimeMs > UNUSED_AFTER) await rm(file, { force: true });
      }
    },
  };
}

import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { DAY, type Instant } from "../model/time.ts";

const SUFFIX = ".v8";
/** Other processes may share the folder. */
const UNUSED_AFTER = 2 * DAY;

/** Values that can be made again, each in a file under a name of its contents. What is broken, old or away is undefined. */
export function valueFiles<Value>(folder: string) {
  const fileOf = (name: string): string => path.join(folder, `${name}${SUFFIX}`);

  return {
    async read(name: string): Promise<Value | undefined> {
      try {
        const value = deserialize(await readFile(fileOf(name))) as Value;
        await utimes(fileOf(name), new Date(), new Date());
        return value;
      } catch {
        return undefined;
      }
    },

    /** Whole or not at all. */
    async write(name: string, value: Value): Promise<void> {
      await mkdir(folder, { recursive: true });
      const half = `${fileOf(name)}.${process.pid}.half`;
      await writeFile(half, serialize(value));
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

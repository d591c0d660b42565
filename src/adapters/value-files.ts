import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { DAY, type Instant } from "../model/time.ts";
import { type FileBytes, type OpenFile, openFile } from "./file-bytes.ts";

const SUFFIX = ".v8";
/** A disk that lost a bit must not lead a search astray. */
const SUM_LENGTH = 4;
/** Other processes may share the folder. */
const UNUSED_AFTER = 2 * DAY;

/** A value whose large arrays need not be in memory. */
export interface OpenValue<Value> {
  readonly value: Value;
  /** one of its arrays as it stands in the file, for as long as anybody has it, whatever becomes of the name */
  inFile(array: FileBytes): FileBytes;
}

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
      const bytes = await readFile(fileOf(name)).catch(() => undefined);
      const value = bytes && valueIn<Value>(bytes);
      if (value !== undefined) await touch([name]);
      return value;
    },

    async open(name: string): Promise<OpenValue<Value> | undefined> {
      const file = await openFile(fileOf(name)).catch(() => undefined);
      const bytes = await file?.readAll().catch(() => undefined);
      const value = bytes && valueIn<Value>(bytes);
      if (file === undefined || bytes === undefined || value === undefined) return undefined;
      await touch([name]);
      return { value, inFile: (array) => inFile(file, bytes, array) };
    },

    /** Whole or not at all. */
    async write(name: string, value: Value): Promise<void> {
      await mkdir(folder, { recursive: true });
      const half = `${fileOf(name)}.${process.pid}.half`;
      const bytes = serialize(value);
      const sum = Buffer.alloc(SUM_LENGTH);
      sum.writeUInt32BE(crc32(bytes));
      try {
        await writeFile(half, Buffer.concat([sum, bytes]));
        await rename(half, fileOf(name));
      } catch (error) {
        // a disk that is full would stay full
        await rm(half, { force: true });
        throw error;
      }
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

function valueIn<Value>(bytes: Buffer): Value | undefined {
  try {
    const value = bytes.subarray(SUM_LENGTH);
    return bytes.readUInt32BE() === crc32(value) ? (deserialize(value) as Value) : undefined;
  } catch {
    return undefined;
  }
}

/** What is read from bytes has its arrays in them; any other is in memory. */
function inFile(file: OpenFile, all: Buffer, array: FileBytes): FileBytes {
  const isInFile = array instanceof Uint8Array && array.buffer === all.buffer;
  return isInFile ? file.bytes(array.byteOffset - all.byteOffset, array.length) : array;
}

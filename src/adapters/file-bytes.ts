import { closeSync, open, readFile, readSync } from "node:fs";
import { promisify } from "node:util";

/** Bytes of which a few are looked at, now and then. */
export type FileBytes = Pick<Uint8Array, "subarray">;

export interface OpenFile {
  readAll(): Promise<Buffer>;
  /** `length` bytes from `start` on, read when they are looked at: microseconds where the system has them in memory. Throws if they are gone. */
  bytes(start: number, length: number): FileBytes;
}

/** Open for as long as anybody has it or bytes of it, even if another takes its name meanwhile or it is removed. */
export async function openFile(file: string): Promise<OpenFile> {
  const descriptor = await promisify(open)(file, "r");
  const opened: OpenFile = {
    readAll: () => promisify(readFile)(descriptor, null),
    bytes: (start, length) => ({
      subarray: (from = 0, to = length) => readAt(opened, descriptor, file, start + from, to - from),
    }),
  };
  unreachable.register(opened, descriptor);
  return opened;
}

const unreachable = new FinalizationRegistry<number>(closeSync);

/** @param _opened is not closed as long as it is read */
function readAt(_opened: OpenFile, descriptor: number, file: string, at: number, length: number): Uint8Array {
  const piece = new Uint8Array(length);
  const read = readSync(descriptor, piece, 0, length, at);
  if (read < length) throw new Error(`${file} was cut while it is in use; after a restart it is made again`);
  return piece;
}

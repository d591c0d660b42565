import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Instant } from "../model/time.ts";

/** A document as files: itself, and beside it the compressed bodies that there are. */
export interface Exportable {
  /** "topics/energie.rss" */
  readonly path: string;
  readonly modifiedAt?: Instant;
  readonly bodies: { readonly identity: Uint8Array } & {
    readonly [Encoding in keyof typeof SUFFIXES]?: Uint8Array;
  };
}

/** As nginx (gzip_static, brotli_static) and Caddy (precompressed) look for them. */
const SUFFIXES = { identity: "", gzip: ".gz", br: ".br", zstd: ".zst" } as const;

/** What we may remove from a folder in which others may keep files of their own, too. */
const OURS =
  /^(?:topics|sections)\/[a-z0-9-]+(?:\/corrections|\/archive\/\d+)?\.(?:rss|atom|json)(?:\.(?:gz|br|zst))?$/;

/**
 * A folder that a web server serves. No file is ever seen half written. After a loss of power a file may be empty: the
 * next start writes what is not as long and as old as it should be.
 */
export function exportFiles(folder: string) {
  return {
    /** @returns how many files were written */
    async write({ path: place, modifiedAt, bodies }: Exportable): Promise<number> {
      const wanted = Object.entries(SUFFIXES).map(([encoding, suffix]) => ({
        file: path.join(folder, place + suffix),
        body: bodies[encoding as keyof typeof SUFFIXES],
      }));
      await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
      const written = await Promise.all(wanted.map(({ file, body }) => writeOne(file, body, modifiedAt)));
      return written.filter(Boolean).length;
    },

    /** Writes a file where each kind goes, and leaves nothing behind. Throws what the system says where that fails. */
    async tryOut(): Promise<void> {
      for (const place of ["trial", "topics/trial"]) {
        const file = unfinishedAt(path.join(folder, place));
        const made = await mkdir(path.dirname(file), { recursive: true });
        try {
          await writeFile(file, "a".repeat(SOME));
        } finally {
          await rm(made ?? file, { recursive: true, force: true });
        }
      }
    },

    async remove(place: string): Promise<void> {
      for (const suffix of Object.values(SUFFIXES)) await rm(path.join(folder, place + suffix), { force: true });
      await removeEmptied(folder, place);
    },

    /** Removes documents that are no more, and what a crash left half written. @returns how many files */
    async keepOnly(isPublished: (place: string) => boolean): Promise<number> {
      const there = await readdir(folder, { recursive: true });
      const strays = there.map(withSlashes).filter((file) => isStray(file, isPublished));
      for (const file of strays) await rm(path.join(folder, file), { force: true });
      for (const file of strays) await removeEmptied(folder, file);
      return strays.length;
    },
  };
}

export type ExportFiles = ReturnType<typeof exportFiles>;

/** More than a full disk has left in the last block of a folder. */
const SOME = 64 * 1024;

/** The end of a file's name until it is complete: several processes may write into one folder. */
const UNFINISHED = /\.[\da-f]{8}\.unfinished$/;

const unfinishedAt = (file: string): string => `${file}.${randomUUID().slice(0, 8)}.unfinished`;

const withSlashes = (file: string): string => file.replaceAll(path.sep, "/");

function isStray(file: string, isPublished: (place: string) => boolean): boolean {
  const finished = file.replace(UNFINISHED, "");
  if (!OURS.test(finished)) return false;
  return finished !== file || !isPublished(finished.replace(/\.(?:gz|br|zst)$/, ""));
}

/** Folders that a topic's files leave empty: "topics/energie/archive", then "topics/energie". */
async function removeEmptied(folder: string, file: string): Promise<void> {
  for (let place = path.dirname(file); place.includes("/"); place = path.dirname(place))
    // one that is not empty, or is no more, is none to be removed
    await rmdir(path.join(folder, place)).catch(() => undefined);
}

/** Where there is no such body, the one of an earlier version must not stay. */
async function writeOne(file: string, body: Uint8Array | undefined, modifiedAt: Instant | undefined): Promise<boolean> {
  if (body === undefined) {
    await rm(file, { force: true });
    return false;
  }
  const seconds = modifiedAt === undefined ? undefined : Math.floor(modifiedAt / 1000);
  const there = await stat(file).catch(() => undefined);
  if (there?.size === body.byteLength && seconds !== undefined && Math.floor(there.mtimeMs / 1000) === seconds)
    return false;
  const unfinished = unfinishedAt(file);
  try {
    await writeFile(unfinished, body);
    if (seconds !== undefined) await utimes(unfinished, seconds, seconds);
    await rename(unfinished, file);
    return true;
  } catch (error) {
    // it is tried again: a disk that is full must not fill with what did not fit
    await rm(unfinished, { force: true });
    throw error;
  }
}

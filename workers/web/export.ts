import { bodiesOf } from "../../src/adapters/compress.ts";
import { type ExportFiles, exportFiles } from "../../src/adapters/export-files.ts";
import type { ServedDocument } from "../../src/model/published.ts";
import { type Instant, SECOND } from "../../src/model/time.ts";
import { pause } from "../pause.ts";
import type { World } from "../world.ts";

/** A full disk is tried again; what it shows meanwhile is the last that could be written. */
const AGAIN_AFTER = 5000;

export interface Source {
  document(path: string): ServedDocument | undefined;
  has(path: string): boolean;
  opml(): string;
}

/** Keeps a folder of files in step with the documents: what changes often meanwhile is written once. */
export function openExport(
  { log, metrics, now }: Pick<World, "log" | "metrics" | "now">,
  folder: string,
  source: Source,
) {
  const files = exportFiles(folder);
  const closing = new AbortController();
  const waiting = new Set<string>();
  const failed = new Set<string>();
  let failingSince: Instant | undefined;
  let working: Promise<void> | undefined;
  let trying: Promise<void> | undefined;

  /** One that cannot be written holds up no other. */
  async function writeAll(): Promise<void> {
    let trouble: { readonly err: string; readonly path: string } | undefined;
    for (const path of waiting) {
      if (closing.signal.aborted) return;
      waiting.delete(path);
      try {
        await exportDocument(files, path, source);
        failed.delete(path);
      } catch (error) {
        trouble ??= { err: String(error), path };
        failed.add(path);
      }
    }
    tellOf(trouble);
    if (failed.size > 0) trying ??= tryAgain();
  }

  /** Once when it begins and once when it is over. */
  function tellOf(trouble: object | undefined): void {
    if (failingSince === undefined && trouble !== undefined)
      log.warn({ ...trouble, failed: failed.size }, "export.failed");
    if (failingSince !== undefined && failed.size === 0) log.info("export.well-again");
    failingSince = failed.size === 0 ? undefined : (failingSince ?? now());
    metrics.exportFailed.set(failed.size);
    metrics.exportFailingSince.set((failingSince ?? 0) / SECOND);
  }

  async function tryAgain(): Promise<void> {
    await pause(AGAIN_AFTER, closing.signal);
    trying = undefined;
    touch(failed);
  }

  function touch(paths: Iterable<string>): void {
    for (const path of paths) waiting.add(path);
    working ??= writeAll().finally(() => {
      working = undefined;
      if (waiting.size > 0 && !closing.signal.aborted) touch([]);
    });
  }

  return {
    touch,

    /** All that there is, and nothing else. A Redis that lost everything leaves what the folder has. */
    async settle(paths: readonly string[]): Promise<void> {
      touch([...paths, OPML]);
      await working;
      if (paths.length === 0) return;
      // asked of what there is by then: more may have come meanwhile
      const removed = await files.keepOnly(source.has).catch(() => 0);
      if (failed.size === 0) log.info({ documents: paths.length, removed }, "export.settled");
    },

    async [Symbol.asyncDispose]() {
      closing.abort();
      await trying;
      await working;
    },
  };
}

/** Once, for those who copy the folder elsewhere. @returns how many files were written */
export async function exportOnce(folder: string, documents: World["documents"], list: string): Promise<number> {
  const files = exportFiles(folder);
  const paths = new Set(Object.keys(await documents.etags()));
  let count = await files.write(await listOf(list));
  for (const path of paths) {
    const document = await documents.document(path);
    if (document !== undefined) count += await files.write(document);
  }
  if (paths.size > 0) await files.keepOnly((path) => paths.has(path));
  return count;
}

/** The list of all feeds stands among the documents. */
export const OPML = "opml";

async function exportDocument(files: ExportFiles, path: string, source: Source): Promise<void> {
  const document = path === OPML ? await listOf(source.opml()) : source.document(path);
  if (document === undefined) await files.remove(path);
  else await files.write(document);
}

const listOf = async (opml: string) => ({ path: OPML, bodies: await bodiesOf(opml) });

import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import { valueFiles } from "../../src/adapters/value-files.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { MINUTE } from "../../src/model/time.ts";
import type { Pack, PackedPart } from "../../src/search/search.ts";
import type { World } from "../world.ts";
import type { Packing, PackingJob } from "./packing-thread.ts";

type PackerTools = Pick<World, "now"> & {
  readonly settings: Pick<Settings, "dataDir">;
  readonly log: { warn(facts: object, event: string): void };
};

const THREADS = 2;
/** Others in this thread wait for so many to be written out. */
const WRITTEN_AT_ONCE = 100;

/** Packs parts of the search index off the main thread, each once: after a restart they are read from files. */
export function openPacker({ settings, log, now }: PackerTools) {
  const folder = path.join(settings.dataDir, "search");
  const files = valueFiles<PackedPart>(folder);
  const threads = threadPool<PackingJob, Packing>(new URL("./packing-thread.ts", import.meta.url), {
    threads: THREADS,
    deadlineMs: MINUTE,
    isRarelyUsed: true,
    transfer: ({ bundles }) => bundles.map(({ buffer }) => buffer),
  });
  let [isWritable, isClosing] = [true, false];

  const pack: Pack = async (placed) => {
    try {
      const answer = await packed(await bundlesOf(placed));
      if (answer.kind === "kept") return { part: await partOf(answer.name), name: answer.name };
      giveUp(answer.trouble);
      return { part: answer.part };
    } catch (error) {
      // they stay as they are, which takes much more memory
      if (!isClosing) log.warn({ err: String(error) }, "search.part-not-packed");
      throw error;
    }
  };

  async function packed(bundles: PackingJob["bundles"]): Promise<Packing> {
    const run = await threads.run({ bundles, folder });
    if (run.kind === "done") return run.answer;
    throw new Error(run.kind === "died" ? run.why : "packing took too long");
  }

  async function partOf(name: string): Promise<PackedPart> {
    const part = await read(name);
    if (part === undefined) throw new Error(`${name} in ${folder} was there a moment ago`);
    return part;
  }

  /** A part by its name, if it is still there and whole. Its items stay in the file. */
  async function read(name: string): Promise<PackedPart | undefined> {
    const file = await files.open(name);
    if (file === undefined) return undefined;
    const { records, ...rest } = file.value;
    return await withOwnMemory({ ...rest, records: { ...records, blocks: file.inFile(records.blocks) } });
  }

  function giveUp(error: string): void {
    if (isWritable) log.warn({ err: error }, "search.parts-not-kept");
    isWritable = false;
  }

  return {
    pack,
    read,
    /** These are in use, however long ago they were read; others that nobody has used for days go. */
    async keep(names: readonly string[]): Promise<void> {
      await files.touch(names);
      await files.sweep(now());
    },
    async [Symbol.asyncDispose](): Promise<void> {
      isClosing = true;
      await threads[Symbol.asyncDispose]();
    },
  };
}

/** A thread would get thousands of objects in one go, which takes longer than others may wait. */
async function bundlesOf(placed: Iterable<Placed>): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const bundles: Uint8Array<ArrayBuffer>[] = [];
  let some: Placed[] = [];
  const bundle = (): void => {
    bundles.push(encoder.encode(JSON.stringify(some)));
    some = [];
  };
  for (const one of placed) {
    if (some.push(one) < WRITTEN_AT_ONCE) continue;
    bundle();
    await setImmediate();
  }
  if (some.length > 0) bundle();
  return bundles;
}

const encoder = new TextEncoder();

/** Arrays that were read from a file keep all of the file in memory. */
async function withOwnMemory(part: PackedPart): Promise<PackedPart> {
  const { glimpses, records, dictionary } = part;
  return {
    ...(await owned(part)),
    ...{ glimpses: await owned(glimpses), records: await owned(records), dictionary: await owned(dictionary) },
  };
}

/** Some megabytes each, one a turn. */
async function owned<Columns extends object>(columns: Columns): Promise<Columns> {
  const own: [string, unknown][] = [];
  for (const [name, column] of Object.entries(columns)) {
    own.push([name, copied(column)]);
    await setImmediate();
  }
  return Object.fromEntries(own) as Columns;
}

/** A Buffer's own slice() would copy nothing. */
function copied(column: unknown): unknown {
  if (column instanceof Uint8Array) return new Uint8Array(column);
  return ArrayBuffer.isView(column) ? (column as Uint32Array).slice() : column;
}

export type Packer = ReturnType<typeof openPacker>;

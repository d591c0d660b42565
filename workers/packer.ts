import { createHash } from "node:crypto";
import path from "node:path";
import { threadPool } from "../src/adapters/thread-pool.ts";
import { valueFiles } from "../src/adapters/value-files.ts";
import type { Settings } from "../src/model/settings.ts";
import { MINUTE } from "../src/model/time.ts";
import type { Pack, PackedPart, Text } from "../src/search/search.ts";
import type { World } from "./world.ts";

type PackerTools = Pick<World, "now"> & {
  readonly settings: Pick<Settings, "dataDir">;
  readonly log: { warn(facts: object, event: string): void };
};

const THREADS = 2;
/** To be raised where parts are packed in another way. */
const VERSION = "1";

/** Packs parts of the search index off the main thread, each once: after a restart they are read from files. */
export function openPacker({ settings, log, now }: PackerTools): AsyncDisposable & { readonly pack: Pack } {
  const files = valueFiles<PackedPart>(path.join(settings.dataDir, "search"));
  const threads = threadPool<readonly Text[], PackedPart>(new URL("./packing-thread.ts", import.meta.url), {
    threads: THREADS,
    deadlineMs: MINUTE,
  });
  let isWritable = true;

  async function pack(texts: readonly Text[]): Promise<PackedPart> {
    const name = nameOf(texts);
    const kept = await files.read(name);
    if (kept?.ids.length === texts.length && texts.every(({ id }, n) => kept.ids[n] === id)) return kept;
    const run = await threads.run(texts);
    if (run.kind !== "done") throw new Error(run.kind === "died" ? run.why : "packing took too long");
    if (isWritable) await files.write(name, run.answer).catch(giveUp);
    return run.answer;
  }

  function giveUp(error: unknown): void {
    isWritable = false;
    log.warn({ err: String(error) }, "search.parts-not-kept");
  }

  return {
    pack,
    async [Symbol.asyncDispose]() {
      await threads[Symbol.asyncDispose]();
      await files.sweep(now()).catch(giveUp);
    },
  };
}

/** The same texts have the same name. */
function nameOf(texts: readonly Text[]): string {
  const sum = createHash("sha256").update(VERSION);
  for (const { id, arrivedAt, title, teaser = "" } of texts) sum.update(`\0${id}\n${arrivedAt}\n${title}\n${teaser}`);
  return sum.digest("hex").slice(0, 32);
}

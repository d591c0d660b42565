import { createHash } from "node:crypto";
import { platform, setPriority } from "node:os";
import { threadWork } from "../../src/adapters/thread-pool.ts";
import { valueFiles } from "../../src/adapters/value-files.ts";
import type { Placed } from "../../src/model/news.ts";
import { type PackedPart, pack } from "../../src/search/search.ts";

export interface PackingJob {
  /** JSON of some items each */
  readonly bundles: readonly Uint8Array<ArrayBuffer>[];
  /** where parts are kept */
  readonly folder: string;
}

export type Packing =
  | { readonly kind: "kept"; readonly name: string }
  | { readonly kind: "not kept"; readonly part: PackedPart; readonly trouble: string };

/** To be raised where parts are packed in another way. */
const VERSION = "5";

/** Readers go first. On Linux alone a priority is a thread's own; elsewhere it would be that of the whole process. */
const BEHIND_OTHERS = 10;
if (platform() === "linux") setPriority(BEHIND_OTHERS);

/** What the threads that pack the search index run (src/adapters/thread-pool.ts): each part once, then it is in a file. */
export const work = threadWork<PackingJob, Packing>(async ({ bundles, folder }) => {
  const files = valueFiles<PackedPart>(folder);
  const name = nameOf(bundles);
  if ((await files.read(name)) !== undefined) return { kind: "kept", name };
  const part = pack(bundles.flatMap((bundle) => JSON.parse(decoder.decode(bundle)) as readonly Placed[]));
  try {
    await files.write(name, part);
    return { kind: "kept", name };
  } catch (error) {
    return { kind: "not kept", part, trouble: String(error) };
  }
});

const decoder = new TextDecoder();

/** The same items have the same name. */
function nameOf(bundles: PackingJob["bundles"]): string {
  const sum = createHash("sha256").update(VERSION);
  for (const bundle of bundles) sum.update(bundle);
  return sum.digest("hex").slice(0, 32);
}

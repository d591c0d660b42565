import { createHash } from "node:crypto";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { packLines, unpackLines } from "../../src/adapters/packed-lines.ts";
import { readJson } from "../../src/adapters/read-json.ts";
import { valueFiles } from "../../src/adapters/value-files.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Instant, MINUTE } from "../../src/model/time.ts";
import { MEANING } from "../../src/query/query.ts";
import type { Changed, SealedPart, SearchIndex } from "../../src/search/search.ts";
import type { Packer } from "./packer.ts";

/** What the index was when it was saved, beside its packed parts. */
export interface Snapshot {
  /** of the stream "decided": what came after it is still to be told */
  readonly position: string;
  readonly parts: readonly SealedPart[];
  readonly changed: Iterable<Changed>;
}

const NAME = "newsroom";
/** To be raised where it is written in another way. */
const VERSION = 2;
/** Others wait for so many to be restored. */
const RESTORED_AT_ONCE = 10;

/** What a crash costs: so much of the news is told again at the next start. */
const EVERY = 5 * MINUTE;

/** Saves where an index stands, so that another run goes on from there, as if it had only been away for a moment. */
export function openSnapshots(
  { settings, log }: SnapshotTools,
  packer: Pick<Packer, "read" | "keep">,
  search: SearchIndex,
) {
  const files = valueFiles<Buffer>(path.join(settings.dataDir, "search"));
  const madeWith = fingerprintOf(settings);
  let saved = { version: search.version, at: 0 };

  /** The index must not change meanwhile. */
  async function save(position: string): Promise<void> {
    const parts = search.sealed();
    const head: Head = { madeWith, position, parts };
    try {
      await files.write(NAME, await packLines(written(head, search.changed())));
      await packer.keep(parts.map(({ name }) => name));
    } catch (error) {
      log.warn({ err: String(error) }, "search.snapshot-not-kept");
    }
  }

  return {
    /** Undefined: there is none, or it was made with other settings, or it is broken. */
    async read(): Promise<Snapshot | undefined> {
      const packed = await files.read(NAME);
      const lines = packed && (await unpackLines(packed))[Symbol.iterator]();
      const head = readJson<Head>(lines?.next().value ?? null);
      if (lines === undefined || head?.madeWith !== madeWith) return undefined;
      return { position: head.position, parts: head.parts, changed: read(lines) };
    },

    /** Parts that are gone or broken leave a gap: their items are not there. */
    async restore({ parts, changed }: Snapshot): Promise<void> {
      for (const sealed of parts) {
        const part = await packer.read(sealed.name);
        await setImmediate();
        if (part !== undefined) await search.restore(part, sealed);
        await setImmediate();
      }
      let restored = 0;
      for (const one of changed) {
        search.restoreChange(one);
        if (++restored % RESTORED_AT_ONCE === 0) await setImmediate();
      }
    },

    save,

    async saveNowAndThen(position: string, now: Instant): Promise<void> {
      if (Math.abs(now - saved.at) < EVERY || search.version === saved.version) return;
      saved = { version: search.version, at: now };
      await save(position);
    },
  };
}

export type Snapshots = ReturnType<typeof openSnapshots>;

interface SnapshotTools {
  readonly settings: Pick<Settings, "dataDir" | "feeds">;
  readonly log: { warn(facts: object, event: string): void };
}

interface Head extends Pick<Snapshot, "position" | "parts"> {
  readonly madeWith: string;
}

/** What is left out of memory hangs on which feeds republish their texts; the words of packed parts on how they are read. */
function fingerprintOf({ feeds }: Pick<Settings, "feeds">): string {
  const withText = feeds.flatMap(({ id, fullContent }) => (fullContent ? [id] : []));
  return createHash("sha256")
    .update(JSON.stringify([VERSION, MEANING, withText]))
    .digest("hex");
}

function* written(head: Head, changed: Iterable<Changed>): Generator<string> {
  yield JSON.stringify(head);
  for (const one of changed) yield JSON.stringify(one);
}

function* read(lines: Iterator<string>): Generator<Changed> {
  for (let line = lines.next(); line.done !== true; line = lines.next()) {
    const changed = readJson<Changed>(line.value);
    if (changed !== undefined) yield changed;
  }
}

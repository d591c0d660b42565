import type { Redis } from "ioredis";
import type { Keys } from "../../src/adapters/keys.ts";
import { readJson } from "../../src/adapters/read-json.ts";
import { readInTime } from "../../src/adapters/redis-connection.ts";
import type { ItemId } from "../../src/model/ids.ts";
import type { DeskOutcome } from "../../src/model/news.ts";
import { SECOND } from "../../src/model/time.ts";

/** What the desk and the publishers said since we last listened. */
export type Told =
  | { readonly kind: "outcome"; readonly outcome: DeskOutcome }
  | { readonly kind: "swept"; readonly items: readonly ItemId[] }
  | { readonly kind: "swapped"; readonly path: string };

export interface Position {
  readonly decided: string;
  readonly swapped: string;
}

const BATCH = 500;
const WAIT = 2 * SECOND;

/** Follows the streams "decided" and "swapped" with a connection of its own. */
export function openTail(blocking: Redis, keys: Keys) {
  return {
    /** The end of both streams as they are now: taken before everything else is loaded, so that nothing is missed. */
    async end(): Promise<Position> {
      const [decided, swapped] = await Promise.all(
        [keys.decided, keys.swapped].map(async (key) => (await blocking.xrevrange(key, "+", "-", "COUNT", 1))[0]?.[0]),
      );
      return { decided: decided ?? "0-0", swapped: swapped ?? "0-0" };
    },

    /** Have entries after the position been trimmed away, so that only loading everything anew helps? */
    async hasGap(position: Position): Promise<boolean> {
      const [first] = await blocking.xrange(keys.decided, "-", "+", "COUNT", 1);
      const known = await blocking.xrange(keys.decided, position.decided, position.decided);
      return position.decided !== "0-0" && known.length === 0 && first !== undefined;
    },

    async next(position: Position): Promise<{ readonly told: readonly Told[]; readonly position: Position }> {
      const streams = [keys.decided, keys.swapped, position.decided, position.swapped] as const;
      const answer = await readInTime(blocking, WAIT, () =>
        blocking.xread("COUNT", BATCH, "BLOCK", WAIT, "STREAMS", ...streams),
      );
      const told: Told[] = [];
      let { decided, swapped } = position;
      for (const [stream, entries] of answer ?? [])
        for (const [id, [field, value]] of entries) {
          if (stream === keys.decided) decided = id;
          else swapped = id;
          const heard = readTold(field, value);
          if (heard !== undefined) told.push(heard);
        }
      return { told, position: { decided, swapped } };
    },
  };
}

function readTold(field: string | undefined, value: string | undefined): Told | undefined {
  if (value === undefined) return undefined;
  const outcome = field === "outcome" ? readJson<DeskOutcome>(value) : undefined;
  if (outcome !== undefined) return { kind: "outcome", outcome };
  const items = field === "swept" ? readJson<ItemId[]>(value) : undefined;
  if (items !== undefined) return { kind: "swept", items };
  return field === "path" ? { kind: "swapped", path: value } : undefined;
}

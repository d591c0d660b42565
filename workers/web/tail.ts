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
  | { readonly kind: "swapped"; readonly path: string }
  /** Which documents were swapped meanwhile nobody knows any more, so all are to be asked for. */
  | { readonly kind: "missed" };

export interface Position {
  readonly decided: string;
  readonly swapped: string;
}

interface News {
  readonly told: readonly Told[];
  readonly position: Position;
}

/** Of a stream in which there is nothing. */
const START = "0-0";
const BATCH = 500;
const WAIT = 2 * SECOND;

/** Follows the streams "decided" and "swapped" with a connection of its own. */
export function openTail(blocking: Redis, keys: Keys) {
  /** Trimming takes the oldest, and a Redis that was emptied or restored has others. */
  async function isGone(key: string, position: string): Promise<boolean> {
    if (position === START || (await blocking.xrange(key, position, position)).length > 0) return false;
    return (await blocking.exists(key)) === 1;
  }

  /**
   * May entries have gone unread before these that follow the position? Trimming leaves more than a batch, so it is asked
   * where one came full, and where nothing came: a restored Redis may end before the position. One that was emptied
   * begins anew with few, and what readers have stays until there is something to take its place.
   */
  async function hasGap(key: string, position: string, { length }: readonly Entry[]): Promise<boolean> {
    if (length > 0 && length < BATCH) return false;
    return position === START ? length > 0 : isGone(key, position);
  }

  const endOf = async (key: string): Promise<string> =>
    (await blocking.xrevrange(key, "+", "-", "COUNT", 1))[0]?.[0] ?? START;

  return {
    /** The end of both streams as they are now: taken before everything else is loaded, so that nothing is missed. */
    async end(): Promise<Position> {
      const [decided, swapped] = await Promise.all([endOf(keys.decided), endOf(keys.swapped)]);
      return { decided, swapped };
    },

    /** Is it another Redis by now, or has it forgotten what was decided up to a position, and perhaps what came after it? */
    hasForgotten: (decided: string): Promise<boolean> => isGone(keys.decided, decided),

    /** @returns undefined: something that was decided is missed, and only loading everything anew helps */
    async next(position: Position): Promise<News | undefined> {
      const streams = [keys.decided, keys.swapped, position.decided, position.swapped] as const;
      return readInTime(blocking, WAIT, async () => {
        const answer = await blocking.xread("COUNT", BATCH, "BLOCK", WAIT, "STREAMS", ...streams);
        const read = new Map(answer);
        const [decided = [], swapped = []] = [read.get(keys.decided), read.get(keys.swapped)];
        // asked after reading: what is still there now was there then
        const [isMissed, areMissed] = await Promise.all([
          hasGap(keys.decided, position.decided, decided),
          hasGap(keys.swapped, position.swapped, swapped),
        ]);
        if (isMissed) return undefined;
        return {
          told: [...decided.flatMap(toldIn), ...(areMissed ? [{ kind: "missed" } as const] : swapped.flatMap(toldIn))],
          position: {
            decided: decided.at(-1)?.[0] ?? position.decided,
            swapped: areMissed ? await endOf(keys.swapped) : (swapped.at(-1)?.[0] ?? position.swapped),
          },
        };
      });
    },
  };
}

type Entry = readonly [id: string, fields: readonly string[]];

function toldIn([, [field, value]]: Entry): readonly Told[] {
  if (value === undefined) return [];
  const outcome = field === "outcome" ? readJson<DeskOutcome>(value) : undefined;
  if (outcome !== undefined) return [{ kind: "outcome", outcome }];
  const items = field === "swept" ? readJson<ItemId[]>(value) : undefined;
  if (items !== undefined) return [{ kind: "swept", items }];
  return field === "path" ? [{ kind: "swapped", path: value }] : [];
}

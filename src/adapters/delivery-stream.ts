import type { Redis } from "ioredis";
import type { DeliveryEntry } from "../model/delivery.ts";
import type { TopicId } from "../model/ids.ts";
import type { Fresh } from "../model/published.ts";
import type { Duration } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { readInTime } from "./redis-connection.ts";

/** An entry as a reader of the group gets it; undefined where it cannot be read. */
export interface Delivery {
  readonly id: string;
  readonly entry: DeliveryEntry | undefined;
}

/** Entries that a reader was given and did not finish. */
export interface LostDelivery extends Delivery {
  /** how often somebody was given it */
  readonly tries: number;
}

const GROUP = "deliver";
const BATCH = 100;

/** The stream of deliveries as a group of readers sees it: each entry is one reader's, until he has settled it. */
export function deliveryStream(redis: Redis, keys: Keys, reader: string) {
  const stream = keys.deliveries;

  return {
    /** Makes the group where there is none yet; a Redis that was emptied has lost it. */
    async join(): Promise<void> {
      try {
        await redis.xgroup("CREATE", stream, GROUP, "0", "MKSTREAM");
      } catch (error) {
        if (!String(error).includes("BUSYGROUP")) throw error;
      }
    },

    /** What nobody was given yet; waits for it on a connection that is used for nothing else. */
    async next(blocking: Redis, wait: Duration): Promise<readonly Delivery[]> {
      const answer = (await readInTime(blocking, wait, () =>
        blocking.xreadgroup(
          ...(["GROUP", GROUP, reader, "COUNT", BATCH, "BLOCK", wait, "STREAMS", stream, ">"] as const),
        ),
      )) as [string, RawEntry[]][] | null;
      return (answer ?? []).flatMap(([, entries]) => entries.map(deliveryOf));
    },

    /** Takes over what other readers, or we ourselves, did not settle within `idle`. */
    async lost(idle: Duration): Promise<readonly LostDelivery[]> {
      const pending = (await redis.xpending(stream, GROUP, "IDLE", idle, "-", "+", BATCH)) as Pending[];
      if (pending.length === 0) return [];
      const tries = new Map(pending.map(([id, , , times]) => [id, times]));
      const ids = pending.map(([id]) => id);
      const claimed = (await redis.xclaim(stream, GROUP, reader, idle, ...ids)) as (RawEntry | null)[];
      return claimed
        .filter((raw) => raw !== null)
        .map((raw) => ({ ...deliveryOf(raw), tries: tries.get(raw[0]) ?? 1 }));
    },

    async settle(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await redis.xack(stream, GROUP, ...ids);
    },

    /** One entry, as long as the stream has it. */
    async entry(id: string): Promise<DeliveryEntry | undefined> {
      const [raw] = (await redis.xrange(stream, id, id)) as RawEntry[];
      return raw && deliveryOf(raw).entry;
    },

    /** Readers that are gone: what they left was taken over. */
    async forgetReaders(idle: Duration): Promise<void> {
      const readers = (await redis.xinfo("CONSUMERS", stream, GROUP)) as (string | number)[][];
      for (const fields of readers) {
        const about = new Map(fields.map((name, at) => [name, fields[at + 1]]));
        if (Number(about.get("pending")) === 0 && Number(about.get("idle")) > idle)
          await redis.xgroup("DELCONSUMER", stream, GROUP, String(about.get("name")));
      }
    },

    async leave(): Promise<void> {
      const [, , , pending = []] = (await redis.xpending(stream, GROUP)) as [number, string, string, string[][] | null];
      if (!(pending ?? []).some(([name]) => name === reader)) await redis.xgroup("DELCONSUMER", stream, GROUP, reader);
    },
  };
}

export type DeliveryStream = ReturnType<typeof deliveryStream>;

type RawEntry = [id: string, fields: string[]];
type Pending = [id: string, reader: string, idle: number, tries: number];

function deliveryOf([id, fields]: RawEntry): Delivery {
  const values = new Map(fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1]]] : [])));
  const [path, topic, etag] = [values.get("path"), values.get("topic"), values.get("etag")];
  const fresh = readJson<Fresh>(values.get("fresh") ?? null);
  if (path === undefined || topic === undefined || etag === undefined || fresh === undefined)
    return { id, entry: undefined };
  return { id, entry: { id, path, topic: topic as TopicId, etag, fresh } };
}

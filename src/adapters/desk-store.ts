import type { Redis } from "ioredis";
import type { ItemId, StoryId, TopicId } from "../model/ids.ts";
import type { Decision, DeskOutcome, NewsEntry } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const takeScript = redisScript("take-desk");
const commitScript = redisScript("desk-commit");
const saveScript = redisScript("save-snapshot");

export interface NewsAt {
  readonly position: string;
  /** absent where it cannot be read: passed over, not waited for */
  readonly entry?: NewsEntry;
}

/** One decision as it is written, with the topics whose query the item matches. */
export interface Placement {
  readonly decision: Decision;
  readonly arrivedAt: Instant;
  readonly topics: readonly TopicId[];
}

export interface DeskBatch {
  readonly fence: number;
  readonly from: string;
  readonly to: string;
  readonly outcomes: readonly DeskOutcome[];
  readonly placements: readonly Placement[];
}

export const STREAM_START = "0-0";

/** What the one desk reads and writes. `blocking` is a connection of its own: a blocking read holds its connection. */
export function deskStore(redis: Redis, blocking: Redis, keys: Keys) {
  return {
    /** @returns the fence to write with, or undefined where another desk is alive */
    async take(owner: string, now: Instant, lease: Duration): Promise<number | undefined> {
      return Number(await takeScript(redis, [keys.desk], [owner, now, lease])) || undefined;
    },

    async giveBack(owner: string): Promise<void> {
      if ((await redis.hget(keys.desk, "owner")) === owner) await redis.hset(keys.desk, "expiresAt", 0);
    },

    async memory(): Promise<{
      readonly position: string;
      readonly snapshotPosition: string;
      readonly snapshot?: string;
    }> {
      const [position, snapshotPosition] = await redis.hmget(keys.desk, "position", "snapshotPosition");
      const snapshot = await redis.get(keys.snapshot);
      return {
        position: position ?? STREAM_START,
        snapshotPosition: snapshotPosition ?? STREAM_START,
        ...(snapshot === null ? {} : { snapshot }),
      };
    },

    /** News after a position, in order; waits up to `wait` for the first. */
    async news(after: string, count: number, wait: Duration): Promise<readonly NewsAt[]> {
      const answer =
        wait > 0
          ? await blocking.xread("COUNT", count, "BLOCK", wait, "STREAMS", keys.news, after)
          : await blocking.xread("COUNT", count, "STREAMS", keys.news, after);
      return (answer?.[0]?.[1] ?? []).map(([position, fields]) => {
        const entry = readJson<NewsEntry>(fields[1] ?? null);
        return entry === undefined ? { position } : { position, entry };
      });
    },

    /** @returns the topics that were touched, or undefined where the fence moved on and nothing was written */
    async commit(batch: DeskBatch): Promise<readonly TopicId[] | undefined> {
      const answer = await commitScript(
        redis,
        [keys.desk, keys.decided, keys.aliases, keys.touched, keys.items],
        [
          batch.fence,
          batch.from,
          batch.to,
          keys.place(""),
          keys.topic(""),
          keys.story(""),
          JSON.stringify(toLua(batch)),
        ],
      );
      return Array.isArray(answer) ? (answer as TopicId[]) : undefined;
    },

    async saveSnapshot(fence: number, position: string, snapshot: string): Promise<boolean> {
      return (await saveScript(redis, [keys.desk, keys.snapshot, keys.news], [fence, position, snapshot])) === 1;
    },

    async aliases(): Promise<ReadonlyMap<StoryId, StoryId>> {
      return new Map(Object.entries(await redis.hgetall(keys.aliases)) as [StoryId, StoryId][]);
    },

    /** An editor's correction goes the way of all news. @returns its position */
    async correct(entry: Extract<NewsEntry, { kind: "corrected" }>): Promise<string> {
      return (await redis.xadd(keys.news, "*", "entry", JSON.stringify(entry))) ?? STREAM_START;
    },

    /** Has a desk committed what came of the news at this position? */
    async hasRead(position: string): Promise<boolean> {
      const read = (await redis.hget(keys.desk, "position")) ?? STREAM_START;
      return !isAfter(position, read);
    },

    async backlog(position: string): Promise<number> {
      return (await redis.xrange(keys.news, `(${position}`, "+", "COUNT", 1000)).length;
    },
  };
}

function toLua(batch: DeskBatch) {
  return {
    outcomes: batch.outcomes.map((outcome) => JSON.stringify(outcome)),
    places: batch.placements.map(({ decision, arrivedAt, topics }) => ({
      item: decision.item,
      story: decision.story,
      arrivedAt,
      topics,
      fields: [
        ...["story", decision.story, "storyIri", decision.storyIri, "reasons", JSON.stringify(decision.reasons)],
        ...(decision.section === undefined ? [] : ["section", decision.section]),
        ...(decision.copyOf === undefined ? [] : ["copyOf", decision.copyOf]),
        ...(decision.leads === undefined ? [] : ["leads", "1"]),
      ],
      unset: [
        ...(decision.section === undefined ? ["section"] : []),
        ...(decision.copyOf === undefined ? ["copyOf"] : []),
        ...(decision.leads === undefined ? ["leads"] : []),
      ],
    })),
    moved: batch.outcomes.flatMap((outcome) => outcome.moved),
    aliases: batch.outcomes.flatMap((outcome) => outcome.aliases.map(({ from, into }) => [from, into])),
    revived: batch.outcomes.flatMap(({ revived = [] }) => revived),
    withdrawn: batch.outcomes.flatMap((outcome) => outcome.withdrawn) as readonly ItemId[],
  };
}

/** Stream positions are "milliseconds-sequence". */
export function isAfter(a: string, b: string): boolean {
  const [aMs = 0, aSeq = 0] = a.split("-").map(Number);
  const [bMs = 0, bSeq = 0] = b.split("-").map(Number);
  return aMs === bMs ? aSeq > bSeq : aMs > bMs;
}

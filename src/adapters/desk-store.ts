import type { Redis } from "ioredis";
import type { ItemId, StoryId, TopicId } from "../model/ids.ts";
import type { Decision, DeskOutcome, NewsEntry } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { packLines, unpackLines } from "./packed-lines.ts";
import { readJson } from "./read-json.ts";
import { readInTime } from "./redis-connection.ts";
import { redisScript } from "./redis-script.ts";

const takeScript = redisScript("take-desk");
const giveBackScript = redisScript("give-back-desk");
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
  readonly withdrawals: readonly Withdrawal[];
}

interface Withdrawal {
  readonly item: ItemId;
  readonly at: Instant;
}

export const STREAM_START = "0-0";
const ALIASES_A_TRIP = 500;
/** Stories that became part of stories that became part of others: seldom more than three in a row. */
const MOST_HOPS = 20;

/** What the one desk reads and writes. `blocking` is a connection of its own: a blocking read holds its connection. */
export function deskStore(redis: Redis, blocking: Redis, keys: Keys) {
  return {
    /** @returns the fence to write with, or undefined where another desk is alive */
    async take(owner: string, lease: Duration): Promise<number | undefined> {
      return Number(await takeScript(redis, [keys.desk], [owner, lease])) || undefined;
    },

    /** Whether a desk is at work; without one nothing that is changed takes effect. */
    async isTaken(): Promise<boolean> {
      const [expiresAt, [seconds]] = await Promise.all([redis.hget(keys.desk, "expiresAt"), redis.time()]);
      return Number(expiresAt ?? 0) > Number(seconds) * 1000;
    },

    async giveBack(owner: string): Promise<void> {
      await giveBackScript(redis, [keys.desk], [owner]);
    },

    async memory(): Promise<{
      readonly position: string;
      readonly snapshotPosition: string;
      /** no lines where it is broken */
      readonly snapshot?: Iterable<string>;
    }> {
      const [position, snapshotPosition] = await redis.hmget(keys.desk, "position", "snapshotPosition");
      const snapshot = await redis.getBuffer(keys.snapshot);
      return {
        position: position ?? STREAM_START,
        snapshotPosition: snapshotPosition ?? STREAM_START,
        ...(snapshot === null ? {} : { snapshot: await unpackLines(snapshot) }),
      };
    },

    /** News after a position, in order; waits up to `wait` for the first. */
    async news(after: string, count: number, wait: Duration): Promise<readonly NewsAt[]> {
      const answer =
        wait > 0
          ? await readInTime(blocking, wait, () =>
              blocking.xread("COUNT", count, "BLOCK", wait, "STREAMS", keys.news, after),
            )
          : await blocking.xread("COUNT", count, "STREAMS", keys.news, after);
      return (answer?.[0]?.[1] ?? []).map(([position, fields]) => {
        const entry = readJson<NewsEntry>(fields[1] ?? null);
        return entry === undefined ? { position } : { position, entry };
      });
    },

    /** @returns the topics that were touched, or undefined where it was refused: another desk leads, or Redis lost news */
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
          keys.withdrawn(""),
        ],
      );
      return Array.isArray(answer) ? (answer as TopicId[]) : undefined;
    },

    /** @returns false where it was refused as a commit is */
    async saveSnapshot(fence: number, position: string, lines: Iterable<string>): Promise<boolean> {
      const packed = await packLines(lines);
      return (await saveScript(redis, [keys.desk, keys.snapshot, keys.news], [fence, position, packed])) === 1;
    },

    async aliases(): Promise<ReadonlyMap<StoryId, StoryId>> {
      return new Map(Object.entries(await redis.hgetall(keys.aliases)) as [StoryId, StoryId][]);
    },

    /** What stories are called now, by ids of which some are those of stories that became part of others. */
    async living(ids: readonly StoryId[]): Promise<ReadonlyMap<StoryId, StoryId>> {
      const living = new Map(ids.map((id) => [id, id]));
      for (let hop = 0; hop < MOST_HOPS && living.size > 0; hop += 1) {
        const names = [...living.values()];
        const next = await redis.hmget(keys.aliases, ...names);
        if (next.every((name) => name === null)) break;
        for (const [at, id] of [...living.keys()].entries()) living.set(id, (next[at] ?? names[at]) as StoryId);
      }
      return living;
    },

    /**
     * An alias lives as long as the story that it leads to: with the last item of that, its page is gone.
     * @param isTold what the desk may yet add to, whatever was swept
     * @returns how many were forgotten
     */
    async forgetAliases(isTold: (story: StoryId) => boolean): Promise<number> {
      const aliases = await this.aliases();
      const leads = [...aliases.keys()].map((from) => [from, lastOf(aliases, from)] as const);
      let forgotten = 0;
      for (let at = 0; at < leads.length; at += ALIASES_A_TRIP) {
        const doubtful = leads.slice(at, at + ALIASES_A_TRIP).filter(([, into]) => !isTold(into));
        const pipeline = redis.pipeline();
        for (const [, into] of doubtful) pipeline.exists(keys.story(into));
        const answers = (await pipeline.exec()) ?? [];
        const gone = doubtful.flatMap(([from], n) => (answers[n]?.[1] === 0 ? [from] : []));
        if (gone.length > 0) forgotten += await redis.hdel(keys.aliases, ...gone);
      }
      return forgotten;
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

/** Merges of merges: each alias leads to the next. */
function lastOf(aliases: ReadonlyMap<StoryId, StoryId>, story: StoryId): StoryId {
  const passed = new Set<StoryId>();
  let last = story;
  for (let next = aliases.get(last); next !== undefined && !passed.has(next); next = aliases.get(last)) {
    passed.add(last);
    last = next;
  }
  return last;
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
        ...(decision.alsoIn === undefined ? [] : ["alsoIn", decision.alsoIn.join(",")]),
        ...(decision.copyOf === undefined ? [] : ["copyOf", decision.copyOf]),
        ...(decision.leads === undefined ? [] : ["leads", decision.leadsSince ?? 0]),
        ...(decision.related === undefined ? [] : ["related", JSON.stringify(decision.related)]),
      ],
      unset: [
        ...(decision.section === undefined ? ["section"] : []),
        ...(decision.alsoIn === undefined ? ["alsoIn"] : []),
        ...(decision.copyOf === undefined ? ["copyOf"] : []),
        ...(decision.leads === undefined ? ["leads"] : []),
        ...(decision.related === undefined ? ["related"] : []),
      ],
    })),
    moved: batch.outcomes.flatMap((outcome) => outcome.moved),
    ...namesAfter(batch.outcomes),
    withdrawn: batch.withdrawals,
  };
}

/** A name may be revived and given away again within one batch: the last word counts. */
function namesAfter(outcomes: DeskBatch["outcomes"]) {
  const aliases = new Map<StoryId, StoryId>();
  const revived = new Set<StoryId>();
  for (const outcome of outcomes) {
    for (const name of outcome.revived ?? []) {
      aliases.delete(name);
      revived.add(name);
    }
    for (const { from, into } of outcome.aliases) {
      revived.delete(from);
      aliases.set(from, into);
    }
  }
  return { aliases: [...aliases], revived: [...revived] };
}

/** Stream positions are "milliseconds-sequence". */
export function isAfter(a: string, b: string): boolean {
  const [aMs = 0, aSeq = 0] = a.split("-").map(Number);
  const [bMs = 0, bSeq = 0] = b.split("-").map(Number);
  return aMs === bMs ? aSeq > bSeq : aMs > bMs;
}

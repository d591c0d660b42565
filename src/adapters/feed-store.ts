import type { Redis } from "ioredis";
import { type FeedState, NEW_FEED_STATE } from "../model/feed.ts";
import type { FeedId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { KnownItem } from "../model/known-item.ts";
import type { NewsEntry } from "../model/news.ts";
import { DAY, type Duration, HOUR, type Instant } from "../model/time.ts";
import { gather } from "./gather.ts";
import { fieldsOf } from "./in-slices.ts";
import type { Keys } from "./keys.ts";
import { forgettable, readKnown, writeKnown } from "./known-item.ts";
import { readJson } from "./read-json.ts";
import { redisScript, type ScriptArgument } from "./redis-script.ts";

const claimScript = redisScript("claim");
const takeLeasesScript = redisScript("take-leases");
const commitScript = redisScript("commit");
const commitQuietScript = redisScript("commit-quiet");
const postponeScript = redisScript("postpone");
const pullBackScript = redisScript("pull-back");

/** Members a command: large enough to be quick, small enough not to hold Redis up. */
const BATCH = 1000;
/** Older ones are of no use: a day after the last whole reading all is read again. */
const RECOLLECTION_KEPT: Duration = DAY + HOUR;
/** A feed that has not changed for so long begins anew. */
const ATTENDANCE_KEPT: Duration = 30 * DAY;

export interface Claim {
  readonly feed: FeedId;
  readonly wasDueAt: Instant;
}

/** The right to poll a feed and to write what came of it, and what is remembered of it. */
export interface Lease {
  readonly feed: FeedId;
  readonly token: string;
  readonly state: FeedState;
}

interface LeaseRequest {
  readonly feed: FeedId;
  readonly token: string;
}

interface LeaseTimes {
  readonly now: Instant;
  readonly lease: Duration;
  /** a feed that was polled since then is refused */
  readonly claimedAt: Instant;
}

type LeaseAnswer =
  | (Lease & { readonly kind: "taken" })
  | { readonly kind: "refused"; readonly feed: FeedId; readonly why: string };

/** Everything that one poll came to. */
export interface Commit {
  readonly feed: FeedId;
  readonly token: string;
  readonly state: FeedState;
  readonly nextDueAt: Instant;
  readonly items: readonly { readonly item: Item; readonly news?: NewsEntry }[];
  readonly known: ReadonlyMap<string, KnownItem>;
  /** what to remember of the document, "" nothing; absent: what is remembered stays */
  readonly recollection?: string;
  /** who is in the document and who is missing from it; absent: nothing new is known of that */
  readonly attendance?: string;
}

/** The schedule and what is remembered of feeds. Every change of a feed goes through its lease. */
export function feedStore(redis: Redis, keys: Keys) {
  async function takeLeases(asked: readonly LeaseRequest[], times: LeaseTimes): Promise<readonly LeaseAnswer[]> {
    const flat = (await takeLeasesScript(
      redis,
      [keys.due, keys.feeds, keys.leases],
      [times.now, times.lease, times.claimedAt, ...asked.flatMap(({ feed, token }) => [feed, token])],
    )) as (number | string)[];
    return asked.map(({ feed, token }, n) => {
      const text = String(flat[2 * n + 1]);
      if (flat[2 * n] !== 1) return { kind: "refused", feed, why: text };
      return { kind: "taken", feed, token, state: readJson<FeedState>(text) ?? NEW_FEED_STATE };
    });
  }

  /** Most polls bring nothing; those that end at one moment are written together. */
  const commitQuiet = gather<Commit, number>(
    async (commits) =>
      (await commitQuietScript(
        redis,
        [keys.due, keys.feeds, keys.leases],
        commits.flatMap(({ feed, token, state, nextDueAt }) => [feed, token, JSON.stringify(state), nextDueAt]),
      )) as number[],
  );

  return {
    /** Feeds new in config/ are spread out a little; feeds that left it leave the schedule, their memory stays. */
    async schedule(feeds: readonly FeedId[], now: Instant, spread: Duration): Promise<{ added: number; gone: number }> {
      const scheduled = new Set(await redis.zrange(keys.due, "0", "-1"));
      const fresh = feeds.filter((feed) => !scheduled.delete(feed));
      for (let from = 0; from < fresh.length; from += BATCH) {
        const batch = fresh.slice(from, from + BATCH);
        await redis.zadd(keys.due, "NX", ...batch.flatMap((feed, n) => [Math.round(now + (from + n) * spread), feed]));
      }
      const gone = [...scheduled];
      for (let from = 0; from < gone.length; from += BATCH)
        await redis.zrem(keys.due, ...gone.slice(from, from + BATCH));
      return { added: fresh.length, gone: gone.length };
    },

    /** Takes what is due off the schedule for the length of a lease: the oldest first, a long backlog at a set rate. */
    async claim(
      now: Instant,
      limit: number,
      lease: Duration,
      backlog: { readonly overdueAfter: Duration; readonly aSecond: number },
    ): Promise<readonly Claim[]> {
      const flat = (await claimScript(
        redis,
        [keys.due, keys.backlog],
        [now, limit, lease, now - backlog.overdueAfter, backlog.aSecond],
      )) as string[];
      const claims: Claim[] = [];
      for (let n = 0; n < flat.length; n += 2)
        claims.push({ feed: flat[n] as FeedId, wasDueAt: Number(flat[n + 1] ?? now) });
      return claims;
    },

    /** @returns for each feed what is remembered of it, or why it must not be polled now */
    takeLeases,

    async takeLease(feed: FeedId, token: string, times: LeaseTimes): Promise<LeaseAnswer> {
      const [answer] = await takeLeases([{ feed, token }], times);
      return answer ?? { kind: "refused", feed, why: "no answer" };
    },

    async postpone(feed: FeedId, token: string, until: Instant): Promise<void> {
      await postponeScript(redis, [keys.due, keys.leases], [feed, token, until]);
    },

    async known(feed: FeedId, identityKeys: readonly string[]): Promise<ReadonlyMap<string, KnownItem>> {
      if (identityKeys.length === 0) return new Map();
      const values = await fieldsOf(redis, keys.known(feed), identityKeys);
      return new Map(identityKeys.flatMap((key, n) => (values[n] ? [[key, readKnown(values[n])] as const] : [])));
    },

    /** @returns false where the lease was lost: nothing was written */
    async commit(commit: Commit): Promise<boolean> {
      const { items, known, recollection, attendance } = commit;
      if (items.length === 0 && known.size === 0 && recollection === undefined && attendance === undefined)
        return (await commitQuiet(commit)) === 1;
      const today = Math.floor(commit.state.polledAt ?? 0) / 86_400_000;
      const args: ScriptArgument[] = [
        commit.feed,
        commit.token,
        JSON.stringify(commit.state),
        commit.nextDueAt,
        keys.item(""),
        recollection === undefined ? "keep" : "replace",
        recollection ?? "",
        RECOLLECTION_KEPT,
        attendance ?? "",
        ATTENDANCE_KEPT,
        items.length,
      ];
      for (const { item, news } of items)
        args.push(item.id, item.arrivedAt, JSON.stringify(item), news === undefined ? "" : JSON.stringify(news));
      for (const [key, value] of known) args.push(key, writeKnown(value, Math.floor(today)));
      const written = await commitScript(
        redis,
        [
          keys.due,
          keys.feeds,
          keys.leases,
          keys.known(commit.feed),
          keys.items,
          keys.news,
          keys.recollection(commit.feed),
          keys.attendance(commit.feed),
        ],
        args,
      );
      return written === 1;
    },

    /** What is remembered of the feed's last document; "" nothing. */
    async recollection(feed: FeedId): Promise<string> {
      return (await redis.get(keys.recollection(feed))) ?? "";
    },

    /** Who was in each feed's last document; "" unknown. */
    async attendances(feeds: readonly FeedId[]): Promise<readonly string[]> {
      if (feeds.length === 0) return [];
      return (await redis.mget(...feeds.map((feed) => keys.attendance(feed)))).map((text) => text ?? "");
    },

    /** Due now, whatever the schedule said; the poll stays conditional. */
    async dueNow(feed: FeedId, now: Instant): Promise<void> {
      await redis.zadd(keys.due, "XX", String(now), feed);
    },

    async states(feeds: readonly FeedId[]): Promise<ReadonlyMap<FeedId, FeedState>> {
      if (feeds.length === 0) return new Map();
      const values = await fieldsOf(redis, keys.feeds, feeds);
      return new Map(feeds.map((feed, n) => [feed, readJson<FeedState>(values[n] ?? null) ?? NEW_FEED_STATE] as const));
    },

    /**
     * Undoes what a clock that was ahead has written into the schedule: it would stand still for as long.
     * @param spread how long feeds that were never polled may rightly wait
     * @returns how many feeds come sooner now
     */
    async pullBack(now: Instant, spread: Duration): Promise<number> {
      const later = await redis.zrangebyscore(keys.due, `(${now}`, "+inf");
      let pulled = 0;
      for (let from = 0; from < later.length; from += BATCH) {
        const some = later.slice(from, from + BATCH);
        pulled += Number(await pullBackScript(redis, [keys.due, keys.feeds], [now, Math.ceil(spread), ...some]));
      }
      return pulled;
    },

    /** How many feeds have a place in the schedule. */
    async scheduled(): Promise<number> {
      return await redis.zcard(keys.due);
    },

    /** How many feeds should have been polled before `before`. */
    async overdue(before: Instant): Promise<number> {
      return await redis.zcount(keys.due, "-inf", before);
    },

    /** Forgets identities that no document has carried since `before`, and the oldest where there are more than `most`. */
    async forgetKnown(feed: FeedId, before: Instant, most: number): Promise<number> {
      const old = forgettable(await redis.hgetall(keys.known(feed)), before / DAY, most);
      for (let from = 0; from < old.length; from += BATCH)
        await redis.hdel(keys.known(feed), ...old.slice(from, from + BATCH));
      return old.length;
    },
  };
}

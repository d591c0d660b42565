import type { Redis } from "ioredis";
import { type FeedState, NEW_FEED_STATE } from "../model/feed.ts";
import type { FeedId, ItemId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { NewsEntry } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { redisScript, type ScriptArgument } from "./redis-script.ts";

const claimScript = redisScript("claim");
const takeLeaseScript = redisScript("take-lease");
const commitScript = redisScript("commit");
const postponeScript = redisScript("postpone");

const HDEL_BATCH = 1000;

/** What an identity key stands for. */
export interface KnownItem {
  readonly item: ItemId;
  readonly digest: string;
  readonly revision: number;
}

export interface Claim {
  readonly feed: FeedId;
  readonly wasDueAt: Instant;
}

/** Everything that one poll came to. */
export interface Commit {
  readonly feed: FeedId;
  readonly token: string;
  readonly state: FeedState;
  readonly nextDueAt: Instant;
  readonly items: readonly { readonly item: Item; readonly news?: NewsEntry }[];
  readonly known: ReadonlyMap<string, KnownItem>;
}

/** The schedule and what is remembered of feeds. Every change of a feed goes through its lease. */
export function feedStore(redis: Redis, keys: Keys) {
  return {
    /** Feeds new in config/ are spread out a little; feeds that left it leave the schedule, their memory stays. */
    async schedule(feeds: readonly FeedId[], now: Instant, spread: Duration): Promise<{ added: number; gone: number }> {
      const scheduled = new Set(await redis.zrange(keys.due, "0", "-1"));
      const fresh = feeds.filter((feed) => !scheduled.delete(feed));
      const pipeline = redis.pipeline();
      for (const [n, feed] of fresh.entries()) pipeline.zadd(keys.due, "NX", String(now + n * spread), feed);
      for (const gone of scheduled) pipeline.zrem(keys.due, gone);
      await pipeline.exec();
      return { added: fresh.length, gone: scheduled.size };
    },

    async claim(now: Instant, limit: number, lease: Duration): Promise<readonly Claim[]> {
      const flat = (await claimScript(redis, [keys.due], [now, limit, lease])) as string[];
      const claims: Claim[] = [];
      for (let n = 0; n < flat.length; n += 2)
        claims.push({ feed: flat[n] as FeedId, wasDueAt: Number(flat[n + 1] ?? now) });
      return claims;
    },

    /** @returns what is remembered of the feed, or why it must not be polled now */
    async takeLease(
      feed: FeedId,
      token: string,
      times: { readonly now: Instant; readonly lease: Duration; readonly claimedAt: Instant },
    ): Promise<
      { readonly kind: "taken"; readonly state: FeedState } | { readonly kind: "refused"; readonly why: string }
    > {
      const [taken, answer] = (await takeLeaseScript(
        redis,
        [keys.due, keys.feeds, keys.leases],
        [feed, token, times.now, times.lease, times.claimedAt],
      )) as [number, string];
      if (taken !== 1) return { kind: "refused", why: answer };
      return { kind: "taken", state: answer === "" ? NEW_FEED_STATE : (JSON.parse(answer) as FeedState) };
    },

    async postpone(feed: FeedId, token: string, until: Instant): Promise<void> {
      await postponeScript(redis, [keys.due, keys.leases], [feed, token, until]);
    },

    async known(feed: FeedId, identityKeys: readonly string[]): Promise<ReadonlyMap<string, KnownItem>> {
      if (identityKeys.length === 0) return new Map();
      const values = await redis.hmget(keys.known(feed), ...identityKeys);
      return new Map(identityKeys.flatMap((key, n) => (values[n] ? [[key, readKnown(values[n])] as const] : [])));
    },

    /** @returns false where the lease was lost: nothing was written */
    async commit(commit: Commit): Promise<boolean> {
      const today = Math.floor(commit.state.polledAt ?? 0) / 86_400_000;
      const args: ScriptArgument[] = [
        commit.feed,
        commit.token,
        JSON.stringify(commit.state),
        commit.nextDueAt,
        keys.item(""),
        commit.items.length,
      ];
      for (const { item, news } of commit.items)
        args.push(item.id, item.arrivedAt, JSON.stringify(item), news === undefined ? "" : JSON.stringify(news));
      for (const [key, known] of commit.known)
        args.push(key, `${known.item} ${known.digest} ${known.revision} ${Math.floor(today)}`);
      const written = await commitScript(
        redis,
        [keys.due, keys.feeds, keys.leases, keys.known(commit.feed), keys.items, keys.news],
        args,
      );
      return written === 1;
    },

    /** Due now, whatever the schedule said; the poll stays conditional. */
    async dueNow(feed: FeedId, now: Instant): Promise<void> {
      await redis.zadd(keys.due, "XX", String(now), feed);
    },

    async states(feeds: readonly FeedId[]): Promise<ReadonlyMap<FeedId, FeedState>> {
      if (feeds.length === 0) return new Map();
      const values = await redis.hmget(keys.feeds, ...feeds);
      return new Map(
        feeds.map((feed, n) => [feed, values[n] ? (JSON.parse(values[n]) as FeedState) : NEW_FEED_STATE] as const),
      );
    },

    /** How many feeds should have been polled before `before`. */
    async overdue(before: Instant): Promise<number> {
      return await redis.zcount(keys.due, "-inf", before);
    },

    /** Forgets identities that no document has carried since `before`. */
    async forgetKnown(feed: FeedId, before: Instant): Promise<number> {
      const all = await redis.hgetall(keys.known(feed));
      const day = before / 86_400_000;
      const old = Object.entries(all).flatMap(([key, value]) => (Number(value.split(" ")[3]) < day ? [key] : []));
      for (let from = 0; from < old.length; from += HDEL_BATCH)
        await redis.hdel(keys.known(feed), ...old.slice(from, from + HDEL_BATCH));
      return old.length;
    },
  };
}

function readKnown(value: string): KnownItem {
  const [item = "", digest = "", revision = "0"] = value.split(" ");
  return { item: item as ItemId, digest, revision: Number(revision) };
}

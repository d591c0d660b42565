import type { Redis } from "ioredis";
import type { FeedId } from "../model/ids.ts";
import { callbacksOf, dueAt, type Subscription } from "../model/subscription.ts";
import type { Duration, Instant } from "../model/time.ts";
import { fieldsOf } from "./in-slices.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const claimScript = redisScript("claim-subscriptions");
const saveScript = redisScript("save-subscription");

/** Several workers may change one subscription; so many times in a row nobody loses. */
const MAX_TRIES = 20;

export type SubscriptionStore = ReturnType<typeof subscriptionStore>;

/** What our feeds have with their hubs. One record a feed, so that a feed has one subscription on any number of workers. */
export function subscriptionStore(redis: Redis, keys: Keys) {
  async function save(feed: FeedId, before: string, old: Subscription | undefined, after: Subscription | undefined) {
    const due = after === undefined ? undefined : dueAt(after);
    const kept = due === undefined ? undefined : after;
    const oldTokens = old === undefined ? [] : callbacksOf(old).map(({ token }) => token);
    const newTokens = kept === undefined ? [] : callbacksOf(kept).map(({ token }) => token);
    const text = kept === undefined ? "" : JSON.stringify(kept);
    const args = [feed, before, text, due ?? 0, oldTokens.length, ...oldTokens, ...newTokens];
    return (await saveScript(redis, [keys.subscriptions, keys.callbacks, keys.subscriptionsDue], args)) === 1;
  }

  return {
    async of(feed: FeedId): Promise<Subscription | undefined> {
      return readJson<Subscription>(await redis.hget(keys.subscriptions, feed));
    },

    async all(feeds: readonly FeedId[]): Promise<ReadonlyMap<FeedId, Subscription>> {
      if (feeds.length === 0) return new Map();
      const values = await fieldsOf(redis, keys.subscriptions, feeds);
      return new Map(
        feeds.flatMap((feed, n) => {
          const subscription = readJson<Subscription>(values[n] ?? null);
          return subscription === undefined ? [] : [[feed, subscription] as const];
        }),
      );
    },

    async feeds(): Promise<readonly FeedId[]> {
      return (await redis.hkeys(keys.subscriptions)) as FeedId[];
    },

    /** Whose callback it is. */
    async feedOf(token: string): Promise<FeedId | undefined> {
      return ((await redis.hget(keys.callbacks, token)) ?? undefined) as FeedId | undefined;
    },

    /**
     * Changes one subscription; `change` may be called again where another worker was faster. One of which nothing is
     * left to do is forgotten.
     */
    async change<Change extends { readonly after: Subscription | undefined }>(
      feed: FeedId,
      change: (before: Subscription | undefined) => Change,
    ): Promise<Change & { readonly before: Subscription | undefined }> {
      for (let n = 0; n < MAX_TRIES; n += 1) {
        const text = (await redis.hget(keys.subscriptions, feed)) ?? "";
        const before = readJson<Subscription>(text);
        const changed = change(before);
        if (changed.after === before || (await save(feed, text, before, changed.after))) return { ...changed, before };
      }
      throw new Error(`the subscription of ${feed} changes all the time`);
    },

    /** Those of which something is due, for one worker; a worker that dies gives them back by the lease. */
    async claim(now: Instant, limit: number, lease: Duration): Promise<readonly FeedId[]> {
      return (await claimScript(redis, [keys.subscriptionsDue], [now, limit, lease])) as FeedId[];
    },

    /** No push can be relied upon any more: polled by then, or earlier where that was planned. */
    async pollBy(feed: FeedId, at: Instant): Promise<void> {
      await redis.zadd(keys.due, "XX", "LT", String(at), feed);
    },
  };
}

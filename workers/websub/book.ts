import { type SubscriptionStore, subscriptionStore } from "../../src/adapters/subscription-store.ts";
import { isProven } from "../../src/hub/hub.ts";
import type { Feed, FeedState } from "../../src/model/feed.ts";
import type { FeedId } from "../../src/model/ids.ts";
import type { Instant } from "../../src/model/time.ts";
import { limitsFor, nextPoll } from "../../src/poll/poll.ts";
import type { World } from "../world.ts";

export interface Book extends SubscriptionStore {
  /** its publisher says that there is something: polled at once, but never sooner than minInterval allows */
  pollSoon(feed: FeedId): Promise<void>;
}

/** The subscriptions; a feed that can no longer rely on its hub goes back to be polled as others are (facts A-40). */
export function openBook(world: World): Book {
  const store = subscriptionStore(world.gathering, world.keys);
  const feedById = new Map(world.settings.feeds.map((feed) => [feed.id, feed]));

  async function pollBy(id: FeedId, when: (feed: Feed, state: FeedState) => Instant | undefined): Promise<void> {
    const feed = feedById.get(id);
    const state = (await world.feeds.states([id])).get(id);
    const at = feed === undefined || state === undefined ? undefined : when(feed, state);
    if (at !== undefined) await store.pollBy(id, Math.max(world.now(), at));
  }

  const limitsOf = (feed: Feed) => limitsFor(feed, world.settings.poll);

  return {
    ...store,

    async pollSoon(id) {
      await pollBy(id, (feed, { polledAt = 0 }) => polledAt + limitsOf(feed).minInterval);
    },

    async change(id, change) {
      const changed = await store.change(id, change);
      const { before, after } = changed;
      const isLost = before !== undefined && isProven(before) && !(after !== undefined && isProven(after));
      if (isLost) await pollBy(id, (feed, state) => unpushedDueAt(state, limitsOf(feed)));
      return changed;
    },
  };
}

/** When the feed would be due had no hub pushed it. An ill one is due when it is. */
function unpushedDueAt(state: FeedState, limits: ReturnType<typeof limitsFor>): Instant | undefined {
  const { polledAt, validators, health } = state;
  if (polledAt === undefined || health !== "ok") return undefined;
  const outcome = { kind: "unmodified", by: "status", validators, hints: {} } as const;
  return nextPoll({ state, outcome, limits, now: polledAt, chance: 0 }).at;
}

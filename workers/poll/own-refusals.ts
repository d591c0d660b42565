import { subscriptionStore } from "../../src/adapters/subscription-store.ts";
import type { Feed, FeedState } from "../../src/model/feed.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { Instant } from "../../src/model/time.ts";
import { limitsFor, nextPoll } from "../../src/poll/poll.ts";
import type { World } from "../world.ts";

/** States read at once: a hundred thousand would block the loop for a second. */
const CHUNK = 500;

/**
 * What our own settings refused may be allowed by now: due at once, since no publisher is bothered by asking again. And
 * a feed whose own minInterval was shortened does not wait for the moment that the longer one had set.
 * @returns how many feeds that were
 */
export async function retryOwnRefusals(
  { feeds: store, settings, gathering, keys, now }: World,
  feeds: readonly Feed[],
  signal: AbortSignal,
): Promise<number> {
  const { pollBy } = subscriptionStore(gathering, keys);
  const feedById = new Map(feeds.map((feed) => [feed.id, feed]));
  const ids = [...feedById.keys()];
  let opened = 0;
  for (let from = 0; from < feeds.length && !signal.aborted; from += CHUNK)
    for (const [id, state] of await store.states(ids.slice(from, from + CHUNK))) {
      const at = shortenedDueAt(feedById.get(id), state, settings.poll);
      if (at !== undefined) await pollBy(id, Math.max(now(), at));
      if (state.lastError?.startsWith("blocked-")) {
        await store.dueNow(id, now());
        opened++;
      }
    }
  return opened;
}

/** When the feed is due by its own minInterval, where a longer one of ours had decided. */
function shortenedDueAt(
  feed: Feed | undefined,
  state: FeedState,
  poll: Pick<Settings["poll"], "minInterval" | "maxInterval">,
): Instant | undefined {
  const { health, polledAt, validators, nextReasons: [reason] = [] } = state;
  if (feed?.minInterval === undefined || health !== "ok" || polledAt === undefined) return undefined;
  const isOurs = reason?.rule === "min-interval" || reason?.rule === "courtesy" || reason?.rule === "no-validators";
  if (!isOurs || reason.length <= feed.minInterval) return undefined;
  const outcome = { kind: "unmodified", by: "status", validators, hints: {} } as const;
  return nextPoll({ state, outcome, limits: limitsFor(feed, poll), now: polledAt, chance: 0 }).at;
}

import type { FeedId } from "../../src/model/ids.ts";
import type { World } from "../world.ts";

/** States read at once: a hundred thousand would block the loop for a second. */
const CHUNK = 500;

/**
 * What our own settings refused may be allowed by now: due at once, since no publisher is bothered by asking again.
 * @returns how many feeds that were
 */
export async function retryOwnRefusals(
  { feeds: store, now }: World,
  feeds: readonly FeedId[],
  signal: AbortSignal,
): Promise<number> {
  let opened = 0;
  for (let from = 0; from < feeds.length && !signal.aborted; from += CHUNK)
    for (const [feed, { lastError }] of await store.states(feeds.slice(from, from + CHUNK)))
      if (lastError?.startsWith("blocked-")) {
        await store.dueNow(feed, now());
        opened++;
      }
  return opened;
}

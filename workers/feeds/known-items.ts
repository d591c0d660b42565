import { keysOf } from "../../src/identify/identify.ts";
import type { FeedId } from "../../src/model/ids.ts";
import type { Draft } from "../../src/model/item.ts";
import type { Settings } from "../../src/model/settings.ts";
import { OperatorError } from "../command.ts";
import { openWorld } from "../world.ts";

/** A feed's newest items tell what it is. */
const ITEMS = 20;
/** Fewer in common is chance: two newspapers that print one agency's text. */
const FEWEST = 3;
/** Questions to Redis at a time. */
const BATCH = 500;

/**
 * Which feed of ours has brought most of these items, by their permalinks. Undefined where none has any, and where Redis
 * cannot be asked: then only addresses tell that a feed is there already.
 */
export async function feedWithSameItems(
  settings: Settings,
  drafts: readonly Draft[],
): Promise<{ readonly feed: FeedId; readonly shared: number; readonly asked: number } | undefined> {
  const keys = drafts.slice(0, ITEMS).flatMap((draft) => keysOf(draft).filter((key) => key.startsWith("l:")));
  if (keys.length < FEWEST) return undefined;
  try {
    await using world = await openWorld({ ...settings, logLevel: "silent" }, "cli");
    let best: { readonly feed: FeedId; readonly shared: number; readonly asked: number } | undefined;
    for (let from = 0; from < settings.feeds.length; from += BATCH) {
      const feeds = settings.feeds.slice(from, from + BATCH);
      const known = await Promise.all(feeds.map(({ id }) => world.feeds.known(id, keys)));
      for (const [n, { id }] of feeds.entries()) {
        const shared = known[n]?.size ?? 0;
        if (shared >= FEWEST && shared > (best?.shared ?? 0)) best = { feed: id, shared, asked: keys.length };
      }
    }
    return best;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error("Redis cannot be asked which items are known: only addresses were compared.");
    return undefined;
  }
}

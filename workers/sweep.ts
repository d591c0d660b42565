import { DAY } from "../src/model/time.ts";
import type { World } from "./world.ts";

/** What an item was known by outlives the item: one that comes back undated after months is still not new. */
const IDENTITY_RETENTION = 180 * DAY;
/** Keys a feed, some five an item: a publisher that invents guids must not fill Redis. */
const MOST_IDENTITIES = 20_000;

/** Forgets items whose time is over, and identities that no feed has shown for half a year. */
export async function sweep(world: World): Promise<number> {
  const { settings, log } = world;
  const now = world.now();
  const swept = await world.items.sweep(now, settings.retention);
  let forgotten = 0;
  for (const { id } of settings.feeds)
    forgotten += await world.feeds.forgetKnown(id, now - IDENTITY_RETENTION, MOST_IDENTITIES);
  log.info({ swept, forgotten, tookMs: world.now() - now }, "sweep");
  return swept;
}

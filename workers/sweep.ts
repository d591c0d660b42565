import { DAY } from "../src/model/time.ts";
import type { World } from "./world.ts";

/** What an item was known by outlives the item: one that comes back undated after months is still not new. */
const IDENTITY_RETENTION = 180 * DAY;

/** Forgets items whose time is over, and identities that no feed has shown for half a year. */
export async function sweep(world: World): Promise<number> {
  const { settings, log } = world;
  const now = world.now();
  const swept = await world.items.sweep(now, settings.retention);
  let forgotten = 0;
  for (const feed of settings.feeds) forgotten += await world.feeds.forgetKnown(feed.id, now - IDENTITY_RETENTION);
  log.info({ swept, forgotten, tookMs: world.now() - now }, "sweep");
  return swept;
}

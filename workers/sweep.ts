import { agreedHour, noteHour } from "../src/adapters/shared-clock.ts";
import { DAY, isoOf, showDuration } from "../src/model/time.ts";
import { putItemsRight } from "./put-right.ts";
import type { World } from "./world.ts";

/** What an item was known by outlives the item: one that comes back undated after months is still not new. */
const IDENTITY_RETENTION = 180 * DAY;
/** Keys a feed, some five an item: a publisher that invents guids must not fill Redis. */
const MOST_IDENTITIES = 20_000;

/** An hour that is agreed on is a day old, where somebody is there to note it. */
const LATE = 2 * DAY;

/**
 * Forgets items whose time is over, and identities that no feed has shown for half a year. Nothing goes by a clock that
 * may be wrong: what is over was over a day ago. Of too many items, the oldest go at once.
 */
export async function sweep(world: World): Promise<number> {
  const { settings, log, redis, keys } = world;
  const now = world.now();
  const agreed = await agreedHour(redis, keys, now);
  if (agreed === 0) log.info({ reason: UNKNOWN }, "sweep.put-off");
  else if (now - agreed > LATE)
    log.warn({ reason: RAN_ON, ranOn: showDuration(now - agreed), sweptAsOf: isoOf(agreed) }, "sweep.put-off");
  const swept = await world.items.sweep(agreed, settings.retention);
  let forgotten = 0;
  for (const { id } of settings.feeds)
    forgotten += await world.feeds.forgetKnown(id, agreed - IDENTITY_RETENTION, MOST_IDENTITIES);
  // a Redis that is full takes it only now
  await noteHour(redis, keys, world.now());
  await putItemsRight(world);
  log.info({ swept, forgotten, tookMs: world.now() - now }, "sweep");
  return swept;
}

const UNKNOWN = "nobody noted a day ago what the clock says: for a day nothing goes for its age";
const RAN_ON = "the clock has run on unseen and may be wrong: what got too old since then goes after a day";

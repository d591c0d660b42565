import type { Redis } from "ioredis";
import type { Item } from "../model/item.ts";
import type { NewsEntry } from "../model/news.ts";
import { type Instant, MINUTE } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const redateScript = redisScript("redate-item");
/** Pollers' clocks differ by less. */
const TOLERANCE = MINUTE;
/** Items a round trip. */
const BATCH = 500;

/**
 * Dates anew what is kept and arrived later than now: to readers it would be the newest for as long as a clock was
 * ahead, and push all else out of its topics. Where it is most of what is kept, this clock is behind, and nothing is
 * done.
 * @param redated the item as it should be, and what the desk is told of that
 * @returns how many were dated anew
 */
export async function redateItems(
  redis: Redis,
  keys: Keys,
  now: Instant,
  redated: (item: Item) => { readonly item: Item; readonly news?: NewsEntry },
): Promise<number> {
  const later = [keys.items, `(${now + TOLERANCE}`, "+inf"] as const;
  const ahead = await redis.zcount(...later);
  if (ahead === 0 || 2 * ahead > (await redis.zcard(keys.items))) return 0;
  let done = 0;
  for (let seen = 0; seen < ahead; seen += BATCH) {
    const ids = await redis.zrangebyscore(...later, "LIMIT", 0, BATCH);
    const texts = ids.length === 0 ? [] : await redis.mget(...ids.map((id) => keys.item(id)));
    for (const text of texts) done += await redate(text);
  }
  return done;

  async function redate(text: string | null): Promise<number> {
    const before = readJson<Item>(text);
    if (before === undefined) return 0;
    const { item, news } = redated(before);
    const into = [keys.item(item.id), keys.items, keys.news];
    const args = [item.id, text ?? "", JSON.stringify(item), item.arrivedAt, news ? JSON.stringify(news) : ""];
    return Number(await redateScript(redis, into, args));
  }
}

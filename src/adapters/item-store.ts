import type { Redis } from "ioredis";
import type { ItemId, SectionId, StoryId, TopicId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Decision, Placed, Reason } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const sweepScript = redisScript("sweep");
/** Items a round trip: large enough to be quick, small enough not to hold Redis up. */
const BATCH = 500;
const SWEEP_STEP = 200;
/** Times its limit that a topic is read for other stories. */
const MOST_READ = 5;

/** Items and where the desk put them. */
export function itemStore(redis: Redis, keys: Keys) {
  async function items(ids: readonly ItemId[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH).map((id) => keys.item(id));
      for (const value of await redis.mget(...batch)) {
        const item = readJson<Item>(value);
        if (item !== undefined) found.push(item);
      }
    }
    return found;
  }

  async function placed(ids: readonly ItemId[]): Promise<readonly Placed[]> {
    if (ids.length === 0) return [];
    const pipeline = redis.pipeline();
    for (const id of ids) pipeline.hgetall(keys.place(id));
    const [found, places] = await Promise.all([items(ids), pipeline.exec()]);
    const placeById = new Map(ids.map((id, n) => [id, (places?.[n]?.[1] ?? {}) as Record<string, string>]));
    return found.flatMap((item) => {
      const place = placeById.get(item.id);
      return place?.["story"] === undefined ? [] : [{ item, decision: readDecision(item.id, place) }];
    });
  }

  return {
    items,
    placed,

    /** Every item that has a place, oldest first, in batches. */
    async *all(since: Instant = 0): AsyncGenerator<readonly Placed[]> {
      for await (const ids of arrivals(since)) yield await placed(ids);
    },

    async count(): Promise<number> {
      return await redis.zcard(keys.items);
    },

    /**
     * The newest items that matched a topic: `limit` of them, at most `aStory` of one story, so that a story that is
     * told a thousand times leaves room for the others.
     */
    async ofTopic(topic: TopicId, limit: number, aStory: number): Promise<readonly Placed[]> {
      const found: Placed[] = [];
      const told = new Map<StoryId, number>();
      for (let from = 0; found.length < limit && from < MOST_READ * limit; from += BATCH) {
        const ids = (await redis.zrevrange(keys.topic(topic), from, from + BATCH - 1)) as ItemId[];
        for (const one of await placed(ids)) {
          const count = told.get(one.decision.story) ?? 0;
          told.set(one.decision.story, count + 1);
          if (count < aStory) found.push(one);
        }
        if (ids.length < BATCH) break;
      }
      return found.slice(0, limit);
    },

    /** The topics' rules changed: which topics each item is in, as the desk's commit and the sweep will look it up. */
    async retopic(items: readonly { readonly item: ItemId; readonly topics: readonly TopicId[] }[]): Promise<void> {
      const pipeline = redis.pipeline();
      for (const { item, topics } of items) pipeline.hset(keys.place(item), "topics", topics.join(","));
      await pipeline.exec();
    },

    /** Who tells each of these stories, at most `limit` a story, newest first. */
    async ofStories(stories: readonly StoryId[], limit: number): Promise<ReadonlyMap<StoryId, readonly Placed[]>> {
      const pipeline = redis.pipeline();
      for (const story of stories) pipeline.zrevrange(keys.story(story), 0, limit - 1);
      const answers = (await pipeline.exec()) ?? [];
      const ids = stories.map((_, n) => (answers[n]?.[1] ?? []) as ItemId[]);
      const found = new Map((await placed(ids.flat())).map((one) => [one.item.id, one]));
      return new Map(stories.map((story, n) => [story, (ids[n] ?? []).flatMap((id) => found.get(id) ?? [])]));
    },

    /** @returns how many items were swept; they are gone from their topics too */
    async sweep(now: Instant, retention: { readonly items: Duration; readonly maxItems: number }): Promise<number> {
      let swept = 0;
      for (;;) {
        const step = Number(
          await sweepScript(
            redis,
            [keys.items, keys.decided, keys.touched],
            [
              now - retention.items,
              retention.maxItems,
              SWEEP_STEP,
              keys.item(""),
              keys.place(""),
              keys.topic(""),
              keys.story(""),
            ],
          ),
        );
        swept += step;
        if (step === 0) return swept;
      }
    },
  };

  /** Ids by rank would skip items when older ones are swept meanwhile, so this walks on by score. */
  async function* arrivals(since: Instant = 0): AsyncGenerator<readonly ItemId[]> {
    let from = since;
    let seen = new Set<string>();
    for (;;) {
      const flat = await redis.zrangebyscore(keys.items, from, "+inf", "WITHSCORES", "LIMIT", 0, BATCH + seen.size);
      const batch: ItemId[] = [];
      let last = from;
      const atLast = new Set<string>();
      for (let n = 0; n < flat.length; n += 2) {
        const id = flat[n] ?? "";
        const score = Number(flat[n + 1]);
        if (score > last) atLast.clear();
        last = score;
        atLast.add(id);
        if (!seen.has(id)) batch.push(id as ItemId);
      }
      if (batch.length === 0) return;
      if (last === from) for (const id of seen) atLast.add(id);
      from = last;
      seen = atLast;
      yield batch;
    }
  }
}

function readDecision(item: ItemId, place: Readonly<Record<string, string>>): Decision {
  return {
    item,
    story: (place["story"] ?? "") as StoryId,
    storyIri: place["storyIri"] ?? "",
    ...(place["copyOf"] === undefined ? {} : { copyOf: place["copyOf"] as ItemId }),
    ...(place["section"] === undefined ? {} : { section: place["section"] as SectionId }),
    ...(place["leads"] === undefined ? {} : { leads: true }),
    reasons: readJson<readonly Reason[]>(place["reasons"] ?? "[]") ?? [],
  };
}

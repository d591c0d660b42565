import type { ChainableCommander, Redis } from "ioredis";
import type { FeedId, ItemId, SectionId, StoryId, TopicId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Decision, Placed, Reason, Related } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const sweepScript = redisScript("sweep");
/** Items a round trip: large enough to be quick, small enough not to hold Redis up. */
const BATCH = 500;
/** Ids a round trip: a few milliseconds for either side. */
const SCANNED = 2000;
const SWEEP_STEP = 200;
/** Of all items that are kept one feed has so large a part at the most, and may always have so many. */
const LARGEST_SHARE = 0.1;
const SMALLEST_SHARE = 1000;

interface Retention {
  readonly items: Duration;
  readonly maxItems: number;
}
/** Times its limit that a topic is read for other stories. */
const MOST_READ = 5;

/** Some of a topic's items, the newest first. */
export interface TopicPage {
  readonly placed: readonly Placed[];
  /** the rank from which on nothing was looked at */
  readonly to: number;
  /** all that arrived later was looked at; -Infinity: it has no more */
  readonly oldest: Instant;
}

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

  /** @param storyField where their story stands: withdrawn items have none but their last */
  async function placed(ids: readonly ItemId[], storyField = "story"): Promise<readonly Placed[]> {
    if (ids.length === 0) return [];
    const pipeline = redis.pipeline();
    for (const id of ids) pipeline.hgetall(keys.place(id));
    const [found, places] = await Promise.all([items(ids), pipeline.exec()]);
    const placeById = new Map(ids.map((id, n) => [id, (places?.[n]?.[1] ?? {}) as Record<string, string>]));
    return found.flatMap((item) => {
      const place = placeById.get(item.id);
      const story = place?.[storyField];
      return place === undefined || story === undefined
        ? []
        : [{ item, decision: readDecision(item.id, { ...place, story }) }];
    });
  }

  return {
    items,
    placed: (ids: readonly ItemId[]) => placed(ids),

    /** Every item that has a place, oldest first, in batches. */
    async *all(since: Instant = 0): AsyncGenerator<readonly Placed[]> {
      for await (const ids of arrivals(since)) yield await placed(ids);
    },

    /** Ids and arrivals of all items, or of a topic's, in no order; what comes or goes meanwhile may be missing. */
    async *arrivals(topic?: TopicId): AsyncGenerator<readonly (readonly [ItemId, Instant])[]> {
      const key = topic === undefined ? keys.items : keys.topic(topic);
      let cursor = "0";
      do {
        const [next, flat] = await redis.zscan(key, cursor, "COUNT", SCANNED);
        yield Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n] as ItemId, Number(flat[2 * n + 1])]);
        cursor = next;
      } while (cursor !== "0");
    },

    async count(): Promise<number> {
      return await redis.zcard(keys.items);
    },

    /**
     * The newest items that matched a topic: `limit` of them, of which a story counts for `aStory` at the most, so that
     * one that is told a thousand times leaves room for the others and is still known by its first.
     */
    async ofTopic(topic: TopicId, limit: number, aStory: number): Promise<TopicPage> {
      const found: Placed[] = [];
      const told = new Map<StoryId, number>();
      let counted = 0;
      let to = 0;
      for (; counted < limit && to < MOST_READ * limit; to += BATCH) {
        const ids = (await redis.zrevrange(keys.topic(topic), to, to + BATCH - 1)) as ItemId[];
        for (const one of await placed(ids)) {
          const count = told.get(one.decision.story) ?? 0;
          told.set(one.decision.story, count + 1);
          if (count < aStory) counted += 1;
          found.push(one);
        }
        if (ids.length < BATCH) return { placed: found, to, oldest: Number.NEGATIVE_INFINITY };
      }
      return { placed: found, to, oldest: found.at(-1)?.item.arrivedAt ?? Number.POSITIVE_INFINITY };
    },

    /** `count` older ones from rank `from` on: of those only what is told by so many items at least. */
    async olderOfTopic(topic: TopicId, from: number, count: number, tellers: number): Promise<TopicPage> {
      const flat = await redis.zrevrange(keys.topic(topic), from, from + count - 1, "WITHSCORES");
      const ids = flat.filter((_, n) => n % 2 === 0) as ItemId[];
      const oldest = ids.length < count ? Number.NEGATIVE_INFINITY : Number(flat.at(-1));
      return { placed: await placed(await toldBy(ids, tellers)), to: from + count, oldest };
    },

    /** Which items of these stories are in a topic. */
    async inTopic(topic: TopicId, stories: readonly StoryId[]): Promise<readonly ItemId[]> {
      const pipeline = redis.pipeline();
      for (const story of stories) pipeline.zinter(2, keys.story(story), keys.topic(topic));
      return ((await pipeline.exec()) ?? []).flatMap(([, ids]) => (ids ?? []) as ItemId[]);
    },

    /** What its publishers have withdrawn from a topic, or from all, as it was placed then; the latest first. */
    async withdrawnFrom(topic?: TopicId): Promise<readonly Placed[]> {
      const ids = (await redis.zrevrange(keys.withdrawn(topic ?? ""), 0, -1)) as ItemId[];
      return await placed(ids, "lastStory");
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

    /**
     * First what feeds have beyond their share, where there are too many items: nobody's news may drive out everybody
     * else's. Then what is too old, or the oldest of all.
     * @returns how many items were swept; they are gone from their topics too
     */
    async sweep(now: Instant, retention: Retention): Promise<number> {
      let swept = 0;
      const excess = await beyondShares(retention.maxItems);
      for (let from = 0; from < excess.length; from += SWEEP_STEP)
        swept += await sweepStep(now, retention, excess.slice(from, from + SWEEP_STEP));
      for (;;) {
        const step = await sweepStep(now, retention);
        swept += step;
        if (step === 0) return swept;
      }
    },
  };

  async function sweepStep(now: Instant, { items: keepFor, maxItems }: Retention, named: readonly ItemId[] = []) {
    const prefixes = [keys.item(""), keys.place(""), keys.topic(""), keys.story("")];
    const args = [now - keepFor, maxItems, SWEEP_STEP, ...prefixes, ...named];
    return Number(await sweepScript(redis, [keys.items, keys.decided, keys.touched], args));
  }

  /** Of these items whose stories are told by so many, without reading one of them. */
  async function toldBy(ids: readonly ItemId[], tellers: number): Promise<readonly ItemId[]> {
    if (tellers <= 1) return ids;
    const storyOf = new Map(await answered(ids, (pipeline, id) => pipeline.hget(keys.place(id), "story")));
    const stories = [...new Set(storyOf.values())];
    const sizes = new Map(await answered(stories, (pipeline, story) => pipeline.zcard(keys.story(String(story)))));
    return ids.filter((id) => Number(sizes.get(storyOf.get(id))) >= tellers);
  }

  async function answered<Of>(of: readonly Of[], ask: (pipeline: ChainableCommander, one: Of) => unknown) {
    const pipeline = redis.pipeline();
    for (const one of of) ask(pipeline, one);
    const answers = (await pipeline.exec()) ?? [];
    return of.map((one, n) => [one, answers[n]?.[1]] as const);
  }

  /** Oldest first within each feed, and no more than must go. */
  async function beyondShares(maxItems: number): Promise<readonly ItemId[]> {
    const over = (await redis.zcard(keys.items)) - maxItems;
    if (over <= 0) return [];
    const byFeed = new Map<FeedId, ItemId[]>();
    for await (const ids of arrivals())
      for (const { id, feed } of await items(ids)) {
        const known = byFeed.get(feed);
        if (known === undefined) byFeed.set(feed, [id]);
        else known.push(id);
      }
    const share = Math.max(SMALLEST_SHARE, maxItems * LARGEST_SHARE);
    const excess = [...byFeed.values()].flatMap((ids) => ids.slice(0, Math.max(0, ids.length - share)));
    return excess.slice(0, over);
  }

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
  const related = readJson<readonly Related[]>(place["related"] ?? null);
  return {
    item,
    story: (place["story"] ?? "") as StoryId,
    storyIri: place["storyIri"] ?? "",
    ...(place["copyOf"] === undefined ? {} : { copyOf: place["copyOf"] as ItemId }),
    ...(place["section"] === undefined ? {} : { section: place["section"] as SectionId }),
    ...(place["alsoIn"] === undefined ? {} : { alsoIn: place["alsoIn"].split(",") as SectionId[] }),
    ...(place["leads"] === undefined ? {} : { leads: true, leadsSince: Number(place["leads"]) }),
    ...(related === undefined ? {} : { related }),
    reasons: readJson<readonly Reason[]>(place["reasons"] ?? "[]") ?? [],
  };
}

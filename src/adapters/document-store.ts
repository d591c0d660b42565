import type { Redis } from "ioredis";
import type { TopicId } from "../model/ids.ts";
import type { ServedDocument } from "../model/published.ts";
import type { Instant } from "../model/time.ts";
import type { Announcement } from "../model/topic.ts";
import { deserialise, serialise } from "./compress.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript, type ScriptArgument } from "./redis-script.ts";

const swapScript = redisScript("swap");

/** What one rendering of a topic came to. */
export interface Rendering {
  readonly topic: TopicId;
  /** as it was when the rendering began */
  readonly touchCount: string;
  readonly documents: readonly ServedDocument[];
  readonly announced: readonly Announcement[];
  /** it is to be rendered again then */
  readonly heldUntil?: Instant;
}

/** The finished documents, and which topics wait to be rendered again. */
export function documentStore(redis: Redis, keys: Keys) {
  return {
    async touched(): Promise<readonly TopicId[]> {
      return (await redis.hkeys(keys.touched)) as TopicId[];
    },

    /** Topics in which a story has waited long enough. */
    async ripe(now: Instant): Promise<readonly TopicId[]> {
      return (await redis.zrangebyscore(keys.held, "-inf", now)) as TopicId[];
    },

    async announced(topic: TopicId): Promise<readonly Announcement[]> {
      return readJson<readonly Announcement[]>(await redis.get(keys.told(topic))) ?? [];
    },

    async touch(topics: readonly TopicId[]): Promise<void> {
      const pipeline = redis.pipeline();
      for (const topic of topics) pipeline.hincrby(keys.touched, topic, 1);
      await pipeline.exec();
    },

    /** Read before the items are: what comes in after it keeps the topic touched. */
    async touchCount(topic: TopicId): Promise<string> {
      return (await redis.hget(keys.touched, topic)) ?? "0";
    },

    /** All formats of a topic at once. @returns how many really changed */
    async swap({ topic, touchCount, documents, announced, heldUntil }: Rendering): Promise<number> {
      const args: ScriptArgument[] = [topic, touchCount, heldUntil ?? "", JSON.stringify(announced), documents.length];
      for (const document of documents) {
        const fields = Object.entries(serialise(document));
        args.push(keys.document(document.path), document.path, document.etag, fields.length, ...fields.flat());
      }
      return Number(
        await swapScript(redis, [keys.documents, keys.swapped, keys.touched, keys.held, keys.told(topic)], args),
      );
    },

    async etags(): Promise<Readonly<Record<string, string>>> {
      return await redis.hgetall(keys.documents);
    },

    async document(path: string): Promise<ServedDocument | undefined> {
      const fields = await redis.hgetallBuffer(keys.document(path));
      return Object.keys(fields).length === 0 ? undefined : deserialise(fields);
    },

    /** Rules that a topic's membership was made with, by topic. */
    async rules(): Promise<Readonly<Record<string, string>>> {
      return await redis.hgetall(keys.rules);
    },

    /** Makes a topic's membership anew, in one step. */
    async refill(
      topic: TopicId,
      rules: string,
      members: readonly { readonly item: string; readonly arrivedAt: number }[],
    ) {
      const fresh = `${keys.topic(topic)}:fresh`;
      const transaction = redis.multi().del(fresh);
      for (const member of members) transaction.zadd(fresh, member.arrivedAt, member.item);
      if (members.length > 0) transaction.rename(fresh, keys.topic(topic));
      else transaction.del(keys.topic(topic));
      await transaction.hset(keys.rules, topic, rules).hincrby(keys.touched, topic, 1).exec();
    },

    async drop(topic: TopicId, paths: readonly string[]): Promise<void> {
      const transaction = redis
        .multi()
        .del(keys.topic(topic), keys.told(topic), keys.withdrawn(topic))
        .zrem(keys.held, topic);
      transaction.hdel(keys.rules, topic).hdel(keys.touched, topic);
      for (const path of paths)
        transaction.del(keys.document(path)).hdel(keys.documents, path).xadd(keys.swapped, "*", "path", path);
      await transaction.exec();
    },
  };
}

import type { Redis } from "ioredis";
import type { ItemId, TopicId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { GoneTopic } from "../model/topic-log.ts";
import type { Keys } from "./keys.ts";
import { redisScript } from "./redis-script.ts";

const enterScript = redisScript("enter-topics");
const settleScript = redisScript("settle-topics");
const dropScript = redisScript("drop-topic");

/** Which of the topics that get their members anew an item is in. */
export interface Entering {
  readonly item: ItemId;
  readonly arrivedAt: Instant;
  readonly topics: readonly TopicId[];
}

export interface SettledTopic {
  readonly topic: TopicId;
  /** fingerprint */
  readonly rules: string;
  /** its fresh members take the place of those that it had */
  readonly isAnew: boolean;
  /** absent: its rules are what they were, or it has none yet */
  readonly editedAt?: Instant;
  /** as what its readers know it */
  readonly from?: TopicId;
}

export type Move = readonly [from: string, to: string];

/**
 * Who is in which topic, where the topics' rules change. Only the desk writes here, under its fence: each of these says
 * false where another desk leads, and nothing was done.
 */
export function membershipStore(redis: Redis, keys: Keys) {
  async function enter(fence: number, all: object): Promise<boolean> {
    const args = [fence, keys.place(""), keys.topic(""), JSON.stringify(all)];
    return (await enterScript(redis, [keys.desk, keys.edited], args)) === 1;
  }

  return {
    /** What each topic's members and documents were made with. */
    async rules(): Promise<Readonly<Record<TopicId, string>>> {
      // a topic may be called "constructor"
      return { __proto__: null, ...(await redis.hgetall(keys.rules)) } as Readonly<Record<TopicId, string>>;
    },

    /** The same of one topic, and when its rules were last edited. */
    async madeWith(topic: TopicId): Promise<{ readonly rules?: string; readonly editedAt?: Instant }> {
      const answers = await redis.multi().hget(keys.rules, topic).hget(keys.edited, topic).exec();
      const [rules, editedAt] = (answers ?? []).map(([, answer]) => (typeof answer === "string" ? answer : undefined));
      return { ...(rules !== undefined && { rules }), ...(editedAt !== undefined && { editedAt: Number(editedAt) }) };
    },

    /** Empty fresh memberships: what a refill left that was cut off is thrown away. */
    async begin(fence: number, topics: readonly SettledTopic[]): Promise<boolean> {
      const edits = topics.flatMap((one) => (one.editedAt === undefined ? [] : [[noteOf(one), one.editedAt]]));
      const anew = topics.flatMap(({ topic, isAnew }) => (isAnew ? topic : []));
      return await enter(fence, { anew, items: [], edits, isFirst: true });
    },

    /** When an edit was made that a refill began with and did not finish. */
    async begunEdits(): Promise<(edit: Pick<SettledTopic, "topic" | "rules">) => Instant | undefined> {
      const noted = await redis.hgetall(keys.edited);
      return (edit) => (noted[noteOf(edit)] === undefined ? undefined : Number(noted[noteOf(edit)]));
    },

    async enter(fence: number, anew: readonly TopicId[], items: readonly Entering[]): Promise<boolean> {
      return await enter(fence, { anew, items, edits: [], isFirst: false });
    },

    /** @param moves documents and archives of renamed topics: their paths before and from now on */
    async settle(fence: number, topics: readonly SettledTopic[], moves: readonly Move[] = []): Promise<boolean> {
      const carried = [keys.told(""), keys.withdrawn("" as TopicId), keys.filing("")];
      const prefixes = [keys.topic(""), ...carried, keys.document("")];
      const into = [keys.desk, keys.items, keys.rules, keys.edited, keys.touched, keys.documents, keys.swapped];
      const args = [fence, ...prefixes, JSON.stringify({ topics, moves })];
      return (await settleScript(redis, [...into, keys.editing, keys.topicsVersion], args)) === 1;
    },

    async drop(fence: number, topic: TopicId, gone: GoneTopic, paths: readonly string[]): Promise<boolean> {
      const of = [
        keys.topic(topic),
        `${keys.topic(topic)}:fresh`,
        keys.told(topic),
        keys.withdrawn(topic),
        keys.filing(topic),
      ];
      const from = [keys.desk, keys.rules, keys.edited, keys.touched, keys.held, keys.goneTopics, keys.topicsVersion];
      const args = [fence, topic, JSON.stringify(gone), keys.document(""), ...paths];
      return (await dropScript(redis, [...from, keys.documents, keys.swapped, ...of], args)) === 1;
    },
    /** Topics that have no members: somebody who did not know yet that they are gone has touched them. */
    async forgetTouched(topics: readonly TopicId[]): Promise<void> {
      if (topics.length === 0) return;
      const rules = await redis.hmget(keys.rules, ...topics);
      const gone = topics.filter((_, n) => rules[n] === null);
      if (gone.length > 0)
        await redis
          .multi()
          .hdel(keys.touched, ...gone)
          .zrem(keys.held, ...gone)
          .exec();
    },
  };
}

const noteOf = ({ topic, rules }: Pick<SettledTopic, "topic" | "rules">): string => `${topic} ${rules}`;

import type { Redis } from "ioredis";
import type { Editing } from "../model/editing.ts";
import type { TopicId } from "../model/ids.ts";
import type { GoneTopic, StoredTopic, TopicLogEntry } from "../model/topic-log.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const changeScript = redisScript("change-topics");

/** Everything that was said of topics while Ressort runs, as it was at one version. */
export interface StoredTopics {
  readonly version: number;
  readonly topics: ReadonlyMap<TopicId, StoredTopic>;
  readonly editing: ReadonlyMap<TopicId, Editing>;
  readonly gone: ReadonlyMap<TopicId, GoneTopic>;
}

/** By topic: its new value, or undefined where it loses the one that it has. */
export interface StoredChange {
  readonly topics?: ReadonlyMap<TopicId, StoredTopic | undefined>;
  readonly editing?: ReadonlyMap<TopicId, Editing | undefined>;
  readonly gone?: ReadonlyMap<TopicId, GoneTopic | undefined>;
  /** they are to be published anew */
  readonly touched?: readonly TopicId[];
  readonly entry?: TopicLogEntry;
}

/** Who did what is kept for so many changes, and of each so much (characters). */
const LOG_ENTRIES = 5000;
const LONGEST_ENTRY = 16_000;

/** The topics that do not stand in config/, and what editors did to topics by hand. */
export function topicStore(redis: Redis, keys: Keys) {
  /** as the script counts them, from 1 */
  const places = { topics: 4, editing: 5, gone: 6 } as const;

  return {
    async version(): Promise<number> {
      return Number((await redis.get(keys.topicsVersion)) ?? 0);
    },

    async read(): Promise<StoredTopics> {
      const answers = await redis
        .multi()
        .get(keys.topicsVersion)
        .hgetall(keys.topics)
        .hgetall(keys.editing)
        .hgetall(keys.goneTopics)
        .exec();
      const [version, topics, editing, gone] = (answers ?? []).map(([error, answer]) => {
        if (error) throw error;
        return answer;
      });
      return {
        version: Number(version ?? 0),
        topics: valuesOf<StoredTopic>(topics),
        editing: valuesOf<Editing>(editing),
        gone: valuesOf<GoneTopic>(gone),
      };
    },

    /** @returns false where it was no longer at this version, and nothing was changed */
    async change(version: number, { topics, editing, gone, touched = [], entry }: StoredChange): Promise<boolean> {
      const set: [place: number, topic: TopicId, value: string][] = [];
      const unset: [place: number, topic: TopicId][] = [];
      for (const [place, values] of [
        [places.topics, topics],
        [places.editing, editing],
        [places.gone, gone],
      ] as const)
        for (const [topic, value] of values ?? [])
          if (value === undefined) unset.push([place, topic]);
          else set.push([place, topic, JSON.stringify(value)]);
      const changed = await changeScript(
        redis,
        [keys.topicsVersion, keys.topicLog, keys.touched, keys.topics, keys.editing, keys.goneTopics],
        [version, LOG_ENTRIES, entry === undefined ? "" : textOf(entry), JSON.stringify({ set, unset, touched })],
      );
      return Number(changed) > 0;
    },

    /** The latest first; of a topic also how it was renamed, from this id or to it. */
    async log(limit: number, topic?: TopicId): Promise<readonly TopicLogEntry[]> {
      const found: TopicLogEntry[] = [];
      for (const [, [, text]] of await redis.xrevrange(
        keys.topicLog,
        "+",
        "-",
        "COUNT",
        topic === undefined ? limit : LOG_ENTRIES,
      )) {
        const entry = readJson<TopicLogEntry>(text ?? null);
        if (entry !== undefined && (topic === undefined || [entry.topic, entry.from].includes(topic)))
          found.push(entry);
        if (found.length === limit) break;
      }
      return found;
    },
  };
}

function valuesOf<Value>(hash: unknown): ReadonlyMap<TopicId, Value> {
  const entries = Object.entries(Object(hash) as Readonly<Record<string, string>>).flatMap(([topic, text]) => {
    const value = readJson<Value>(text);
    return value === undefined ? [] : [[topic as TopicId, value] as const];
  });
  return new Map(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function textOf({ before, after, ...rest }: TopicLogEntry): string {
  const whole = JSON.stringify({ ...rest, before, after });
  return whole.length <= LONGEST_ENTRY ? whole : JSON.stringify(rest);
}

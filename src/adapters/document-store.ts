import type { Redis } from "ioredis";
import type { TopicId } from "../model/ids.ts";
import type { PackedDocument, ServedDocument } from "../model/published.ts";
import type { Duration, Instant } from "../model/time.ts";
import type { Announcement } from "../model/topic.ts";
import { deserialise, isPacked, serialise, unpacked } from "./compress.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript, type ScriptArgument } from "./redis-script.ts";

const swapScript = redisScript("swap");

/** What one rendering of a topic came to. */
export interface Rendering {
  readonly topic: TopicId;
  /** as it was when the rendering began */
  readonly touchCount: string;
  /** fingerprint of those that it was rendered by: under others, or none, nothing is swapped; absent: whatever they are */
  readonly rules?: string;
  readonly documents: readonly (ServedDocument | PackedDocument)[];
  /** what its archives hold, where that has changed */
  readonly filing?: FiledText;
  /** paths of archives that go */
  readonly dropped?: readonly string[];
  readonly announced: readonly Announcement[];
  /** so long after its last item an entry may still be news, though the document told of later ones before */
  readonly grace?: Duration;
  /** it is to be rendered again then */
  readonly heldUntil?: Instant;
}

/** What a topic's archives hold, as JSON. */
export interface FiledText {
  /** grows with each change: what is handed back carries the turn that it was made from */
  readonly turn: string;
  /** "" before there is any */
  readonly text: string;
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

    async isTouched(topic: TopicId): Promise<boolean> {
      return (await redis.hexists(keys.touched, topic)) === 1;
    },

    /** Read before the items are: what comes in after it keeps the topic touched. */
    async touchCount(topic: TopicId): Promise<string> {
      return (await redis.hget(keys.touched, topic)) ?? "0";
    },

    async filing(topic: TopicId): Promise<FiledText> {
      const [turn, text] = await redis.hmget(keys.filing(topic), "turn", "filing");
      return { turn: turn ?? "0", text: text ?? "" };
    },

    /**
     * All formats of a topic at once, and what left them as archives.
     * @returns how many really changed; undefined where somebody else rendered the topic meanwhile: then nothing did
     */
    async swap(rendering: Rendering): Promise<number | undefined> {
      const {
        topic,
        touchCount,
        rules = "",
        documents,
        announced,
        grace = 0,
        filing,
        dropped = [],
        heldUntil,
      } = rendering;
      const args: ScriptArgument[] = [topic, touchCount, heldUntil ?? "", JSON.stringify(announced), grace];
      args.push(filing?.turn ?? "", filing?.text ?? "", documents.length);
      for (const document of documents) {
        const fields = Object.entries(serialise(document));
        args.push(keys.document(document.path), document.path, document.etag, fields.length, ...fields.flat());
      }
      args.push(dropped.length, ...dropped.flatMap((path) => [keys.document(path), path]), rules);
      const { swapped, touched, held, deliveries } = keys;
      const own = [keys.told(topic), deliveries, keys.filing(topic), keys.rules];
      const changed = Number(await swapScript(redis, [keys.documents, swapped, touched, held, ...own], args));
      return changed < 0 ? undefined : changed;
    },

    /** Of these paths, in their order; undefined where there is no document yet. */
    async etagsOf(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
      const etags = paths.length === 0 ? [] : await redis.hmget(keys.documents, ...paths);
      return etags.map((etag) => etag ?? undefined);
    },

    async etags(): Promise<Readonly<Record<string, string>>> {
      return await redis.hgetall(keys.documents);
    },

    /** Paths of the archives of a topic, or of the section of that name. */
    async archivesOf(topic: TopicId): Promise<readonly string[]> {
      const places = [`topics/${topic}/archive/`, `sections/${topic}/archive/`];
      return (await redis.hkeys(keys.documents)).filter((path) => places.some((place) => path.startsWith(place)));
    },

    async document(path: string): Promise<ServedDocument | undefined> {
      const stored = await this.stored(path);
      return stored !== undefined && isPacked(stored) ? unpacked(stored) : stored;
    },

    /** As it lies there: archives are packed. */
    async stored(path: string): Promise<ServedDocument | PackedDocument | undefined> {
      const fields = await redis.hgetallBuffer(keys.document(path));
      return Object.keys(fields).length === 0 ? undefined : deserialise(fields);
    },
  };
}

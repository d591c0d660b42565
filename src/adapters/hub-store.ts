import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import type { DeliveryEntry } from "../model/delivery.ts";
import type { Subscriber } from "../model/subscriber.ts";
import { type Duration, HOUR, type Instant } from "../model/time.ts";
import { fieldsOf } from "./in-slices.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const saveScript = redisScript("save-subscriber");
const claimScript = redisScript("claim-subscriptions");
const oweScript = redisScript("owe");
const payScript = redisScript("pay");
const moveScript = redisScript("move-subscriber");
const countCallsScript = redisScript("count-calls");

/** Several workers may change one subscriber; so many times in a row nobody loses. */
const MAX_TRIES = 20;
/** An entry that its reader did not settle is read again long before that. */
const NOTED_FOR: Duration = HOUR;
const SCAN = 500;

/** How many there may be: what strangers ask for lies in our memory. */
export interface HubLimits {
  readonly total: number;
  readonly aHost: number;
  readonly aTopic: number;
}

const LIMITS: HubLimits = { total: 50_000, aHost: 5000, aTopic: 10_000 };

export type Saved = "saved" | "total" | "host" | "topic";

/** So many calls within such a stretch of time. */
interface Budget {
  readonly what: string;
  readonly most: number;
  readonly stretch: Duration;
}

/** More than any document shows: what has left it is told no more. */
const MOST_NEWS = 1000;

/** What a subscriber is to be told. */
export interface Owed {
  /** ids of entries of its document */
  readonly entries: ReadonlySet<string>;
  /** who was told of these knows all up to here */
  readonly turn: number;
  /** when the first of them was new or changed */
  readonly since?: Instant;
}

/** The subscribers of our hub, and what each of them is to be told. */
export function hubStore(redis: Redis, keys: Keys, limits: HubLimits = LIMITS) {
  async function save(id: string, before: string, old: Subscriber | undefined, kept: Lapsing | undefined) {
    const one = kept?.subscriber ?? old;
    if (one === undefined) return "saved";
    const isHeld = kept?.subscriber.held !== undefined;
    const after = kept === undefined ? "" : JSON.stringify(kept.subscriber);
    const { total, aHost, aTopic } = limits;
    return (await saveScript(
      redis,
      [
        ...[keys.hub, keys.hubDue, keys.hubHosts, keys.hubOwing, keys.hubTopics],
        ...[keys.hubTopic(one.path), keys.hubNews(one.path), keys.hubTold, keys.hubTurn],
      ],
      [id, before, after, kept?.at ?? 0, isHeld ? "held" : "", one.path, one.host, total, aHost, aTopic],
    )) as Saved | "changed";
  }

  const counter = (what: string, stretch: Duration, now: Instant): string =>
    keys.hubCount(`${what}:${Math.floor(now / stretch)}`);

  return {
    async of(id: string): Promise<Subscriber | undefined> {
      return readJson<Subscriber>(await redis.hget(keys.hub, id));
    },

    /**
     * Changes one subscriber; `change` may be called again where another worker was faster.
     * @param lapsesAt when it is to be looked after
     * @returns what was wanted, and whether there was room for it
     */
    async change<Change extends { readonly after: Subscriber | undefined }>(
      id: string,
      change: (before: Subscriber | undefined) => Change,
      lapsesAt: (subscriber: Subscriber) => Instant,
    ): Promise<Change & { readonly saved: Saved }> {
      for (let n = 0; n < MAX_TRIES; n += 1) {
        const text = (await redis.hget(keys.hub, id)) ?? "";
        const before = readJson<Subscriber>(text);
        const changed = change(before);
        if (changed.after === before) return { ...changed, saved: "saved" };
        const { after } = changed;
        const saved = await save(id, text, before, after && { subscriber: after, at: lapsesAt(after) });
        if (saved !== "changed") return { ...changed, saved };
      }
      throw new Error(`subscriber ${id} changes all the time`);
    },

    /**
     * A subscriber of a document that has another path now. One that has subscribed there already is the same.
     * @returns as it is there; undefined where it is no more
     */
    async move(
      id: string,
      path: string,
      lapsesAt: (subscriber: Subscriber) => Instant,
    ): Promise<Subscriber | undefined> {
      for (let n = 0; n < MAX_TRIES; n += 1) {
        const before = (await redis.hget(keys.hub, id)) ?? "";
        const old = readJson<Subscriber>(before);
        if (old === undefined || old.path === path) return old;
        const into = subscriberId(path, old.callback);
        const there = (await redis.hget(keys.hub, into)) ?? "";
        const moved: Subscriber = { ...old, ...readJson<Subscriber>(there), id: into, path };
        const of = [
          ...[keys.hub, keys.hubDue, keys.hubHosts, keys.hubOwing, keys.hubTold, keys.hubTopics],
          ...[keys.hubTopic(old.path), keys.hubTopic(path), keys.hubNews(old.path), keys.hubNews(path)],
        ];
        const words = [id, before, into, there, JSON.stringify(moved), lapsesAt(moved), old.path, path, old.host];
        if ((await moveScript(redis, of, words)) === "moved") return moved;
      }
      throw new Error(`subscriber ${id} changes all the time`);
    },

    /** Those of which something has lapsed, for one worker; a worker that dies gives them back by the lease. */
    async claim(now: Instant, limit: number, lease: Duration): Promise<readonly string[]> {
      return (await claimScript(redis, [keys.hubDue], [now, limit, lease])) as string[];
    },

    /** Documents that somebody has subscribed to and that are no more. */
    async orphaned(): Promise<readonly string[]> {
      const paths = await redis.smembers(keys.hubTopics);
      const etags = await fieldsOf(redis, keys.documents, paths);
      return paths.filter((_, at) => (etags[at] ?? null) === null);
    },

    /** Documents that somebody has subscribed to. */
    async paths(): Promise<readonly string[]> {
      return await redis.smembers(keys.hubTopics);
    },

    async subscribersOf(path: string): Promise<readonly string[]> {
      return await redis.smembers(keys.hubTopic(path));
    },

    async etagOf(path: string): Promise<string | undefined> {
      return (await redis.hget(keys.documents, path)) ?? undefined;
    },

    /** Notes what an entry has to tell. @returns whom */
    async owe({ id, path, fresh }: DeliveryEntry): Promise<readonly string[]> {
      const ids = [...(fresh.new ?? []), ...(fresh.changed ?? [])];
      const of = [keys.hubTopic(path), keys.hubOwing, keys.hubNoted(id), keys.hubNews(path), keys.hubTurn];
      return (await oweScript(redis, of, [Number.parseInt(id, 10), NOTED_FOR, MOST_NEWS, ...ids])) as string[];
    },

    async owed({ id, path }: Whom): Promise<Owed> {
      const [told, since] = await Promise.all([redis.hget(keys.hubTold, id), redis.zscore(keys.hubOwing, id)]);
      const after = told === null ? "+inf" : `(${told}`;
      const news = await redis.zrange(keys.hubNews(path), after, "+inf", "BYSCORE", "WITHSCORES");
      return {
        entries: new Set(news.filter((_, at) => at % 2 === 0)),
        turn: Number(news.at(-1) ?? 0),
        ...(since !== null && { since: Number(since) }),
      };
    },

    /** It knows all up to this turn. */
    async pay({ id, path }: Whom, { turn }: Pick<Owed, "turn">): Promise<void> {
      await payScript(redis, [keys.hubTold, keys.hubOwing, keys.hubNews(path)], [id, turn]);
    },

    /** Who has been waiting since before then; the longest first. */
    async waiting(before: Instant, limit: number): Promise<readonly string[]> {
      return await redis.zrangebyscore(keys.hubOwing, "-inf", before, "LIMIT", 0, limit);
    },

    async counts(): Promise<{ readonly held: number; readonly pending: number }> {
      const paths = await redis.smembers(keys.hubTopics);
      const [total, ...sizes] = await Promise.all([
        redis.hlen(keys.hub),
        ...paths.map((path) => redis.scard(keys.hubTopic(path))),
      ]);
      const held = sizes.reduce((sum, size) => sum + size, 0);
      return { held, pending: Math.max(0, total - held) };
    },

    /** Counts one more of them. @returns how many it were within this stretch of time */
    async count(what: string, stretch: Duration, now: Instant): Promise<number> {
      const key = counter(what, stretch, now);
      const [[, count] = []] = (await redis.multi().incr(key).pexpire(key, stretch).exec()) ?? [];
      return Number(count);
    },

    async counted(what: string, stretch: Duration, now: Instant): Promise<number> {
      return Number((await redis.get(counter(what, stretch, now))) ?? 0);
    },

    /** Counts a call in all of these budgets, or in none. @returns the first that has nothing left for it */
    async spend<Own extends Budget>(budgets: readonly Own[], now: Instant): Promise<Own | undefined> {
      const counters = budgets.map(({ what, stretch }) => counter(what, stretch, now));
      const bounds = budgets.flatMap(({ most, stretch }) => [most, stretch]);
      return budgets[Number(await countCallsScript(redis, counters, bounds)) - 1];
    },

    async *all(): AsyncGenerator<Subscriber> {
      let cursor = "0";
      do {
        const [next, fields] = await redis.hscan(keys.hub, cursor, "COUNT", SCAN);
        cursor = next;
        for (const [at, text] of fields.entries()) {
          const subscriber = at % 2 === 1 ? readJson<Subscriber>(text) : undefined;
          if (subscriber !== undefined) yield subscriber;
        }
      } while (cursor !== "0");
    },
  };
}

/** The same document and callback are the same subscriber (WebSub 5.1). */
export function subscriberId(path: string, callback: string): string {
  return createHash("sha256").update(`${path}\n${callback}`).digest("base64url").slice(0, ID_LENGTH);
}

/** 132 bits */
const ID_LENGTH = 22;

type Whom = Pick<Subscriber, "id" | "path">;

interface Lapsing {
  readonly subscriber: Subscriber;
  readonly at: Instant;
}

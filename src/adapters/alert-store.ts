import type { Redis } from "ioredis";
import { type AlertId, type AlertRecord, type AlertStory, NEW_ALERT } from "../model/alert.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const oweScript = redisScript("alert-owe");
const takeScript = redisScript("alert-take");
const inheritScript = redisScript("alert-inherit");

/** What an alert is known to have told: more than any topic's feed holds (500). */
const MOST_TOLD = 2000;
/** A channel that is dead for weeks; the oldest news go first. */
const MOST_WAITING = 1000;
/** Stories of one message; the rest makes another. */
const MOST_A_MESSAGE = 100;
/** An alert that is no longer in config/ is forgotten after this. */
const KEPT: Duration = 90 * DAY;

/** A story that is owed, and since when. */
export interface OwedStory {
  readonly since: Instant;
  readonly story: AlertStory;
}

export type AlertStore = ReturnType<typeof alertStore>;

/** What alerts owe, what they have under way, and how their channels are. */
export function alertStore(redis: Redis, keys: Keys) {
  return {
    /**
     * Owes these stories, none of them twice.
     * @returns how many old ones were dropped for them
     */
    async owe(alert: AlertId, stories: readonly OwedStory[], now: Instant): Promise<number> {
      const pairs = stories.flatMap((owed) => [owed.story.id, JSON.stringify(owed)]);
      const bounds = [now, MOST_TOLD, MOST_WAITING, KEPT];
      return Number(await oweScript(redis, [keys.alertTold(alert), keys.alertWaiting(alert)], [...bounds, ...pairs]));
    },

    /** Takes over what the alert told and owes, and how its channel is, from its former id. */
    async inherit(from: AlertId, to: AlertId): Promise<void> {
      const former = [keys.alertTold(from), keys.alertWaiting(from), keys.alertUnderWay(from), keys.alertRecord(from)];
      const own = [keys.alertTold(to), keys.alertWaiting(to), keys.alertRecord(to)];
      await inheritScript(redis, [...former, ...own], [MOST_TOLD, MOST_WAITING, KEPT]);
    },

    /** Since when something is owed; 0 where a message is under way already, undefined where nothing is owed. */
    async owingSince(alert: AlertId): Promise<Instant | undefined> {
      const [underWay, oldest] = await Promise.all([
        redis.exists(keys.alertUnderWay(alert)),
        redis.lindex(keys.alertWaiting(alert), 0),
      ]);
      return underWay === 1 ? 0 : readJson<OwedStory>(oldest)?.since;
    },

    /** What the next message tells: the same until it is settled. */
    async take(alert: AlertId): Promise<readonly OwedStory[]> {
      const from = [keys.alertWaiting(alert), keys.alertUnderWay(alert)];
      const taken = (await takeScript(redis, from, [MOST_A_MESSAGE, KEPT])) as string[];
      return taken.map((text) => JSON.parse(text) as OwedStory);
    },

    /** The message under way is sent. */
    async settle(alert: AlertId, record: AlertRecord): Promise<void> {
      await redis
        .multi()
        .del(keys.alertUnderWay(alert))
        .set(keys.alertRecord(alert), JSON.stringify(record), "PX", KEPT)
        .exec();
    },

    async record(alert: AlertId): Promise<AlertRecord> {
      return readJson<AlertRecord>(await redis.get(keys.alertRecord(alert))) ?? NEW_ALERT;
    },

    async keepRecord(alert: AlertId, record: AlertRecord): Promise<void> {
      await redis.set(keys.alertRecord(alert), JSON.stringify(record), "PX", KEPT);
    },

    /** How many stories wait, those of the message under way among them. */
    async waiting(alert: AlertId): Promise<number> {
      const counts = [redis.llen(keys.alertWaiting(alert)), redis.llen(keys.alertUnderWay(alert))];
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
  };
}

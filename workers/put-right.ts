import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { redateItems } from "../src/adapters/redate-items.ts";
import { noteHour } from "../src/adapters/shared-clock.ts";
import type { Item } from "../src/model/item.ts";
import { type Duration, type Instant, MINUTE, SECOND } from "../src/model/time.ts";
import { newsItem } from "./poll/bring.ts";
import type { World } from "./world.ts";

/** Less is caught up with by waiting. */
const NOTICED: Duration = MINUTE;
/** Jobs asked about at once. */
const BATCH = 500;
/** BullMQ's scores of delayed jobs are milliseconds times this, and a number within the millisecond. */
const SCORE_OF_MS = 0x1000;

/** Tells whether one of these clocks went back since it was asked last. */
export function stepsBack(clocks: readonly (() => Instant)[]): () => boolean {
  let last = clocks.map((clock) => clock());
  return () => {
    const before = last;
    last = clocks.map((clock) => clock());
    return last.some((now, n) => now < (before[n] ?? now) - NOTICED);
  };
}

/**
 * Undoes what was put off by a clock that was ahead and has been put right since (a machine that woke up, a wrong
 * battery clock): polls and jobs would stand still for as long as it was ahead, across restarts, too. What it said of
 * the time is forgotten.
 * @param spread how long feeds that were never polled may rightly wait
 */
export async function putRight(world: World, spread: Duration): Promise<void> {
  const { feeds, queues, redis, keys, log, now } = world;
  await putItemsRight(world);
  const polls = await feeds.pullBack(now(), spread);
  let jobs = 0;
  for (const queue of queues.all) jobs += await pullBackJobs(redis, queue);
  await noteHour(redis, keys, now());
  if (polls + jobs > 0) log.warn({ polls, jobs }, "clock.put-right");
}

/**
 * Items that arrived later than now arrive at their publisher's date, as an archive does. Asked again and again: a poll
 * that began by the wrong clock may end by the right one.
 */
export async function putItemsRight({ settings, redis, keys, log }: World): Promise<void> {
  // asked anew: on a machine that has just woken up, what was measured before is behind
  const [seconds] = await redis.time();
  const latest = Number(seconds) * SECOND;
  const earliest = latest - settings.retention.items / 2;
  const feedById = new Map(settings.feeds.map((feed) => [feed.id, feed]));
  const items = await redateItems(redis, keys, latest, (before) => {
    const arrivedAt = Math.max(earliest, Math.min(before.publishedAt ?? latest, latest));
    const { revisedAt } = before;
    const item: Item = { ...before, arrivedAt, ...(revisedAt && { revisedAt: Math.min(revisedAt, latest) }) };
    // of one that was withdrawn the desk knows nothing any more
    if (item.withdrawnAt !== undefined) return { item };
    return { item, news: { kind: "revised", item: newsItem(feedById.get(item.feed) ?? {}, item) } };
  });
  if (items > 0) log.warn({ items }, "clock.items-put-right");
}

/** A job that was put off later than now waits as long as it was to wait then, from now on. */
async function pullBackJobs(redis: Redis, queue: Queue): Promise<number> {
  const flat = await redis.zrange(queue.toKey("delayed"), "0", "-1", "WITHSCORES");
  const delayed = flat.flatMap((id, at) => (at % 2 === 0 ? [{ id, at: Number(flat[at + 1]) / SCORE_OF_MS }] : []));
  let pulled = 0;
  for (let from = 0; from < delayed.length; from += BATCH) {
    const some = delayed.slice(from, from + BATCH).map(async ({ id, at }) => {
      const job = await queue.getJob(id);
      if (job === undefined || at - job.delay <= Date.now() + NOTICED) return;
      // it may have been promoted, or done, a moment ago
      await job.changeDelay(job.delay).then(
        () => pulled++,
        () => undefined,
      );
    });
    await Promise.all(some);
  }
  return pulled;
}

import { Worker } from "bullmq";
import { hostGate } from "../src/adapters/host-gate.ts";
import { openFetcher } from "../src/adapters/http-fetcher.ts";
import { threadPool } from "../src/adapters/thread-pool.ts";
import type { Reading } from "../src/model/reading.ts";
import { type Duration, MINUTE, SECOND } from "../src/model/time.ts";
import type { CompiledTopic } from "../src/road.ts";
import { cron } from "./cron.ts";
import { pollFeed } from "./poll.ts";
import { publishTopic } from "./publish.ts";
import { POLL, type PollJob, PUBLISH, type PublishJob, WORKER_TIMES } from "./queues.ts";
import type { ReadingJob } from "./reading-thread.ts";
import { sweep } from "./sweep.ts";
import type { World } from "./world.ts";

export interface WorkPace {
  /** node-cron, with seconds: how often due feeds are claimed */
  readonly tick: string;
  /** a poll that is not committed after this is taken to be dead */
  readonly lease: Duration;
  /** a feed new in config/ waits this long for the next one: a thousand imported feeds do not start at once */
  readonly spread: Duration;
}

export const PACE: WorkPace = { tick: "*/2 * * * * *", lease: MINUTE, spread: 100 };

/** Due feeds claimed at a tick. */
const CLAIMS = 1000;
const READING_DEADLINE = 2 * SECOND;
const PUBLISHERS_AT_ONCE = 2;
const OUTBOX_ROUND = "*/5 * * * * *";
const SCHEDULE_ROUND = "30 * * * * *";
const SWEEP_ROUND = "17 * * * *";

/** The work role: claims what is due, polls it, renders what was touched, sweeps what is old. Any number may run. */
export async function openWork(world: World, topics: readonly CompiledTopic[], pace: WorkPace = PACE) {
  const { settings, queues, log, metrics } = world;
  const stack = new AsyncDisposableStack();
  const fetcher = stack.use(openFetcher(settings.poll));
  const reading = stack.use(
    threadPool<ReadingJob, Reading>(new URL("./reading-thread.ts", import.meta.url), {
      threads: 2,
      deadlineMs: READING_DEADLINE,
    }),
  );
  const gate = hostGate(world.redis, world.keys, {
    gap: settings.poll.perHostGap,
    concurrency: settings.poll.perHostConcurrency,
    longest: MINUTE,
  });
  const sectionWords = settings.sections.flatMap((section) => section.titleWords);
  const feedById = new Map(settings.feeds.map((feed) => [feed.id, feed]));
  const topicById = new Map(topics.map(({ topic }) => [topic.id, topic]));

  const { added, gone } = await world.feeds.schedule([...feedById.keys()], world.now(), pace.spread);
  const opened = await dueAfterOurOwnRefusal();
  log.info({ feeds: feedById.size, added, gone, opened }, "work.scheduled");

  const connection = world.connect("workers", true);
  const options = { connection, prefix: `${settings.redisPrefix}:bull`, ...WORKER_TIMES };
  const polls = new Worker<PollJob>(
    POLL,
    async ({ data }) => {
      const feed = feedById.get(data.feed);
      if (feed === undefined) return "left config";
      const outcome = await pollFeed({ world, fetcher, reading, gate, lease: pace.lease, sectionWords }, feed, data);
      log.debug({ feed: feed.id, outcome }, "poll");
      return outcome;
    },
    { ...options, concurrency: settings.poll.concurrency },
  );
  const publishings = new Worker<PublishJob>(
    PUBLISH,
    async ({ data }) => {
      const topic = topicById.get(data.topic);
      return topic === undefined ? "left config" : await publishTopic(world, topic);
    },
    { ...options, concurrency: PUBLISHERS_AT_ONCE },
  );
  for (const worker of [polls, publishings]) {
    worker.on("error", (error) => log.warn({ err: error.message }, "work.redis"));
    worker.on("failed", (job, error) => log.error({ err: error, job: job?.name, data: job?.data }, "work.failed"));
    stack.defer(() => worker.close());
  }

  stack.use(cron(pace.tick, "tick", log, tick));
  stack.use(cron(OUTBOX_ROUND, "outbox", log, emptyOutbox));
  // a Redis that was emptied has no schedule any more
  stack.use(
    cron(SCHEDULE_ROUND, "schedule", log, () => world.feeds.schedule([...feedById.keys()], world.now(), pace.spread)),
  );
  stack.use(cron(SWEEP_ROUND, "sweep", log, () => sweep(world)));

  return {
    tick,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };

  /** What our own settings refused may be allowed by now: no publisher is bothered by asking again. */
  async function dueAfterOurOwnRefusal(): Promise<number> {
    const states = await world.feeds.states([...feedById.keys()]);
    const refused = [...states].filter(([, { lastError }]) => lastError?.startsWith("blocked-"));
    for (const [feed] of refused) await world.feeds.dueNow(feed, world.now());
    return refused.length;
  }

  async function tick(): Promise<void> {
    const now = world.now();
    const claims = await world.feeds.claim(now, CLAIMS, pace.lease);
    if (claims.length > 0)
      await queues.askForPolls(claims.map(({ feed, wasDueAt }) => ({ feed, claimedAt: now, wasDueAt })));
    metrics.overdueFeeds.set(await world.feeds.overdue(now - MINUTE));
  }

  /** The desk asks for rendering at once; this finds what was touched by a desk that died before it could ask. */
  async function emptyOutbox(): Promise<void> {
    const touched = (await world.documents.touched()).filter((topic) => topicById.has(topic));
    if (touched.length > 0) await queues.askForPublishing(touched);
  }
}

import { Worker } from "bullmq";
import { hostGate } from "../src/adapters/host-gate.ts";
import { LARGE_BODY } from "../src/adapters/http-body.ts";
import { openFetcher } from "../src/adapters/http-fetcher.ts";
import { threadPool } from "../src/adapters/thread-pool.ts";
import type { TopicId } from "../src/model/ids.ts";
import type { Reading } from "../src/model/reading.ts";
import { type Duration, MINUTE, SECOND } from "../src/model/time.ts";
import { spacingOf } from "../src/poll/poll.ts";
import { openAlerts } from "./alerts/alerts.ts";
import { cron } from "./cron.ts";
import { openDeliveries } from "./deliver.ts";
import { openHub } from "./hub/hub.ts";
import { openCadence } from "./poll/cadence.ts";
import { handOut } from "./poll/hand-out.ts";
import { openIllFeeds } from "./poll/ill-feeds.ts";
import { retryOwnRefusals } from "./poll/own-refusals.ts";
import type { ReadingJob } from "./poll/reading-thread.ts";
import { robotsAsker } from "./poll/robots.ts";
import { openSlots } from "./poll/slots.ts";
import { publishTopic } from "./publish.ts";
import { putRight, stepsBack } from "./put-right.ts";
import { POLL, type PollJob, PUBLISH, type PublishJob, WORKER_TIMES } from "./queues.ts";
import { sweep } from "./sweep.ts";
import type { TopicBook } from "./topics/topic-book.ts";
import { openWebsub } from "./websub/websub.ts";
import type { World } from "./world.ts";

export interface WorkPace {
  /** node-cron, with seconds: how often due feeds are claimed */
  readonly tick: string;
  /** a poll that is not committed after this is taken to be dead */
  readonly lease: Duration;
  /** feeds a second that are taken up of a long backlog: after an outage publishers are not asked all at once */
  readonly drain: number;
  /** a feed new in config/ waits at least this long for the one before it */
  readonly spread: Duration;
}

export const PACE: WorkPace = { tick: "*/2 * * * * *", lease: MINUTE, drain: 50, spread: 100 };

/** Feeds that may wait for workers; the others wait in the schedule. */
const QUEUED = 10_000;
/** Before this a feed is late, after it the backlog of an outage. */
const OVERDUE_AFTER = 5 * MINUTE;
/** One whose feeds are begun, one at hand. */
const JOBS_AT_ONCE = 2;
const READING_DEADLINE = 2 * SECOND;
const PUBLISHERS_AT_ONCE = 2;
/** What is under way when the process ends may finish; a publisher who takes longer is asked again by the next one. */
const FINISHING = 8 * SECOND;
const OUTBOX_ROUND = "*/5 * * * * *";
const CADENCE_ROUND = "45 * * * * *";
/** Who runs for half an hour a day sweeps, too. */
const SWEEP_ROUND = "17,47 * * * *";

/** The work role: claims what is due, polls it, renders what was touched, sweeps what is old. Any number may run. */
export async function openWork(world: World, book: TopicBook, pace: WorkPace = PACE) {
  const { settings, queues, log, metrics } = world;
  const stack = new AsyncDisposableStack();
  const fetcher = stack.use(openFetcher(settings.poll));
  const callingOff = new AbortController();
  const calledOff = callingOff.signal;
  const reading = stack.use(
    threadPool<ReadingJob, Reading>(new URL("./poll/reading-thread.ts", import.meta.url), {
      threads: 2,
      deadlineMs: READING_DEADLINE,
      isLong: ({ bytes }) => bytes.length > LARGE_BODY,
      calledOff,
    }),
  );
  const gate = hostGate(world.gathering, world.keys, {
    gap: settings.poll.perHostGap,
    concurrency: settings.poll.perHostConcurrency,
    longest: MINUTE,
  });
  const robots = robotsAsker(world, fetcher, calledOff);
  const sectionWords = settings.sections.flatMap((section) => section.titleWords);
  const feedById = new Map(settings.feeds.map((feed) => [feed.id, feed]));

  const spacing = spacingOf(feedById.size, pace.spread);
  await schedule();
  // what BullMQ puts off goes by this machine's clock
  const hasClockGoneBack = stepsBack([world.now, Date.now]);
  // at first whatever was written before
  let mayBeAhead = true;

  const connection = world.connect("workers", true);
  const options = { connection, prefix: `${settings.redisPrefix}:bull`, ...WORKER_TIMES };
  const closing = new AbortController();
  const opening = openRefused(closing.signal);
  stack.defer(() => opening);
  // closed when the last poll has ended, so before the slots here
  const ill = stack.use(openIllFeeds(log));
  const slots = openSlots(settings.poll.concurrency);
  stack.defer(() => slots.empty());
  const pollTools = { world, ill, fetcher, reading, gate, robots, calledOff, lease: pace.lease, sectionWords };
  const websub = stack.use(await openWebsub(pollTools, pace.tick));
  const hub = stack.use(await openHub(world, book, calledOff));
  const alerts = stack.use(await openAlerts(world, (id) => book.list().byId.get(id)?.topic));
  stack.use(await openDeliveries(world, [...hub.deliverers, alerts]));
  const cadence = await openCadence(world);
  const tools = { ...pollTools, websub, intervalAtOneADay: cadence.intervalAtOneADay };
  const handing = { slots, feedById, closing: closing.signal };
  const polls = new Worker<PollJob>(POLL, ({ data }) => handOut(tools, data, handing), {
    ...options,
    concurrency: JOBS_AT_ONCE,
  });
  const publishings = new Worker<PublishJob>(PUBLISH, ({ data }) => publishTouched(data.topic), {
    ...options,
    concurrency: PUBLISHERS_AT_ONCE,
  });
  for (const worker of [polls, publishings]) {
    worker.on("error", world.redisAway);
    worker.on("failed", (job, error) => log.error({ err: error, job: job?.name, data: job?.data }, "work.failed"));
    stack.defer(() => worker.close());
  }

  stack.use(cron(pace.tick, "tick", log, tick));
  stack.use(cron(OUTBOX_ROUND, "outbox", log, emptyOutbox));
  stack.use(cron(CADENCE_ROUND, "cadence", log, cadence.follow));
  stack.use(cron(SWEEP_ROUND, "sweep", log, () => sweep(world)));

  return {
    tick,
    async [Symbol.asyncDispose]() {
      closing.abort();
      const enough = setTimeout(() => callingOff.abort(), FINISHING);
      await stack.disposeAsync();
      clearTimeout(enough);
    },
  };

  /** Beside the first polls, since all states are read for it. */
  async function openRefused(signal: AbortSignal): Promise<void> {
    try {
      const opened = await retryOwnRefusals(world, settings.feeds, signal);
      if (opened > 0) log.info({ opened }, "work.refusals");
    } catch (error) {
      if (!signal.aborted) log.warn({ err: String(error) }, "work.refusals");
    }
  }

  async function schedule(): Promise<void> {
    const { added, gone } = await world.feeds.schedule([...feedById.keys()], world.now(), spacing);
    log.info({ feeds: feedById.size, added, gone }, "work.scheduled");
  }

  async function tick(): Promise<void> {
    const now = world.now();
    mayBeAhead ||= hasClockGoneBack();
    if (mayBeAhead) await putRight(world, spacing * feedById.size);
    mayBeAhead = false;
    // a Redis that was emptied has no schedule any more
    if ((await world.feeds.scheduled()) < feedById.size) await schedule();
    const room = QUEUED - (await queues.waitingFeeds());
    const backlog = { overdueAfter: OVERDUE_AFTER, aSecond: pace.drain };
    const claims = room > 0 ? await world.feeds.claim(now, room, pace.lease, backlog) : [];
    if (claims.length > 0) await queues.askForPolls(claims, now);
    metrics.overdueFeeds.set(await world.feeds.overdue(now - MINUTE));
  }

  /** Two may ask for the same; what the first rendering has told needs no second one. */
  async function publishTouched(topic: TopicId): Promise<number> {
    return (await world.documents.isTouched(topic)) ? await publishTopic(world, book, topic) : 0;
  }

  /**
   * The desk asks for rendering at once; this finds what was touched by a desk that died before it could ask, and where
   * a story has waited long enough.
   */
  async function emptyOutbox(): Promise<void> {
    await world.documents.touch(await world.documents.ripe(world.now()));
    const waiting = new Set(await world.documents.touched());
    const { byId } = await book.refresh();
    const due = [...waiting].filter((topic) => byId.has(topic));
    if (due.length > 0) await queues.askForPublishing(due);
    await world.memberships.forgetTouched([...waiting].filter((topic) => !byId.has(topic)));
  }
}

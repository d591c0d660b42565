import { type BulkJobOptions, type JobsOptions, Queue, type WorkerOptions } from "bullmq";
import type { Redis } from "ioredis";
import type { Claim } from "../src/adapters/feed-store.ts";
import type { DeliverJob, DeliveryKind } from "../src/model/delivery.ts";
import type { TopicId } from "../src/model/ids.ts";
import { type Instant, SECOND } from "../src/model/time.ts";

/** Feeds that were claimed together. Who works on it takes a lease on each, so that none is polled twice. */
export interface PollJob {
  readonly claimedAt: Instant;
  readonly claims: readonly Claim[];
}

export interface PublishJob {
  readonly topic: TopicId;
}

export const POLL = "poll";
export const PUBLISH = "publish";
/** Each kind of delivery waits in a queue of its own: who answers slowly holds up nobody who is told in another way. */
export const deliverQueue = (kind: DeliveryKind): string => `deliver-${kind}`;

/** Nothing is kept of a finished job: the schedule (due) and the outbox (touched) are the memory, and the retry. */
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 200, age: 86_400 } } as const;

/** So few that several workers share a burst evenly. */
const FEEDS_A_JOB = 25;

/** News come in bursts: what comes in within this is rendered once. */
const PUBLISH_OPTIONS = { ...JOB_OPTIONS, delay: 300 } as const;

/** Tried for about five days (workers/deliver.ts says when); who sends it may give up sooner. */
const DELIVER_OPTIONS: JobsOptions = {
  attempts: 28,
  backoff: { type: "custom" },
  stackTraceLimit: 1,
  removeOnComplete: true,
  removeOnFail: { count: 200, age: 86_400 },
};

/**
 * All workers must agree on these, or a killed worker's job waits for the slowest of them (facts F12): a lost job is
 * taken up again after 10 s.
 */
export const WORKER_TIMES = {
  lockDuration: 10 * SECOND,
  stalledInterval: 5 * SECOND,
  maxStalledCount: 5,
} satisfies Partial<WorkerOptions>;

export function openQueues(connection: Redis, prefix: string) {
  const options = { connection, prefix, defaultJobOptions: JOB_OPTIONS };
  const poll = new Queue<PollJob>(POLL, options);
  const publish = new Queue<PublishJob>(PUBLISH, options);
  const openDeliver = (kind: DeliveryKind) =>
    new Queue<DeliverJob>(deliverQueue(kind), { ...options, defaultJobOptions: DELIVER_OPTIONS });
  const deliver = {
    hub: openDeliver("hub"),
    "hub-verify": openDeliver("hub-verify"),
    ping: openDeliver("ping"),
    alerts: openDeliver("alerts"),
  } satisfies Record<DeliveryKind, Queue<DeliverJob>>;
  const all = [poll, publish, ...Object.values(deliver)];

  return {
    poll,
    publish,
    deliver,
    all,

    /** Many feeds a job: a job of BullMQ's costs as much as half a poll. */
    async askForPolls(claims: readonly Claim[], claimedAt: Instant): Promise<void> {
      const jobs: PollJob[] = [];
      for (let from = 0; from < claims.length; from += FEEDS_A_JOB)
        jobs.push({ claimedAt, claims: claims.slice(from, from + FEEDS_A_JOB) });
      await poll.addBulk(jobs.map((data) => ({ name: POLL, data })));
    },

    /** About how many feeds wait for a worker. */
    async waitingFeeds(): Promise<number> {
      return (await poll.getWaitingCount()) * FEEDS_A_JOB;
    },

    async askForPublishing(topics: readonly TopicId[]): Promise<void> {
      await publish.addBulk(
        topics.map((topic) => ({
          name: PUBLISH,
          data: { topic },
          // what comes in while the topic is being rendered is rendered next, without waiting for the round of the outbox
          opts: { ...PUBLISH_OPTIONS, deduplication: { id: topic, keepLastIfActive: true } },
        })),
      );
    },

    async askForDeliveries(jobs: readonly DeliverJob[]): Promise<void> {
      for (const [kind, some] of Map.groupBy(jobs, ({ by }) => by))
        await deliver[kind].addBulk(some.map((data) => ({ name: kind, data, opts: oneAtATime(data) })));
    },

    async close(): Promise<void> {
      await Promise.all(all.map((queue) => queue.close()));
    },
  };
}

/** Whatever is asked for while such a job runs is another job after it; BullMQ's ids hold no colons (facts C-05). */
function oneAtATime({ by, to }: DeliverJob): BulkJobOptions {
  return { deduplication: { id: `${by}-${to}`.replaceAll(":", "_"), keepLastIfActive: true } };
}

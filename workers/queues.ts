import { Queue, type WorkerOptions } from "bullmq";
import type { Redis } from "ioredis";
import type { FeedId, TopicId } from "../src/model/ids.ts";
import { SECOND } from "../src/model/time.ts";

export interface PollJob {
  readonly feed: FeedId;
  readonly claimedAt: number;
  readonly wasDueAt: number;
}

export interface PublishJob {
  readonly topic: TopicId;
}

export const POLL = "poll";
export const PUBLISH = "publish";

/** Nothing is kept of a finished job: the schedule (due) and the outbox (touched) are the memory, and the retry. */
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 200, age: 86_400 } } as const;

/** News come in bursts: what comes in within this is rendered once. */
const PUBLISH_OPTIONS = { ...JOB_OPTIONS, delay: 300 } as const;

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

  return {
    poll,
    publish,

    /** One job a feed, however often it is asked for (`deduplication`, not `jobId`: a kept failed job would block the feed). */
    async askForPolls(jobs: readonly PollJob[]): Promise<void> {
      await poll.addBulk(
        jobs.map((data) => ({ name: POLL, data, opts: { ...JOB_OPTIONS, deduplication: { id: data.feed } } })),
      );
    },

    async askForPublishing(topics: readonly TopicId[]): Promise<void> {
      await publish.addBulk(
        topics.map((topic) => ({
          name: PUBLISH,
          data: { topic },
          opts: { ...PUBLISH_OPTIONS, deduplication: { id: topic } },
        })),
      );
    },

    async close(): Promise<void> {
      await Promise.all([poll.close(), publish.close()]);
    },
  };
}

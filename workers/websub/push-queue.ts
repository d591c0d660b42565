import { Queue } from "bullmq";
import type { FeedId } from "../../src/model/ids.ts";
import { SECOND } from "../../src/model/time.ts";
import type { World } from "../world.ts";

/** A push that was signed as it should be, on its way from the web role to a worker. */
export interface PushJob {
  readonly feed: FeedId;
  readonly token: string;
  /** the topic: what relative addresses are meant against */
  readonly url: string;
  readonly contentType?: string;
  /** base64 */
  readonly body: string;
}

export const PUSH = "push";

/** A poll or push of the same feed may be under way: it is waited for, a minute. Nothing is kept of a finished job. */
const JOB_OPTIONS = {
  attempts: 240,
  backoff: { type: "fixed", delay: SECOND / 4 },
  stackTraceLimit: 1,
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** Pushes lie in Redis until they are read, those of a busy feed as delayed jobs: hubs beyond this are told to come again. */
const MAX_WAITING = 200;

export function openPushQueue(world: World) {
  const queue = new Queue<PushJob>(PUSH, {
    connection: world.connect("pushes", true),
    prefix: `${world.settings.redisPrefix}:bull`,
    defaultJobOptions: JOB_OPTIONS,
  });
  queue.on("error", world.redisAway);
  return {
    /** @returns false where too many wait already */
    async add(job: PushJob): Promise<boolean> {
      if ((await queue.count()) >= MAX_WAITING) return false;
      await queue.add(PUSH, job);
      return true;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await queue.close();
    },
  };
}

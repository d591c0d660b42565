import { Worker } from "bullmq";
import { cron } from "../cron.ts";
import type { PollTools } from "../poll.ts";
import { WORKER_TIMES } from "../queues.ts";
import { PUSH, type PushJob } from "./push-queue.ts";
import { openSubscriber } from "./subscriber.ts";
import { FeedBusyError, takePush } from "./take-push.ts";

/** Reading is two threads' work at most. */
const PUSHES_AT_ONCE = 4;

/** WebSub in the work role: asks hubs, reads what they push. `tick`: how often what is due is looked after. */
export async function openWebsub(tools: PollTools, tick: string) {
  const { world } = tools;
  const { settings, log } = world;
  await using stack = new AsyncDisposableStack();
  const subscriber = openSubscriber(tools);
  const feedById = new Map(settings.feeds.map((feed) => [feed.id, feed]));
  await subscriber.begin();

  const connection = world.connect("pushes", true);
  const pushes = new Worker<PushJob>(
    PUSH,
    async ({ data }) => {
      const feed = feedById.get(data.feed);
      if (feed === undefined) return "left config";
      const outcome = await takePush(tools, subscriber.book, feed, data);
      log.debug({ feed: feed.id, outcome }, "push");
      return outcome;
    },
    { connection, prefix: `${settings.redisPrefix}:bull`, concurrency: PUSHES_AT_ONCE, ...WORKER_TIMES },
  );
  pushes.on("error", world.redisAway);
  pushes.on("failed", (job, error) => {
    if (!(error instanceof FeedBusyError)) log.error({ err: error, feed: job?.data.feed }, "websub.push-failed");
    if (job === undefined || job.attemptsMade < (job.opts.attempts ?? 1)) return;
    const { feed } = job.data;
    log.warn({ feed, why: error.message }, "websub.push-dropped");
    // what it was to bring is looked for
    subscriber.book.pollSoon(feed).catch(world.redisAway);
  });
  stack.defer(() => pushes.close());
  stack.use(cron(tick, "websub", log, subscriber.round));

  const kept = stack.move();
  return { ...subscriber, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

import { Queue } from "bullmq";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, MINUTE, SECOND } from "../../src/model/time.ts";
import { openPushQueue, PUSH, type PushJob } from "../../workers/websub/push-queue.ts";
import { openInstallation, openWorker, type Worker } from "../hub/work-with-hub.ts";
import { aFeed, aPublisher } from "../support/test-settings.ts";

/** Pushes of a feed that is busy: a poll of it has the lease all the time. */

const feed = aFeed("feed", "blatt", "http://127.0.0.1:1/feed");
const push: PushJob = { feed: feed.id, token: "token", url: feed.url, body: "" };
const stack = new AsyncDisposableStack();
let worker: Worker;

beforeAll(async () => {
  const installation = stack.use(await openInstallation());
  worker = stack.use(await openWorker(installation, { publishers: [aPublisher("blatt")], feeds: [feed] }, false));
  const now = installation.now();
  await worker.world.feeds.takeLease(feed.id, "a-poll", { now, lease: MINUTE, claimedAt: now });
});
afterAll(() => stack.disposeAsync());

test("one that is given up in the end is told of, and what it was to bring is looked for", async () => {
  const { world } = worker;
  const warned: object[] = [];
  Object.assign(world.log, { warn: (facts: object, event: string) => warned.push({ ...facts, event }) });
  await world.redis.zadd(world.keys.due, world.now() + DAY, feed.id);
  const queue = new Queue<PushJob>(PUSH, {
    connection: world.connect("test", true),
    prefix: `${world.settings.redisPrefix}:bull`,
  });

  await queue.add(PUSH, push, { attempts: 2, backoff: { type: "fixed", delay: 1 }, removeOnFail: true });
  await queue.close();
  await expect.poll(() => warned, { timeout: 10 * SECOND }).not.toEqual([]);

  expect(warned).toEqual([{ event: "websub.push-dropped", feed: feed.id, why: expect.any(String) }]);
  await expect.poll(() => worker.dueIn(feed), { timeout: 10 * SECOND }).toBeLessThan(DAY / 2);
});

test("hubs beyond two hundred of them are told to come again", async () => {
  await using queue = openPushQueue(worker.world);

  let taken = 0;
  for (let n = 0; n < 500; n++) if (await queue.add(push)) taken += 1;

  // a few are being tried at any moment
  expect(taken).toBeGreaterThanOrEqual(200);
  expect(taken).toBeLessThan(210);
});

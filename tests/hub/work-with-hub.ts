import { randomUUID } from "node:crypto";
import { fastify } from "fastify";
import { hostGate } from "../../src/adapters/host-gate.ts";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { Subscription } from "../../src/model/subscription.ts";
import { type Duration, MINUTE } from "../../src/model/time.ts";
import { addHubCallbacks } from "../../src/serve/serve.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";
import { robotsAsker } from "../../workers/poll/robots.ts";
import { pollFeed } from "../../workers/poll.ts";
import { openHubCallbacks } from "../../workers/websub/callbacks.ts";
import { openWebsub } from "../../workers/websub/websub.ts";
import { openWorld } from "../../workers/world.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { eventually, testSettings } from "../support/test-settings.ts";
import { freePort } from "./hub-server.ts";

/** The rounds are made by hand. */
const NEVER = "0 0 0 1 1 *";

/** A Redis and a clock that several workers of one installation share. */
export async function openInstallation() {
  const stack = new AsyncDisposableStack();
  const redis = stack.use(await openTestRedis());
  const port = await freePort();
  let now = Date.UTC(2026, 0, 5, 12);

  return {
    now: () => now,
    pass: (duration: Duration): void => {
      now += duration;
    },
    settings: (own: Partial<Settings>): Settings =>
      testSettings({
        ...redis.home,
        publicUrl: `http://127.0.0.1:${port}`,
        websub: { subscribe: true, sha1: true },
        ...own,
      }),
    port,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** The work role's WebSub and the web role's callbacks, real but for the clock, which stands until it is moved. */
export async function openWorker(installation: Installation, own: Partial<Settings>, withWeb = true) {
  const stack = new AsyncDisposableStack();
  const settings = installation.settings(own);
  const world = { ...stack.use(await openWorld(settings, "test")), now: installation.now };
  const fetcher = stack.use(openFetcher(settings.poll));
  const reading = stack.use(
    threadPool<ReadingJob, Reading>(new URL("../../workers/poll/reading-thread.ts", import.meta.url), {
      threads: 1,
      deadlineMs: MINUTE,
    }),
  );
  const gate = hostGate(world.redis, world.keys, { gap: 0, concurrency: 50, longest: MINUTE });
  const { signal: calledOff } = new AbortController();
  const robots = robotsAsker(world, fetcher, calledOff);
  const tools = {
    world,
    fetcher,
    reading,
    gate,
    robots,
    calledOff,
    lease: MINUTE,
    ill: { tell: () => undefined },
    sectionWords: [],
  };
  await world.feeds.schedule(
    settings.feeds.map(({ id }) => id),
    world.now(),
    0,
  );
  const websub = stack.use(await openWebsub(tools, NEVER));
  if (withWeb) {
    const app = fastify();
    addHubCallbacks(app, stack.use(openHubCallbacks(world)));
    await app.listen({ host: "127.0.0.1", port: installation.port });
    stack.defer(() => app.close());
  }

  return {
    world,
    websub,

    async poll(feed: Feed): Promise<string> {
      const now = world.now();
      const lease = await world.feeds.takeLease(feed.id, randomUUID(), { now, lease: MINUTE, claimedAt: now });
      if (lease.kind === "refused") throw new Error(lease.why);
      return await pollFeed({ ...tools, websub }, feed, lease);
    },

    async subscription(feed: Feed): Promise<Subscription | undefined> {
      return await websub.book.of(feed.id);
    },

    async held(feed: Feed): Promise<Subscription> {
      return await eventually(`${feed.id} subscribed`, async () => {
        const subscription = await websub.book.of(feed.id);
        return subscription?.held === undefined ? undefined : subscription;
      });
    },

    async dueIn(feed: Feed): Promise<Duration> {
      return Number(await world.redis.zscore(world.keys.due, feed.id)) - world.now();
    },

    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export type Worker = Awaited<ReturnType<typeof openWorker>>;

import { randomUUID } from "node:crypto";
import type { Claim, Lease } from "../../src/adapters/feed-store.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { FeedId } from "../../src/model/ids.ts";
import { SECOND } from "../../src/model/time.ts";
import { pollFeed } from "../poll.ts";
import type { PollJob } from "../queues.ts";
import type { Slots } from "./slots.ts";
import type { PollTools } from "./tools.ts";

interface HandOut {
  readonly slots: Slots;
  readonly feedById: ReadonlyMap<FeedId, Feed>;
  /** no more polls are begun: what is left comes back when its claim ends */
  readonly closing: AbortSignal;
}

/**
 * Begins the polls of a job as slots become free, each under a lease of its own. Done when the last one has begun: a
 * slow feed holds one slot and no other feed, and what a killed worker leaves behind comes back when its leases end.
 */
export async function handOut(tools: PollTools, { claims, claimedAt }: PollJob, options: HandOut): Promise<void> {
  const { slots, closing } = options;
  for (let begun = 0; begun < claims.length; ) {
    const taken = await slots.take(claims.length - begun);
    const batch = claims.slice(begun, begun + taken);
    begun += taken;
    if (closing.aborted) return slots.give(taken);
    await begin(tools, batch, claimedAt, options).catch((error: unknown) => {
      slots.give(taken);
      throw error;
    });
  }
}

/** From here on each poll gives its own slot back. */
async function begin(
  tools: PollTools,
  batch: readonly Claim[],
  claimedAt: number,
  { slots, feedById }: HandOut,
): Promise<void> {
  const { world } = tools;
  const now = world.now();
  const asked = batch.map(({ feed }) => ({ feed, token: randomUUID() }));
  const answers = await world.feeds.takeLeases(asked, { now, lease: tools.lease, claimedAt });
  for (const [n, answer] of answers.entries()) {
    const feed = feedById.get(answer.feed);
    if (answer.kind === "refused" || feed === undefined) {
      world.log.debug(
        { feed: answer.feed, why: answer.kind === "refused" ? answer.why : "left config" },
        "poll.refused",
      );
      slots.give();
    } else {
      world.metrics.pollLag.observe(Math.max(0, now - (batch[n]?.wasDueAt ?? now)) / SECOND);
      void poll(tools, feed, answer).finally(() => slots.give());
    }
  }
}

/** The lease brings the feed back, whatever happened; one that was called off is due at once. */
async function poll(tools: PollTools, feed: Feed, lease: Lease): Promise<void> {
  const { log, feeds, now } = tools.world;
  try {
    log.debug({ feed: feed.id, outcome: await pollFeed(tools, feed, lease) }, "poll");
  } catch (error) {
    if (tools.calledOff.aborted) await feeds.postpone(feed.id, lease.token, now()).catch(() => undefined);
    else log.error({ err: error, feed: feed.id }, "poll.failed");
  }
}

import { randomUUID } from "node:crypto";
import { heard } from "../../src/hub/hub.ts";
import type { Feed } from "../../src/model/feed.ts";
import { stateAfterPush } from "../../src/poll/poll.ts";
import { bring, type PollTools, readDocument } from "../poll.ts";
import type { Book } from "./book.ts";
import type { PushJob } from "./push-queue.ts";

/** A poll of the same feed is under way: the push comes again. */
export class FeedBusyError extends Error {
  override readonly name = "FeedBusyError";
}

/**
 * One push: the road of a poll from reading on, under the same lease and with the same commit. Nothing of it concerns
 * HTTP: validators stay, and the next poll is where it was (facts A-42).
 * @returns what it came to, for the log
 */
export async function takePush(tools: PollTools, book: Book, feed: Feed, job: PushJob): Promise<string> {
  const { world } = tools;
  const now = world.now();
  const token = randomUUID();
  // a poll of this very moment says nothing of what was pushed
  const claimedAt = now + tools.lease;
  const lease = await world.feeds.takeLease(feed.id, token, { now, lease: tools.lease, claimedAt });
  if (lease.kind === "refused") throw new FeedBusyError(lease.why);
  const nextDueAt = lease.state.nextDueAt ?? now;
  const headers = job.contentType === undefined ? {} : { "content-type": job.contentType };
  const reading = await readDocument(tools, { url: job.url, headers, bytes: Buffer.from(job.body, "base64") });
  if (reading.kind === "unreadable") {
    await world.feeds.postpone(feed.id, token, nextDueAt);
    // some hubs only say that there is something
    await book.pollSoon(feed.id);
    return `unreadable: ${reading.why}`;
  }
  const brought = await bring(tools, feed, lease.state, reading);
  const state = stateAfterPush(lease.state, reading.drafts, brought.fresh, now);
  const { items, known } = brought;
  if (!(await world.feeds.commit({ feed: feed.id, token, state, nextDueAt, items, known })))
    throw new FeedBusyError("lease lost");

  await book.change(feed.id, (before) => ({ after: before === undefined ? before : heard(before, now) }));
  return `${brought.fresh} new, ${items.length - brought.fresh} revised`;
}

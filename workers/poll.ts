import type { Lease } from "../src/adapters/feed-store.ts";
import type { Feed } from "../src/model/feed.ts";
import { ask } from "./poll/ask.ts";
import { keepUnread } from "./poll/keep-unread.ts";
import { settle } from "./poll/settle.ts";
import { take } from "./poll/take.ts";
import type { PollTools } from "./poll/tools.ts";

export { type Brought, bring } from "./poll/bring.ts";
export { readDocument } from "./poll/read-document.ts";
export type { PollTools } from "./poll/tools.ts";

/**
 * One poll of one leased feed: ask, read, bring, settle. Whatever happens in between, either all of it is written or
 * nothing, and the schedule brings the feed back.
 * @returns what it came to, for the log
 */
export async function pollFeed(tools: PollTools, feed: Feed, lease: Lease): Promise<string> {
  const { world } = tools;
  const startedAt = world.now();
  await using held = new AsyncDisposableStack();
  const asked = await ask(tools, feed, lease, held);
  if (asked.kind === "not yet") {
    await world.feeds.postpone(feed.id, lease.token, world.now() + asked.wait);
    return "not yet";
  }
  const { outcome } = asked;
  const taken = outcome.kind === "modified" ? await take(tools, feed, lease.state, outcome.document) : undefined;
  await keepUnread(world, feed, { state: lease.state, outcome, ...(taken && { reading: taken.reading }) });
  const pushing = await tools.websub?.pushingOf(feed.id, lease.state, outcome, taken?.reading);
  const isWritten = await settle(tools, feed, {
    lease,
    outcome,
    startedAt,
    ...taken,
    ...(pushing !== undefined && { pushing }),
  });
  if (isWritten && pushing !== undefined)
    await tools.websub?.polled(feed.id, lease.state, pushing, taken?.brought.items ?? []);
  return isWritten ? outcome.kind : "lease lost";
}

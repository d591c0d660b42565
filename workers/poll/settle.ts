import type { Lease } from "../../src/adapters/feed-store.ts";
import { type Attendance, writeAttendance } from "../../src/identify/identify.ts";
import type { Feed, FeedState } from "../../src/model/feed.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import type { Reading } from "../../src/model/reading.ts";
import { type Instant, SECOND } from "../../src/model/time.ts";
import { limitsFor, nextPoll, stateAfter } from "../../src/poll/poll.ts";
import { type Recollection, writeRecollection } from "../../src/recall/recall.ts";
import type { Pushing } from "../websub/subscriber.ts";
import type { World } from "../world.ts";
import type { Brought } from "./bring.ts";
import type { PollTools } from "./tools.ts";

interface Poll {
  readonly lease: Lease;
  readonly outcome: PollOutcome;
  /** these where the outcome is "modified" */
  readonly reading?: Reading;
  readonly brought?: Brought;
  readonly recollection?: Recollection | "none";
  readonly attendance?: Attendance;
  /** absent: what is known of a hub stays */
  readonly pushing?: Pushing;
  readonly startedAt: Instant;
}

/**
 * Writes all that a poll came to, and when the feed is polled next, in one step.
 * @returns false where the lease was lost: nothing was written
 */
export async function settle(tools: PollTools, feed: Feed, poll: Poll): Promise<boolean> {
  const { world } = tools;
  const { lease, brought, recollection, attendance } = poll;
  const state = after(tools, feed, poll);
  const isWritten = await world.feeds.commit({
    feed: feed.id,
    token: lease.token,
    state,
    nextDueAt: state.nextDueAt,
    items: brought?.items ?? [],
    known: brought?.known ?? new Map(),
    ...(recollection !== undefined && { recollection: recollection === "none" ? "" : writeRecollection(recollection) }),
    ...(attendance !== undefined && { attendance: writeAttendance(attendance) }),
  });
  if (isWritten) sayHealth(tools, feed, lease.state, state);
  count(world, poll, isWritten);
  return isWritten;
}

function after(
  { world, intervalAtOneADay }: PollTools,
  feed: Feed,
  { lease, outcome, reading, brought, pushing }: Poll,
): FeedState & { readonly nextDueAt: Instant } {
  const now = world.now();
  const {
    hub: _,
    identity,
    ...polled
  } = stateAfter({
    feed,
    state: lease.state,
    outcome,
    newItems: brought?.fresh ?? 0,
    now,
    ...(reading !== undefined && { reading }),
  });
  const links = pushing === undefined ? lease.state.hub : pushing.links;
  const believed = reading?.kind === "read" ? brought?.identity : identity;
  const state = {
    ...polled,
    ...(links !== undefined && { hub: links }),
    ...(believed !== undefined && { identity: believed }),
  };
  const limits = limitsFor(feed, world.settings.poll, intervalAtOneADay?.());
  const isPushed = pushing?.isPushed ?? false;
  const next = nextPoll({ state, outcome, limits, now, chance: Math.random(), isPushed });
  return { ...state, nextDueAt: next.at, nextReasons: next.reasons };
}

/** Once when a feed falls ill and once when it is well again; in between its page tells. */
function sayHealth({ world, ill }: PollTools, feed: Feed, before: FeedState, after: FeedState): void {
  const { health, lastError } = after;
  if (health === before.health) return;
  if (health !== "ok") ill.tell({ feed: feed.id, health, error: lastError });
  else if (before.health !== "new") world.log.info({ feed: feed.id, was: before.health }, "feed.well");
}

function count({ metrics, now }: World, { outcome, brought, startedAt }: Poll, isWritten: boolean): void {
  metrics.polls.inc({ outcome: isWritten ? outcome.kind : "lost" });
  metrics.pollDuration.observe((now() - startedAt) / SECOND);
  if (!isWritten || brought === undefined) return;
  const told = Map.groupBy(brought.items, ({ news }) => news?.kind);
  for (const [kind, verdict] of [
    ["new", "fresh"],
    ["revised", "revised"],
    ["withdrawn", "withdrawn"],
  ] as const)
    metrics.items.inc({ verdict }, told.get(kind)?.length ?? 0);
}

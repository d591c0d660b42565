import { randomUUID } from "node:crypto";
import type { KnownItem } from "../src/adapters/feed-store.ts";
import type { HostGate } from "../src/adapters/host-gate.ts";
import type { Fetcher } from "../src/adapters/http-fetcher.ts";
import type { ThreadPool } from "../src/adapters/thread-pool.ts";
import { identify, keepFirstSight, keysOf } from "../src/identify/identify.ts";
import type { Feed, FeedState } from "../src/model/feed.ts";
import type { Item } from "../src/model/item.ts";
import type { NewsEntry } from "../src/model/news.ts";
import type { PollOutcome } from "../src/model/outcome.ts";
import type { Reading } from "../src/model/reading.ts";
import { type Duration, SECOND } from "../src/model/time.ts";
import { hostKeyOf, hostPause, limitsFor, nextPoll, outcomeOf, requestOf, stateAfter } from "../src/poll/poll.ts";
import type { PollJob } from "./queues.ts";
import type { ReadingJob } from "./reading-thread.ts";
import type { World } from "./world.ts";

export interface PollTools {
  readonly world: World;
  readonly fetcher: Fetcher;
  readonly reading: ThreadPool<ReadingJob, Reading>;
  readonly gate: HostGate;
  readonly lease: Duration;
  readonly sectionWords: readonly string[];
}

/** A busy host is waited for in place this long; longer, and the feed goes back into the schedule. */
const PATIENCE = 2 * SECOND;

interface Brought {
  readonly items: readonly { readonly item: Item; readonly news?: NewsEntry }[];
  readonly known: ReadonlyMap<string, KnownItem>;
  readonly fresh: number;
}

const NOTHING: Brought = { items: [], known: new Map(), fresh: 0 };

/**
 * One poll of one feed: lease, request, answer, reading, identities, one commit. Whatever happens in between, either
 * all of it is written or nothing, and the schedule brings the feed back.
 * @returns what it came to, for the log
 */
export async function pollFeed(tools: PollTools, feed: Feed, job: PollJob): Promise<string> {
  const { world, gate } = tools;
  const started = world.now();
  const token = randomUUID();
  const lease = await world.feeds.takeLease(feed.id, token, {
    now: started,
    lease: tools.lease,
    claimedAt: job.claimedAt,
  });
  if (lease.kind === "refused") return lease.why;
  world.metrics.pollLag.observe(Math.max(0, started - job.wasDueAt) / SECOND);

  const request = requestOf(feed, lease.state, world.settings.poll.userAgent);
  const host = hostKeyOf(request.url);
  const wait = await enter(tools, host, token);
  if (wait > 0) {
    await world.feeds.postpone(feed.id, token, world.now() + wait);
    return "host busy";
  }
  const answer = await tools.fetcher.fetch(request).finally(() => gate.leave(host, token));
  const outcome = outcomeOf({ feed, state: lease.state, answer, now: world.now() });
  const pause = hostPause(outcome);
  if (pause !== undefined) await gate.close(host, world.now(), world.now() + pause);

  const reading = await read(tools, outcome);
  const brought = await bring(tools, feed, reading);
  const written = await commit(tools, feed, { state: lease.state, token, outcome, brought, ...reading });
  record(tools, { outcome, brought, started, written });
  return written ? outcome.kind : "lease lost";
}

async function enter(tools: PollTools, host: string, token: string): Promise<Duration> {
  const { gate, world } = tools;
  const until = world.now() + PATIENCE;
  for (;;) {
    const wait = await gate.enter(host, token, world.now());
    if (wait === 0 || world.now() + wait > until) return wait;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function read(tools: PollTools, outcome: PollOutcome): Promise<{ readonly reading?: Reading }> {
  if (outcome.kind !== "modified") return {};
  const { url, headers, bytes } = outcome.document;
  tools.world.metrics.parses.inc();
  tools.world.metrics.fetchedBytes.inc(bytes.length);
  const run = await tools.reading.run({ url, headers, bytes, sectionWords: tools.sectionWords });
  switch (run.kind) {
    case "done":
      return { reading: run.answer };
    case "overran":
      return { reading: { kind: "unreadable", why: "reading it took too long" } };
    case "died":
      return { reading: { kind: "unreadable", why: run.why } };
  }
}

/** Which of the document's items are new or revised, and the news of them. */
async function bring(tools: PollTools, feed: Feed, { reading }: { readonly reading?: Reading }): Promise<Brought> {
  if (reading?.kind !== "read") return NOTHING;
  const { world } = tools;
  const keys = [...new Set(reading.drafts.flatMap((draft) => keysOf(draft)))];
  const { fresh, revised, known } = identify({
    feed,
    drafts: reading.drafts,
    known: await world.feeds.known(feed.id, keys),
    authority: new URL(world.settings.publicUrl).hostname,
    now: world.now(),
  });
  const old = await world.items.items(revised.map(({ id }) => id));
  const oldById = new Map(old.map((item) => [item.id, item]));
  const kept = revised.map((item) => keepFirstSight(item, oldById.get(item.id)));
  const items = [
    ...fresh.map((item) => ({ item, news: { kind: "new", item: newsItem(feed, item) } as const })),
    ...kept.map((item) => ({ item, news: { kind: "revised", item: newsItem(feed, item) } as const })),
  ];
  return { items, known, fresh: fresh.length };
}

function newsItem(feed: Feed, { content: _, summary: __, ...item }: Item) {
  return { ...item, ...(feed.section === undefined ? {} : { feedSection: feed.section }) };
}

async function commit(
  tools: PollTools,
  feed: Feed,
  poll: {
    readonly state: FeedState;
    readonly token: string;
    readonly outcome: PollOutcome;
    readonly brought: Brought;
    readonly reading?: Reading;
  },
): Promise<boolean> {
  const { world } = tools;
  const now = world.now();
  const { outcome, brought, reading } = poll;
  const after = stateAfter({
    feed,
    state: poll.state,
    outcome,
    newItems: brought.fresh,
    now,
    ...(reading === undefined ? {} : { reading }),
  });
  sayHealth(world, feed, poll.state, after);
  const next = nextPoll({
    state: after,
    outcome,
    limits: limitsFor(feed, world.settings.poll),
    now,
    chance: Math.random(),
  });
  return await world.feeds.commit({
    feed: feed.id,
    token: poll.token,
    state: { ...after, nextDueAt: next.at, nextBecause: next.because },
    nextDueAt: next.at,
    items: brought.items,
    known: brought.known,
  });
}

/** Once when a feed falls ill and once when it is well again; in between its page tells. */
function sayHealth({ log }: World, feed: Feed, before: FeedState, after: FeedState): void {
  const { health, lastError } = after;
  if (health === before.health) return;
  if (health !== "ok") log.warn({ feed: feed.id, health, error: lastError }, "feed.ill");
  else if (before.health !== "new") log.info({ feed: feed.id, was: before.health }, "feed.well");
}

function record(
  { world }: PollTools,
  poll: {
    readonly outcome: PollOutcome;
    readonly brought: Brought;
    readonly started: number;
    readonly written: boolean;
  },
): void {
  const { metrics } = world;
  const { outcome, brought } = poll;
  metrics.polls.inc({ outcome: poll.written ? outcome.kind : "lost" });
  metrics.pollDuration.observe((world.now() - poll.started) / SECOND);
  if (!poll.written) return;
  metrics.items.inc({ verdict: "fresh" }, brought.fresh);
  metrics.items.inc({ verdict: "revised" }, brought.items.length - brought.fresh);
}

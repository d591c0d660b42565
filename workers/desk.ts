import { randomUUID } from "node:crypto";
import { type DeskBatch, isAfter, type NewsAt, STREAM_START } from "../src/adapters/desk-store.ts";
import { openDesk, restoreDesk } from "../src/desk/desk.ts";
import type { DeskOutcome, NewsEntry } from "../src/model/news.ts";
import { DAY, HOUR, SECOND } from "../src/model/time.ts";
import { cron } from "./cron.ts";
import { lastDecisions, withdrawalsOf, withLateRevisions } from "./desk/desk-outcomes.ts";
import { type DeskTries, deskTries } from "./desk/desk-tries.ts";
import { pause } from "./pause.ts";
import { openMembership } from "./topics/membership.ts";
import type { TopicBook } from "./topics/topic-book.ts";
import type { World } from "./world.ts";

/** A dead desk is replaced within this, one standby round and the time to read the snapshot and the news since then. */
const LEASE = 6 * SECOND;
const STANDBY = SECOND;
/** News a commit: large batches are quick, small ones keep the lease and Redis responsive. */
const BATCH = 200;
const WAIT_FOR_NEWS = SECOND;
/** What one commit holds at the most: Redis answers nobody else while its script runs. */
const STEP_DECISIONS = 1000;
/** Where one process has all roles, readers wait for as long. */
const STEP_TIME = 30;
const SNAPSHOTS = "*/5 * * * *";
const ALIASES = "23 4 * * *";
/** News that a successor decides again in about a second, and what share of the memory is worth writing it all down. */
const NEWS_A_SNAPSHOT = 2000;
const SHARE_A_SNAPSHOT = 0.5;
/** The desk looks back 72 hours; older items cannot change what it decides. */
const MEMORY = 3 * DAY + HOUR;

type Desk = ReturnType<typeof openDesk>;

/**
 * The serial heart: exactly one desk reads the news in order. It holds an expiring, fenced lease; others stand by.
 * Ends when `signal` aborts.
 */
export async function runDesk(
  world: World,
  book: TopicBook,
  signal: AbortSignal,
  report: (trouble: string | undefined) => void,
): Promise<void> {
  const owner = randomUUID();
  const tries = deskTries(world);
  while (!signal.aborted) {
    try {
      const fence = await world.desk.take(owner, LEASE);
      if (fence === undefined) await pause(STANDBY, signal);
      else await lead(world, book, { owner, fence, tries }, signal, () => report(undefined));
      report(undefined);
    } catch (error) {
      if (signal.aborted) break;
      // Redis out of memory, read-only, busy: whatever it was, the memory is made anew and the news is read again
      world.log.error({ err: error }, "desk.stumbled");
      report(error instanceof Error ? error.message : String(error));
      await pause(STANDBY, signal);
    }
  }
  await world.desk.giveBack(owner).catch(() => undefined);
}

async function lead(
  world: World,
  book: TopicBook,
  lease: { readonly owner: string; readonly fence: number; readonly tries: DeskTries },
  outer: AbortSignal,
  reportWell: () => void,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([outer, lost.signal]);
  const renewal = setInterval(async () => {
    const fence = await world.desk.take(lease.owner, LEASE).catch(() => undefined);
    if (fence !== lease.fence) lost.abort();
  }, LEASE / 3);

  try {
    const reader = await openReader(world, book, lease);
    await using _ = cron(SNAPSHOTS, "snapshot", world.log, async () => reader.askToSave());
    await using __ = cron(ALIASES, "aliases", world.log, () => world.desk.forgetAliases(reader.desk.tells));
    world.log.info({ fence: lease.fence, ...reader.desk.size }, "desk.leads");
    while (!signal.aborted && (await reader.readOn(signal))) reportWell();
    if (!signal.aborted) world.log.warn({ fence: lease.fence }, "desk.refused");
    if (!lost.signal.aborted) await reader.save();
  } finally {
    clearInterval(renewal);
  }
  if (lost.signal.aborted && !outer.aborted) world.log.warn({ fence: lease.fence }, "desk.lost");
}

/** The desk's memory up to where it was committed: snapshot, then the news after it, decided again in silence. */
async function openReader(
  world: World,
  book: TopicBook,
  { fence, tries }: { readonly fence: number; readonly tries: DeskTries },
) {
  const { settings, log } = world;
  const memory = await world.desk.memory();
  const restored = memory.snapshot === undefined ? undefined : restoreDesk(settings, memory.snapshot);
  const desk = restored ?? openDesk(settings);
  const reader = newsReader(world, book, { fence, tries, desk, start: memory.position });

  if (restored === undefined && memory.snapshotPosition !== STREAM_START) {
    log.warn("desk.snapshot-unreadable");
    for await (const placed of world.items.all(world.now() - MEMORY)) desk.adopt(placed);
    return reader;
  }
  let at = restored === undefined ? STREAM_START : memory.snapshotPosition;
  for (;;) {
    const news = await world.desk.news(at, BATCH, 0);
    for (const { position, entry } of news) {
      if (isAfter(position, memory.position)) return reader;
      if (entry !== undefined) tries.take(desk, position, entry);
      at = position;
    }
    if (news.length === 0) return reader;
  }
}

interface Reading {
  readonly fence: number;
  readonly tries: DeskTries;
  readonly desk: Desk;
  readonly start: string;
}

function newsReader(world: World, book: TopicBook, { fence, tries, desk, start }: Reading) {
  const membership = openMembership(world, book, fence);
  let position = start;
  let isSaveAsked = false;
  let savedAt: string | undefined;
  let unsaved = 0;

  /** Takes news until there is enough for one commit: a step must be short beside the lease. */
  async function commitSome(news: readonly NewsAt[]): Promise<number | undefined> {
    const entries: NewsEntry[] = [];
    const taken: DeskOutcome[] = [];
    const started = performance.now();
    let read = 0;
    let decisions = 0;
    while (read < news.length && decisions < STEP_DECISIONS && performance.now() - started < STEP_TIME) {
      const { position: at, entry } = news[read++] ?? { position };
      if (entry === undefined) world.log.error({ at }, "desk.news-unreadable");
      else {
        const outcome = tries.take(desk, at, entry);
        if (outcome === undefined) continue;
        entries.push(entry);
        taken.push(outcome);
        decisions += outcome.decisions.length + outcome.moved.length;
      }
    }
    return (await commit(entries, taken, news[read - 1]?.position ?? position)) ? read : undefined;
  }

  async function commitAll(news: readonly NewsAt[]): Promise<boolean> {
    for (let done = 0; done < news.length; ) {
      const read = await commitSome(news.slice(done));
      if (read === undefined) return false;
      done += read;
    }
    return true;
  }

  async function commit(entries: readonly NewsEntry[], taken: readonly DeskOutcome[], to: string): Promise<boolean> {
    const outcomes = lastDecisions(await withLateRevisions(world, entries, taken));
    const placements = await membership.place(entries, outcomes);
    const withdrawals = withdrawalsOf(entries, outcomes);
    const batch: DeskBatch = { fence, from: position, to, outcomes, placements, withdrawals };
    const touched = await world.desk.commit(batch);
    if (touched === undefined) return false;
    position = to;
    membership.hear(batch);
    unsaved += entries.length;
    world.metrics.decisions.inc(placements.length);
    if (touched.length > 0) await world.queues.askForPublishing(touched);
    return true;
  }

  return {
    desk,

    /** @returns false where what it decided was refused: its memory is not what Redis has */
    async readOn(signal: AbortSignal): Promise<boolean> {
      if (desk.setBack(world.now())) {
        world.log.warn({ position }, "desk.set-back");
        savedAt = undefined;
        // before anything is taken: a successor cannot know when it was
        await this.save();
      }
      if (isSaveAsked || unsaved >= Math.max(NEWS_A_SNAPSHOT, SHARE_A_SNAPSHOT * desk.size.items)) await this.save();
      const news = await world.desk.news(position, BATCH, (await membership.goOn()) ? 0 : WAIT_FOR_NEWS);
      world.metrics.deskBacklog.set(news.length < BATCH ? 0 : await world.desk.backlog(position));
      return signal.aborted || (await commitAll(news));
    },

    /** The memory is ahead of the position while a batch is being written, so it is saved between two batches. */
    askToSave(): void {
      isSaveAsked = true;
    },

    async save(): Promise<void> {
      isSaveAsked = false;
      if (position === savedAt) return;
      await world.desk.saveSnapshot(fence, position, desk.snapshot());
      savedAt = position;
      unsaved = 0;
    },
  };
}

import { randomUUID } from "node:crypto";
import { type DeskBatch, type Placement, STREAM_START } from "../src/adapters/desk-store.ts";
import { openDesk, restoreDesk } from "../src/desk/desk.ts";
import type { ItemId } from "../src/model/ids.ts";
import type { Item } from "../src/model/item.ts";
import type { DeskOutcome, NewsEntry, NewsItem } from "../src/model/news.ts";
import { DAY, HOUR, SECOND } from "../src/model/time.ts";
import { type CompiledTopic, isIn } from "../src/road.ts";
import { cron } from "./cron.ts";
import { pause } from "./pause.ts";
import { refillChangedTopics } from "./refill.ts";
import type { World } from "./world.ts";

/** A dead desk is replaced within this and one standby round. */
const LEASE = 10 * SECOND;
const STANDBY = 2 * SECOND;
/** News a commit: large batches are quick, small ones keep the lease and Redis responsive. */
const BATCH = 200;
const WAIT_FOR_NEWS = SECOND;
const SNAPSHOTS = "* * * * *";
/** The desk looks back 72 hours; older items cannot change what it decides. */
const MEMORY = 3 * DAY + HOUR;

type Desk = ReturnType<typeof openDesk>;

/**
 * The serial heart: exactly one desk reads the news in order. It holds an expiring, fenced lease; others stand by.
 * Ends when `signal` aborts.
 */
export async function runDesk(world: World, topics: readonly CompiledTopic[], signal: AbortSignal): Promise<void> {
  const owner = randomUUID();
  while (!signal.aborted) {
    const fence = await world.desk.take(owner, world.now(), LEASE);
    if (fence === undefined) await pause(STANDBY, signal);
    else await lead(world, topics, { owner, fence }, signal);
  }
  await world.desk.giveBack(owner);
}

async function lead(
  world: World,
  topics: readonly CompiledTopic[],
  lease: { readonly owner: string; readonly fence: number },
  outer: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([outer, lost.signal]);
  const renewal = setInterval(async () => {
    const fence = await world.desk.take(lease.owner, world.now(), LEASE).catch(() => undefined);
    if (fence !== lease.fence) lost.abort();
  }, LEASE / 3);

  try {
    const reader = await openReader(world, topics, lease.fence);
    if (reader === undefined) return;
    await refillChangedTopics(world, topics);
    await using _ = cron(SNAPSHOTS, "snapshot", world.log, async () => reader.askToSave());
    world.log.info({ fence: lease.fence, ...reader.desk.size }, "desk.leads");
    while (!signal.aborted && (await reader.readOn(signal)));
    if (!lost.signal.aborted) await reader.save();
  } finally {
    clearInterval(renewal);
  }
  if (lost.signal.aborted && !outer.aborted) world.log.warn({ fence: lease.fence }, "desk.lost");
}

/** The desk's memory up to where it was committed: snapshot, then the news after it, decided again in silence. */
async function openReader(world: World, topics: readonly CompiledTopic[], fence: number) {
  const { settings, log } = world;
  const memory = await world.desk.memory();
  const restored = memory.snapshot === undefined ? undefined : restoreDesk(settings, memory.snapshot);
  const desk = restored ?? openDesk(settings);
  const reader = newsReader(world, topics, fence, desk, memory.position);

  if (restored === undefined && memory.snapshot !== undefined) {
    log.warn("desk.snapshot-unreadable");
    return (await reader.decideAnew()) ? reader : undefined;
  }
  let at = restored === undefined ? STREAM_START : memory.snapshotPosition;
  for (;;) {
    const news = await world.desk.news(at, BATCH, 0);
    for (const { position, entry } of news) {
      if (isAfter(position, memory.position)) return reader;
      desk.take(entry);
      at = position;
    }
    if (news.length === 0) return reader;
  }
}

function newsReader(world: World, topics: readonly CompiledTopic[], fence: number, desk: Desk, start: string) {
  let position = start;
  let isSaveAsked = false;

  async function commit(entries: readonly NewsEntry[], to: string): Promise<boolean> {
    const outcomes = await withLateRevisions(
      world,
      entries,
      entries.map((entry) => desk.take(entry)),
    );
    const placements = await place(world, topics, entries, outcomes);
    const batch: DeskBatch = { fence, from: position, to, outcomes, placements };
    const touched = await world.desk.commit(batch);
    if (touched === undefined) return false;
    position = to;
    world.metrics.decisions.inc(placements.length);
    if (touched.length > 0) await world.queues.askForPublishing(touched);
    return true;
  }

  return {
    desk,

    /** @returns false where the lease is lost */
    async readOn(signal: AbortSignal): Promise<boolean> {
      if (isSaveAsked) await this.save();
      const news = await world.desk.news(position, BATCH, WAIT_FOR_NEWS);
      const last = news.at(-1);
      if (last === undefined || signal.aborted) return true;
      return await commit(
        news.map(({ entry }) => entry),
        last.position,
      );
    },

    /** Without a readable snapshot the items are decided again, in the order in which they arrived. */
    async decideAnew(): Promise<boolean> {
      for await (const items of world.items.allItems(world.now() - MEMORY))
        if (!(await commit(items.map(asNews), position))) return false;
      return true;
    },

    /** The memory is ahead of the position while a batch is being written, so it is saved between two batches. */
    askToSave(): void {
      isSaveAsked = true;
    },

    async save(): Promise<void> {
      isSaveAsked = false;
      await world.desk.saveSnapshot(fence, position, desk.snapshot());
    },
  };
}

/** An item that the desk has let go of keeps its place when it is corrected; its new text goes out all the same. */
async function withLateRevisions(
  world: World,
  entries: readonly NewsEntry[],
  outcomes: readonly DeskOutcome[],
): Promise<readonly DeskOutcome[]> {
  const late = entries.flatMap((entry, n) =>
    entry.kind === "revised" && outcomes[n]?.decisions.length === 0 ? [entry.item.id] : [],
  );
  const places = new Map((await world.items.placed(late)).map(({ item, decision }) => [item.id, decision]));
  return outcomes.map((outcome, n) => {
    const entry = entries[n];
    const kept = entry?.kind === "revised" ? places.get(entry.item.id) : undefined;
    return kept === undefined ? outcome : { ...outcome, decisions: [kept] };
  });
}

/** Which topics each decided item is in. A decision may speak of an older item, which is then asked for. */
async function place(
  world: World,
  topics: readonly CompiledTopic[],
  entries: readonly NewsEntry[],
  outcomes: readonly DeskOutcome[],
): Promise<readonly Placement[]> {
  const itemById = new Map<ItemId, NewsItem>();
  for (const entry of entries) if (entry.kind !== "withdrawn") itemById.set(entry.item.id, entry.item);
  const decisions = outcomes.flatMap((outcome) => outcome.decisions);
  const older = decisions.flatMap(({ item }) => (itemById.has(item) ? [] : [item]));
  for (const item of await world.items.items(older)) itemById.set(item.id, item);

  return decisions.flatMap((decision) => {
    const item = itemById.get(decision.item);
    if (item === undefined) return [];
    const inTopics = topics.filter((topic) => isIn(topic, { item, decision }));
    return [{ decision, arrivedAt: item.arrivedAt, topics: inTopics.map(({ topic }) => topic.id) }];
  });
}

const asNews = (item: Item): NewsEntry => ({ kind: "new", item });

/** Stream positions are "milliseconds-sequence". */
function isAfter(a: string, b: string): boolean {
  const [aMs = 0, aSeq = 0] = a.split("-").map(Number);
  const [bMs = 0, bSeq = 0] = b.split("-").map(Number);
  return aMs === bMs ? aSeq > bSeq : aMs > bMs;
}

import { isAfter } from "../../src/adapters/desk-store.ts";
import type { ItemId } from "../../src/model/ids.ts";
import type { DeskOutcome } from "../../src/model/news.ts";
import { HOUR, type Instant } from "../../src/model/time.ts";
import type { CompiledTopic } from "../../src/road.ts";
import { fingerprinter, haveSameMembers } from "../topics/fingerprint.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import type { World } from "../world.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Shelf } from "./shelf.ts";
import type { Snapshots } from "./snapshot.ts";
import type { openTail, Position, Told } from "./tail.ts";

interface CatchingUp {
  readonly newsroom: Newsroom;
  readonly book: Pick<TopicBook, "current">;
  readonly tail: ReturnType<typeof openTail>;
  /** absent: nothing is to be restored, all is to be loaded anew */
  readonly snapshots?: Snapshots;
}

/** Items a turn: others in this thread wait for so many. */
const LOADED_AT_ONCE = 50;
const ASKED_AT_ONCE = 200;

/**
 * Brings a newsroom to where Redis is: from the last snapshot and what was told since, the rest item by item. What
 * cannot be restored is loaded, so a lost or broken snapshot costs time and nothing else.
 * @returns up to where it has heard
 */
export async function catchUp(world: World, { newsroom, book, tail, snapshots }: CatchingUp): Promise<Position> {
  const started = performance.now();
  const { search } = newsroom;
  const end = await tail.end();
  await loadDocuments(world, newsroom);
  for (const [from, into] of await world.desk.aliases()) search.alias(from, into);
  const restored = await restore(world, tail, snapshots);
  const position =
    restored === undefined ? undefined : await replay(world, newsroom, tail, { ...end, decided: restored }, end);
  const fromSnapshot = position === undefined ? 0 : search.size;
  await load(world, newsroom, position === undefined ? "all" : "missing");
  await fillTopics(world, newsroom, book);
  for (const { item } of (await world.items.withdrawnFrom()).toReversed()) newsroom.withdraw(item);
  await search.loaded();
  world.metrics.indexSize.set(search.size);
  const tookMs = Math.round(performance.now() - started);
  world.log.info({ items: search.size, fromSnapshot, tookMs }, "web.loaded");
  return position ?? end;
}

/** @returns up to where what was restored has heard; undefined where nothing was */
async function restore(
  world: World,
  tail: CatchingUp["tail"],
  snapshots: CatchingUp["snapshots"],
): Promise<string | undefined> {
  const snapshot = await snapshots?.read();
  if (snapshots === undefined || snapshot === undefined) return undefined;
  const { position } = snapshot;
  // a Redis that is another by now, or has forgotten what came since
  if ((await world.items.count()) === 0 || (await tail.hasForgotten(position))) return undefined;
  await snapshots.restore(snapshot);
  return position;
}

/** @returns up to where it has heard; undefined where something is missed */
async function replay(
  world: World,
  newsroom: Newsroom,
  tail: CatchingUp["tail"],
  from: Position,
  end: Position,
): Promise<Position | undefined> {
  let position = from;
  while (isAfter(end.decided, position.decided)) {
    const news = await tail.next(position);
    if (news === undefined) return undefined;
    await apply(world, newsroom, news.told);
    position = news.position;
  }
  return position;
}

/** What is kept and not known here comes in, oldest first; what is known here and kept no longer goes. */
async function load(world: World, newsroom: Newsroom, what: "all" | "missing"): Promise<void> {
  const { search } = newsroom;
  const kept = new Set<ItemId>();
  const wanted = new Map<number, Arrival[]>();
  for await (const batch of world.items.arrivals())
    for (const [id, arrivedAt] of batch) {
      kept.add(id);
      if (what === "missing" && search.glimpse(id) !== undefined) continue;
      const hour = Math.floor(arrivedAt / HOUR);
      const sameHour = wanted.get(hour);
      if (sameHour === undefined) wanted.set(hour, [[id, arrivedAt]]);
      else sameHour.push([id, arrivedAt]);
    }
  await newsroom.keepOnly(kept);
  const ids = await inOrder(wanted);
  for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
    const placed = await world.items.placed(ids.slice(from, from + ASKED_AT_ONCE));
    for (let at = 0; at < placed.length; at += LOADED_AT_ONCE) {
      newsroom.load(placed.slice(at, at + LOADED_AT_ONCE));
      await new Promise((resolve) => setImmediate(resolve));
    }
    world.metrics.indexWrites.inc(placed.length);
    await search.room();
  }
}

type Arrival = readonly [id: ItemId, arrivedAt: Instant];

/** Oldest first. A hundred thousand at once would be sorted for longer than others may wait. */
async function inOrder(byHour: ReadonlyMap<number, Arrival[]>): Promise<readonly ItemId[]> {
  const ids: ItemId[] = [];
  for (const hour of [...byHour.keys()].sort((one, other) => one - other)) {
    const sameHour = byHour.get(hour) ?? [];
    for (const [id] of sameHour.sort(([, one], [, other]) => one - other)) ids.push(id);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ids;
}

/** The desk has decided who is in which topic; where a topic's rules have changed since, all items are asked. */
async function fillTopics(world: World, newsroom: Newsroom, book: CatchingUp["book"]): Promise<void> {
  const made = await world.memberships.rules();
  const fingerprint = fingerprinter(world.settings);
  const isFilled = (compiled: CompiledTopic): boolean => {
    const rules = made[compiled.topic.id];
    return rules !== undefined && haveSameMembers(rules, fingerprint(compiled));
  };
  const { glimpse } = newsroom.search;
  for (const { topic } of book.current().filter(isFilled)) {
    const members = new Set<ItemId>();
    // the index's own string for it, so that memory has each id once
    for await (const batch of world.items.arrivals(topic.id))
      for (const [id] of batch) members.add(glimpse(id)?.item.id ?? id);
    newsroom.fill(topic.id, members);
  }
  // those that an editor changed meanwhile, too: they may have been filled by their old rules
  await newsroom.seek(book.current().filter((compiled) => !isFilled(compiled)));
}

/**
 * First of all: they are what most ask for. From a Redis that lost everything nothing is learnt.
 * @returns paths of all that there are, and of those that are gone
 */
async function loadDocuments(world: World, { documents }: Newsroom): Promise<ReadonlySet<string>> {
  const there = Object.keys(await world.documents.etags());
  const paths = new Set(there.length === 0 ? [] : [...there, ...documents.paths()]);
  for (const path of paths) await fetchDocument(world, documents, path);
  return paths;
}

/** @returns paths of documents that changed */
export async function apply(world: World, newsroom: Newsroom, told: readonly Told[]): Promise<ReadonlySet<string>> {
  const wanted = told.flatMap((one) => (one.kind === "outcome" ? namedIn(one.outcome) : []));
  const items = await world.items.items([...new Set<ItemId>(wanted)]);
  const itemsById = new Map(items.map((item) => [item.id, item]));
  for (const one of told) await newsroom.hear(one, itemsById);
  if (wanted.length > 0) world.metrics.indexWrites.inc(wanted.length);
  world.metrics.indexSize.set(newsroom.search.size);

  if (told.some(({ kind }) => kind === "missed")) return loadDocuments(world, newsroom);
  const swapped = new Set(told.flatMap((one) => (one.kind === "swapped" ? [one.path] : [])));
  for (const path of swapped) await fetchDocument(world, newsroom.documents, path);
  return swapped;
}

const namedIn = ({ decisions, withdrawn }: DeskOutcome): readonly ItemId[] => [
  ...decisions.map(({ item }) => item),
  ...withdrawn,
];

async function fetchDocument(world: World, documents: Shelf, path: string): Promise<void> {
  const document = await world.documents.stored(path);
  if (document === undefined) documents.remove(path);
  else documents.put(path, document);
}

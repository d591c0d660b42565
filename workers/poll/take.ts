import { type Attendance, keysOf, type Shown } from "../../src/identify/identify.ts";
import type { Document } from "../../src/model/document.ts";
import type { Feed, FeedState } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY } from "../../src/model/time.ts";
import { type Recollection, readRecollection } from "../../src/recall/recall.ts";
import { remember } from "../../src/road.ts";
import { attendanceOf } from "./attend.ts";
import { type Brought, bring } from "./bring.ts";
import { readDocument } from "./read-document.ts";
import type { PollTools } from "./tools.ts";

export interface Taken {
  readonly reading: Reading;
  readonly brought: Brought;
  /** what to remember of the document; absent where it could not be read: what was remembered stays */
  readonly recollection?: Recollection | "none";
  /** who was in it, and who is missing; absent where it could not be read */
  readonly attendance?: Attendance;
}

type TakeTools = Pick<PollTools, "world" | "reading" | "sectionWords">;

/** Every so often all of a document is read, whatever is remembered of the last: what it carries is seen again. */
const WHOLE_AFTER = DAY;

/**
 * Reads a document, but for the items that the feed's last one had, and tells what in it is new or revised, and what is
 * withdrawn or back.
 */
export async function take(tools: TakeTools, feed: Feed, state: FeedState, document: Document): Promise<Taken> {
  const taken = await takeNew(tools, feed, state, document);
  const { reading, brought, recollection } = taken;
  if (reading.kind === "unreadable") return taken;
  const shown = typeof recollection === "object" ? shownIn(recollection) : brought.shown;
  const isSure = state.identity === undefined && brought.identity === undefined;
  const { attendance, items } = await attendanceOf(tools.world, feed, { reading, brought, shown, isSure });
  return { ...taken, brought: { ...brought, items: withItems(brought.items, items) }, attendance };
}

const shownIn = ({ items }: Recollection): readonly Shown[] =>
  [...items.values()].map(({ item, publishedAt }) => ({ item, minute: publishedAt }));

/** An item that changed and is back is told of once. */
function withItems(changed: Brought["items"], more: Brought["items"]): Brought["items"] {
  const told = new Set(more.map(({ item }) => item.id));
  return [...changed.filter(({ item }) => !told.has(item.id)), ...more];
}

async function takeNew(tools: TakeTools, feed: Feed, state: FeedState, document: Document): Promise<Taken> {
  const { world } = tools;
  world.metrics.fetchedBytes.inc(document.bytes.length);
  // where guids are in doubt each document is judged as a whole
  if (state.identity !== undefined) return await takeWhole(tools, feed, state, document);
  const text = state.bodyHash === undefined ? "" : await world.feeds.recollection(feed.id);
  const last = text === "" ? undefined : readRecollection(text);
  if (last === undefined || Math.abs(world.now() - last.wholeAt) > WHOLE_AFTER)
    return await takeWhole(tools, feed, state, document);

  const taken = await takeBy(tools, feed, state, document, { text, last });
  const isInDoubt = taken.reading.kind === "read" && taken.reading.trace?.left !== undefined;
  return isInDoubt && taken.recollection === "none" ? await takeWhole(tools, feed, state, document) : taken;
}

const takeWhole = (tools: TakeTools, feed: Feed, state: FeedState, document: Document): Promise<Taken> =>
  takeBy(tools, feed, state, document, { text: "" });

async function takeBy(
  tools: TakeTools,
  feed: Feed,
  state: FeedState,
  document: Document,
  { text, last }: { readonly text: string; readonly last?: Recollection },
): Promise<Taken> {
  const { world, sectionWords } = tools;
  const reading = await readDocument(tools, document, text);
  const brought = await bring(tools, feed, state, reading);
  if (reading.kind === "unreadable") return { reading, brought };
  const isSure = state.identity === undefined && brought.identity === undefined;
  const identities = { keysOf, ...brought.identities };
  const now = world.now();
  const recollection = isSure
    ? remember(reading, identities, { sectionWords, now, ...(last !== undefined && { last }) })
    : undefined;
  return { reading, brought, recollection: recollection ?? "none" };
}

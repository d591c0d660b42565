import {
  type Attendance,
  attend,
  keysOf,
  readAttendance,
  type Shown,
  withoutMissing,
} from "../../src/identify/identify.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { ItemId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { World } from "../world.ts";
import { type Brought, newsItem } from "./bring.ts";

interface DocumentRead {
  readonly reading: Extract<Reading, { kind: "read" }>;
  readonly brought: Brought;
  /** in its order, whether they were read or known from the last document */
  readonly shown: readonly Shown[];
  /** may guids and pages be believed? */
  readonly isSure: boolean;
}

type Change = Brought["items"][number];

/** What a document tells by who is missing from it: items that were withdrawn, and withdrawn ones that are back. */
export async function attendanceOf(
  world: World,
  feed: Feed,
  { reading, brought, shown, isSure }: DocumentRead,
): Promise<{ readonly attendance: Attendance; readonly items: readonly Change[] }> {
  const now = world.now();
  const [text = ""] = await world.feeds.attendances([feed.id]);
  const last = readAttendance(text);
  const isWhole = !reading.repairs.includes("truncated");
  const { attendance, due } = attend(last, { format: reading.format, shown, isWhole, isSure }, now);
  const { settled, withdrawn } = await settle(world, feed, due, shown);
  return {
    attendance: withoutMissing(attendance, settled),
    items: [
      ...(await comeBack(world, feed, brought, { last, shown })),
      ...withdrawn.map((item) => ({
        item: { ...item, withdrawnAt: now },
        news: { kind: "withdrawn", item: item.id, at: now } as const,
      })),
    ],
  };
}

/** Those whose page is shown elsewhere wait: a desk that files its text anew has not withdrawn it. */
async function settle(world: World, feed: Feed, due: readonly ItemId[], shown: readonly Shown[]) {
  const items = await world.items.items(due);
  const pages = await pagesShown(world, feed, items, shown);
  const waiting = new Set(items.filter((item) => pages.has(item.id)).map(({ id }) => id));
  const withdrawn = items.filter(({ id, withdrawnAt }) => !waiting.has(id) && withdrawnAt === undefined);
  return { settled: new Set(due.filter((id) => !waiting.has(id))), withdrawn };
}

/** Which of these items have a page that another item of their publisher leads to, in this feed or another. */
async function pagesShown(
  world: World,
  feed: Feed,
  items: readonly Item[],
  shownHere: readonly Shown[],
): Promise<ReadonlySet<ItemId>> {
  if (items.length === 0) return new Set();
  const feeds = world.settings.feeds.filter(({ publisher }) => publisher === feed.publisher).map(({ id }) => id);
  const pageOf = new Map(items.map((item) => [item.id, keysOf(item).filter((key) => key.startsWith("l:"))]));
  const pages = [...pageOf.values()].flat();
  const texts = await world.feeds.attendances(feeds);
  const found = new Set<string>();
  for (const [n, id] of feeds.entries()) {
    const shown = id === feed.id ? shownHere : (readAttendance(texts[n] ?? "")?.shown ?? []);
    const here = new Set(shown.map(({ item }) => item));
    for (const [page, { item }] of await world.feeds.known(id, pages)) if (here.has(item)) found.add(page);
  }
  return new Set(items.map(({ id }) => id).filter((id) => pageOf.get(id)?.some((page) => found.has(page))));
}

/** Items that were not in the last document and are no news either: one of them may have been withdrawn. */
async function comeBack(
  world: World,
  feed: Feed,
  { items: changed }: Brought,
  { last, shown }: { readonly last: Attendance | undefined; readonly shown: readonly Shown[] },
): Promise<readonly Change[]> {
  const known = new Set([
    ...(last?.shown ?? []).map(({ item }) => item),
    ...changed.flatMap(({ item, news }) => (news?.kind === "new" ? [item.id] : [])),
  ]);
  const back = await world.items.items(shown.map(({ item }) => item).filter((item) => !known.has(item)));
  const now = world.now();
  return back.flatMap(({ withdrawnAt, ...item }) => {
    if (withdrawnAt === undefined) return [];
    const { item: again } = changed.find((one) => one.item.id === item.id) ?? { item };
    const shownAgain = { ...again, revisedAt: now };
    return [{ item: shownAgain, news: { kind: "new", item: newsItem(feed, shownAgain) } as const }];
  });
}

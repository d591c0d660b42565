import { afterAll, beforeAll, expect, test } from "vitest";
import { topicId } from "../../src/model/ids.ts";
import type { EntryMark, ServedDocument } from "../../src/model/published.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

const stack = new AsyncDisposableStack();
let world: World;

beforeAll(async () => {
  world = stack.use(await openWorld(testSettings({ dataDir: stack.use(temporaryFolder()).path }), "test"));
});
afterAll(() => stack.disposeAsync());

function document(etag: string, entries: readonly EntryMark[]): ServedDocument {
  const bodies = { identity: Buffer.from(etag), gzip: Buffer.from("gz"), br: Buffer.from("br") };
  const path = "topics/energie.rss";
  return { path, contentType: "application/rss+xml", etag, modifiedAt: 1, itemCount: entries.length, entries, bodies };
}

async function swap(etag: string, ...entries: readonly EntryMark[]): Promise<number | undefined> {
  const documents = [document(etag, entries)];
  const topic = topicId("energie");
  return await world.documents.swap({ topic, touchCount: "0", documents, announced: [], grace: MINUTE });
}

async function deliveries(): Promise<readonly Readonly<Record<string, string>>[]> {
  const noted = await world.redis.xrange(world.keys.deliveries, "-", "+");
  return noted.map(([, fields]) =>
    Object.fromEntries(fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1] ?? ""]] : []))),
  );
}

test("what is new or told otherwise in a document is noted once, in the step that puts it in place", async () => {
  await swap("v1", { id: "tag:a", mark: "1" }, { id: "tag:b", mark: "1" });
  expect(await deliveries()).toEqual([]);

  await swap("v2", { id: "tag:c", mark: "1" }, { id: "tag:a", mark: "2" }, { id: "tag:b", mark: "1" });
  await swap("v2", { id: "tag:c", mark: "1" }, { id: "tag:a", mark: "2" }, { id: "tag:b", mark: "1" });
  // entries that leave are no news
  await swap("v3", { id: "tag:c", mark: "1" });
  await swap("v4", { id: "tag:c", mark: "1" }, { id: "tag:b", mark: "1" });

  const noted = (await deliveries()).map(({ fresh = "", ...rest }) => ({ ...rest, fresh: JSON.parse(fresh) }));
  const of = { topic: "energie", path: "topics/energie.rss" };
  expect(noted).toEqual([
    { ...of, etag: "v2", fresh: { new: ["tag:c"], changed: ["tag:a"] } },
    { ...of, etag: "v4", fresh: { new: ["tag:b"] } },
  ]);
  expect(await world.documents.document("topics/energie.rss")).toMatchObject({
    entries: [
      { id: "tag:c", mark: "1" },
      { id: "tag:b", mark: "1" },
    ],
  });
});

test("a document of an earlier version, without marks, is followed by one with them, and nobody is told all of it", async () => {
  await swap("v5", { id: "tag:c", mark: "1" });
  await world.redis.hdel(world.keys.document("topics/energie.rss"), "entries");
  const before = (await deliveries()).length;

  await swap("v6", { id: "tag:c", mark: "1" }, { id: "tag:d", mark: "1" });

  expect(await deliveries()).toHaveLength(before);
});

test("Last-Modified never goes back: a document that is followed by an older one gets the next second", async () => {
  const path = "topics/wind.rss";
  const dateOf = async () => (await world.documents.document(path))?.modifiedAt;
  const put = async (etag: string, modifiedAt: number) => {
    const documents = [{ ...document(etag, []), path, modifiedAt }];
    await world.documents.swap({ topic: topicId("wind"), touchCount: "0", documents, announced: [] });
    return await dateOf();
  };

  expect(await put("v1", 1_780_000_000_900)).toBe(1_780_000_000_900);
  expect(await put("v1", 1_780_000_999_000)).toBe(1_780_000_000_900);
  expect(await put("v2", 1_780_000_000_950)).toBe(1_780_000_001_000);
  expect(await put("v3", 1_700_000_000_000)).toBe(1_780_000_002_000);
  expect(await put("v4", 1_780_000_500_001)).toBe(1_780_000_500_001);
});

test("whoever rendered a topic while somebody else did changes nothing: no archive is cut twice, none is lost", async () => {
  const topic = topicId("gas");
  const archive = { ...document("a1", []), path: "topics/gas/archive/1.rss" };
  const current = { ...document("c1", []), path: "topics/gas.rss" };
  const { turn, text } = await world.documents.filing(topic);
  const of = { topic, touchCount: "0", announced: [] };

  const first = await world.documents.swap({ ...of, documents: [current, archive], filing: { turn, text: "[1]" } });
  const late = { ...of, documents: [{ ...current, etag: "c2" }], filing: { turn, text: "[]" } };

  expect(text).toBe("");
  expect(first).toBe(2);
  expect(await world.documents.swap(late)).toBeUndefined();
  expect(await world.documents.filing(topic)).toEqual({ turn: "1", text: "[1]" });
  expect(await world.documents.etagsOf(["topics/gas.rss", "topics/gas/archive/1.rss"])).toEqual(["c1", "a1"]);
  expect(await world.documents.archivesOf(topic)).toEqual(["topics/gas/archive/1.rss"]);

  const next = { turn: "1", text: "[2]" };
  await world.documents.swap({ ...of, documents: [], filing: next, dropped: ["topics/gas/archive/1.rss"] });
  expect(await world.documents.archivesOf(topic)).toEqual([]);
  expect(await world.documents.document("topics/gas/archive/1.rss")).toBeUndefined();
});

test("what came with the first document of its feed is no news, though a document had nothing at all before", async () => {
  const before = (await deliveries()).length;
  await swap("x1");

  await swap("x2", { id: "tag:past", mark: "1", at: 0 });
  expect(await deliveries()).toHaveLength(before);

  await swap("x3", { id: "tag:past", mark: "1", at: 0 }, { id: "tag:now", mark: "1", at: MINUTE });
  expect(JSON.parse((await deliveries()).at(-1)?.["fresh"] ?? "")).toEqual({ new: ["tag:now"] });
});

test("an entry that is only let in where another was taken out is no news, whether it was told before or not", async () => {
  const { redis, keys } = world;
  const fresh = async () => JSON.parse((await deliveries()).at(-1)?.["fresh"] ?? "");
  const told = (id: string, at: number, mark = "1"): EntryMark => ({ id, mark, at: at * MINUTE });
  await redis.set(keys.told("energie"), JSON.stringify([{ iri: "tag:left", items: [] }]));
  await swap("w1", told("tag:young", 10), told("tag:middle", 5));
  const before = (await deliveries()).length;

  // left the document when there were younger ones, and was never in it
  await swap("w2", told("tag:young", 10), told("tag:left", 3), told("tag:never", 2));
  expect(await deliveries()).toHaveLength(before);

  // came in a little late; somebody tells one again that had left
  await redis.set(keys.told("energie"), JSON.stringify([{ iri: "tag:left", items: [] }]));
  await swap("w3", told("tag:young", 10), told("tag:late", 9.5), told("tag:never", 2));
  expect(await fresh()).toEqual({ new: ["tag:late"] });
  await redis.set(keys.told("energie"), JSON.stringify([{ iri: "tag:left", items: [] }]));
  await swap("w4", told("tag:left", 11, "2"), told("tag:young", 10, "2"));
  expect(await fresh()).toEqual({ changed: ["tag:left", "tag:young"] });
});

test("an entry that a clock dated a year ahead hides no news, and lets none in that is old", async () => {
  const now = world.now();
  const told = (id: string, at: number): EntryMark => ({ id, mark: "1", at });
  const [ahead, young] = [told("tag:ahead", now + 365 * DAY), told("tag:young", now)];
  await swap("y1", ahead, told("tag:hour-old", now - HOUR));

  await swap("y2", ahead, young, told("tag:hour-old", now - HOUR));
  expect(JSON.parse((await deliveries()).at(-1)?.["fresh"] ?? "")).toEqual({ new: ["tag:young"] });

  const before = (await deliveries()).length;
  await swap("y3", ahead, young, told("tag:day-old", now - DAY));
  expect(await deliveries()).toHaveLength(before);
});

import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { quarantineStore } from "../../src/adapters/quarantine-store.ts";
import { feedId } from "../../src/model/ids.ts";
import type { KeptReason } from "../../src/model/kept.ts";
import { DAY } from "../../src/model/time.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

const NOW = Date.UTC(2026, 0, 20);
const stack = new AsyncDisposableStack();
let world: World;

beforeAll(async () => {
  const folder = stack.use(temporaryFolder());
  world = stack.use(await openWorld(testSettings({ dataDir: folder.path }), "test"));
});
beforeEach(async () => {
  await world.redis.flushall();
});
afterAll(async () => {
  await stack.disposeAsync();
});

const document = (feed: string, bytes: Uint8Array | string, own: { at?: number; reason?: KeptReason } = {}) => ({
  feed: feedId(feed),
  reason: own.reason ?? ("unreadable" as const),
  why: "no feed in it",
  at: own.at ?? NOW,
  url: `https://${feed}.example/rss`,
  headers: { "content-type": "text/xml" },
  bytes: Buffer.from(bytes),
});

test("what was kept comes back byte for byte, with its headers and the reason", async () => {
  const bytes = Buffer.concat([randomBytes(50_000), Buffer.alloc(50_000, "ä")]);

  await world.quarantine.keep(document("bote", bytes));
  const kept = await world.quarantine.document(feedId("bote"), "unreadable");

  expect(kept).toMatchObject({ why: "no feed in it", headers: { "content-type": "text/xml" }, size: 100_000, at: NOW });
  expect(Buffer.compare(kept?.bytes ?? Buffer.of(), bytes)).toBe(0);
  expect(kept).not.toHaveProperty("isCut");
});

test("of each feed the latest of each reason is kept", async () => {
  await world.quarantine.keep(document("bote", "first"));
  await world.quarantine.keep(document("bote", "second", { at: NOW + 1 }));
  await world.quarantine.keep(document("bote", "empty", { at: NOW + 2, reason: "empty" }));
  await world.quarantine.keep(document("blatt", "other", { at: NOW + 3 }));

  const notes = await world.quarantine.notes(NOW + 4, feedId("bote"));

  expect(notes.map(({ reason, size }) => [reason, size])).toEqual([
    ["empty", 5],
    ["unreadable", 6],
  ]);
  expect(await world.quarantine.notes(NOW + 4)).toHaveLength(3);
});

test("all together stay under the cap: the oldest go first, and the account is right", async () => {
  const cap = 100_000;
  const store = quarantineStore(world.redis, world.keys, { cap });
  for (let n = 0; n < 40; n++) await store.keep(document(`bote-${n % 30}`, randomBytes(9000), { at: NOW + n }));

  const sizes = await world.redis.hgetall(`${world.keys.kept}:sizes`);
  const { "": sum, ...each } = sizes;
  const notes = await store.notes(NOW + 50);

  expect(Number(sum)).toBe(Object.values(each).reduce((total, size) => total + Number(size), 0));
  expect(Number(sum)).toBeLessThanOrEqual(cap);
  expect(notes.length).toBeGreaterThan(8);
  expect(notes.map(({ at }) => at - NOW)).toEqual(Array.from({ length: notes.length }, (_, n) => 39 - n));
  for (const part of ["notes", "bytes"])
    expect(await world.redis.hlen(`${world.keys.kept}:${part}`)).toBe(notes.length);
});

test("so are their notes, which pages list", async () => {
  const store = quarantineStore(world.redis, world.keys, { documents: 5 });
  for (let n = 0; n < 12; n++) await store.keep(document(`bote-${n}`, "x", { at: NOW + n }));

  expect((await store.notes(NOW + 50)).map(({ feed }) => feed)).toEqual([
    "bote-11",
    "bote-10",
    "bote-9",
    "bote-8",
    "bote-7",
  ]);
});

test("after two weeks it is forgotten", async () => {
  await world.quarantine.keep(document("alt", "old"));

  expect(await world.quarantine.notes(NOW + 15 * DAY)).toEqual([]);
  await world.quarantine.keep(document("neu", "new", { at: NOW + 15 * DAY }));

  expect(await world.redis.zrange(world.keys.kept, "0", "-1")).toEqual(["neu unreadable"]);
  expect(await world.redis.pttl(`${world.keys.kept}:bytes`)).toBeGreaterThan(13 * DAY);
});

test("of a document that is too large the beginning is kept, and that is said", async () => {
  const large = randomBytes(3 * 1024 * 1024);
  await world.quarantine.keep({ ...document("bote", large), headers: { a: "b", "x-long": "x".repeat(10_000) } });

  const kept = await world.quarantine.document(feedId("bote"), "unreadable");

  expect(kept).toMatchObject({ size: large.length, isCut: true, headers: { a: "b" } });
  expect(kept?.headers).not.toHaveProperty("x-long");
  expect(kept?.bytes.length).toBe(2 * 1024 * 1024);
  expect(Buffer.compare(kept?.bytes ?? Buffer.of(), large.subarray(0, 2 * 1024 * 1024))).toBe(0);
});

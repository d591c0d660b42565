import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliveryStream } from "../../src/adapters/delivery-stream.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

const stack = new AsyncDisposableStack();
let world: World;
let blocking: Redis;

beforeAll(async () => {
  world = stack.use(await openWorld(testSettings({ dataDir: stack.use(temporaryFolder()).path }), "test"));
  blocking = world.connect("blocking", true);
});
beforeEach(async () => {
  await world.redis.del(world.keys.deliveries);
});
afterAll(() => stack.disposeAsync());

const reader = (name: string) => deliveryStream(world.redis, world.keys, name);

async function note(path: string, fresh = '{"new":["tag:a"]}'): Promise<string> {
  const fields = ["topic", "energie", "path", path, "etag", "v1", "fresh", fresh];
  return String(await world.redis.xadd(world.keys.deliveries, "*", ...fields));
}

test("what one reader was given no other is, until it is taken for dead; what was settled never comes again", async () => {
  const [first, second] = [reader("first"), reader("second")];
  await first.join();
  await second.join();
  const ids = [await note("topics/a.rss"), await note("topics/b.rss")];

  const given = await first.next(blocking, 10);
  await first.settle([ids[0] ?? ""]);

  expect(given).toEqual([
    { id: ids[0], entry: entryOf(ids[0], "topics/a.rss") },
    { id: ids[1], entry: entryOf(ids[1], "topics/b.rss") },
  ]);
  expect(await second.next(blocking, 10)).toEqual([]);
  expect(await second.lost(60_000)).toEqual([]);
  expect(await second.lost(0)).toEqual([{ ...given[1], tries: 1 }]);
  expect(await second.lost(0)).toMatchObject([{ tries: 2 }]);
  await second.settle([ids[1] ?? ""]);
  expect(await first.lost(0)).toEqual([]);
  expect(await first.entry(ids[1] ?? "")).toEqual(entryOf(ids[1], "topics/b.rss"));
});

test("an entry that cannot be read is given as what it is", async () => {
  const first = reader("first");
  await first.join();
  const id = await note("topics/a.rss", "{");

  expect(await first.next(blocking, 10)).toEqual([{ id, entry: undefined }]);
});

test("readers that are gone are forgotten, unless they left something", async () => {
  const [first, second, third] = [reader("first"), reader("second"), reader("third")];
  await first.join();
  await note("topics/a.rss");
  await first.next(blocking, 10);
  for (const one of [second, third]) {
    const id = await note("topics/a.rss");
    await one.next(blocking, 10);
    await one.settle([id]);
  }

  await second.leave();
  await first.leave();
  expect(await names()).toEqual(["first", "third"]);
  await first.forgetReaders(-1);

  expect(await names()).toEqual(["first"]);
});

test("a Redis that was emptied has no group any more: it is joined again", async () => {
  const first = reader("first");
  await first.join();
  await world.redis.del(world.keys.deliveries);
  await expect(first.next(blocking, 10)).rejects.toThrow("NOGROUP");

  await first.join();
  const id = await note("topics/a.rss");

  expect(await first.next(blocking, 10)).toMatchObject([{ id }]);
});

const entryOf = (id: string | undefined, path: string) => ({
  ...{ id, path, topic: "energie", etag: "v1" },
  fresh: { new: ["tag:a"] },
});

async function names(): Promise<readonly string[]> {
  const found = (await world.redis.xinfo("CONSUMERS", world.keys.deliveries, "deliver")) as string[][];
  return found.map((fields) => fields[fields.indexOf("name") + 1] ?? "").sort();
}

import { afterEach, beforeEach, expect, test } from "vitest";
import { serialise } from "../../src/adapters/compress.ts";
import type { ServedDocument } from "../../src/model/published.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { aPlaced } from "../query/a-placed.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aTopic, eventually, testSettings } from "../support/test-settings.ts";

let stack: AsyncDisposableStack;
let world: World;
let site = "";

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const { home } = stack.use(await openTestRedis());
  const settings = testSettings({ ...home, topics: [aTopic("gold", "gold")], sections: [] });
  world = stack.use(await openWorld(settings, "test"));
  await bring("gold", "v1");
  await bring("silber", "v1");
  const daemon = stack.use(await startDaemon(settings, ["web"]));
  site = `http://127.0.0.1:${daemon.port}`;
  await eventually("ready", async () => ((await fetch(`${site}/readyz`)).ok ? true : undefined));
  await bring("gold", "v2");
  await serves("gold", "v2");
});
afterEach(() => stack.disposeAsync());

const pathOf = (name: string): string => `topics/${name}.rss`;

function document(name: string, etag: string): ServedDocument {
  const bodies = { identity: Buffer.from(etag), gzip: Buffer.from("gz"), br: Buffer.from("br") };
  const path = pathOf(name);
  return { path, contentType: "application/rss+xml", etag, modifiedAt: 1, itemCount: 0, entries: [], bodies };
}

/** As a worker does who has rendered a topic. */
async function bring(name: string, etag: string): Promise<void> {
  const documents = [document(name, etag)];
  await world.documents.swap({ topic: aTopic(name, name).id, touchCount: "0", documents, announced: [] });
}

/** Puts a document in place and says nothing. */
async function slip(name: string, etag: string): Promise<void> {
  await world.redis.hset(world.keys.document(pathOf(name)), serialise(document(name, etag)));
  await world.redis.hset(world.keys.documents, pathOf(name), etag);
}

/** In one step of Redis, in which nobody reads: whoever follows was away, as it were. */
async function tellAtOnce(stream: string, times: number, most: number, field: string, value: string): Promise<void> {
  const script = `for n = 1, ARGV[1] do redis.call("XADD", KEYS[1], "MAXLEN", "~", ARGV[2], "*", ARGV[3], ARGV[4]) end`;
  await world.redis.eval(script, 1, stream, times, most, field, value);
}

const get = (name: string) => fetch(`${site}/${pathOf(name)}`, { headers: { "accept-encoding": "identity" } });

const serves = (name: string, body: string) =>
  eventually(`${name} ${body}`, async () => ((await (await get(name)).text()) === body ? true : undefined));

test("who missed swaps that nobody remembers any more loads all documents, and drops those that are gone", async () => {
  await slip("gold", "v3");
  await world.redis.hdel(world.keys.documents, pathOf("silber"));
  await world.redis.del(world.keys.document(pathOf("silber")));

  await tellAtOnce(world.keys.swapped, 6000, 5000, "path", pathOf("other"));

  await serves("gold", "v3");
  expect((await get("silber")).status).toBe(404);
});

test("who missed decisions that nobody remembers any more loads all items", async () => {
  const { item, decision } = aPlaced({ id: "a", title: "Verpasste Meldung", story: "s" });
  await world.redis.set(world.keys.item(item.id), JSON.stringify(item));
  await world.redis.zadd(world.keys.items, item.arrivedAt, item.id);
  await world.redis.hset(world.keys.place(item.id), { story: decision.story, storyIri: "urn:s", reasons: "[]" });
  await world.redis.xadd(world.keys.decided, "*", "swept", "[]");

  await tellAtOnce(world.keys.decided, 51_000, 50_000, "swept", "[]");

  await eventually("the item", async () => ((await fetch(`${site}/items/a`)).ok ? true : undefined));
});

test("a Redis that was restored, and ends before what was heard of it, is believed", async () => {
  await slip("gold", "v1");

  await world.redis.multi().del(world.keys.swapped).xadd(world.keys.swapped, "1-1", "path", pathOf("gold")).exec();

  await serves("gold", "v1");
});

test("a Redis that was emptied takes nothing from readers that it has not got anew", async () => {
  await world.redis.flushall();
  await bring("gold", "v3");

  await serves("gold", "v3");

  expect((await get("silber")).status).toBe(200);
});

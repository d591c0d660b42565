import { readdirSync, truncateSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { packLines, unpackLines } from "../../src/adapters/packed-lines.ts";
import { valueFiles } from "../../src/adapters/value-files.ts";
import { itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { openWorld } from "../../workers/world.ts";
import { aPlaced } from "../query/a-placed.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aTopic, eventually, testSettings } from "../support/test-settings.ts";

test("a web process goes on from where it stopped: with what came, moved and left while it was away", async () => {
  await using redis = await openTestRedis();
  const settings = testSettings({
    ...redis.home,
    topics: [aTopic("gold", "goldpreis")],
  });
  await using world = await openWorld(settings, "test");
  const { redis: store, keys } = world;

  async function tell(placed: readonly Placed[], moved: readonly (readonly [string, string])[] = []): Promise<void> {
    for (const { item, decision } of placed) {
      await store.set(keys.item(item.id), JSON.stringify(item));
      await store.zadd(keys.items, item.arrivedAt, item.id);
      await store.hset(keys.place(item.id), { ...place(decision), reasons: "[]" });
    }
    for (const [item, story] of moved) await store.hset(keys.place(item), { story, storyIri: `urn:${story}` });
    const outcome = {
      decisions: placed.map(({ decision }) => decision),
      moved: moved.map(([item, story]) => ({ item: itemId(item), story: storyId(story), storyIri: `urn:${story}` })),
      ...{ aliases: [], withdrawn: [] },
    };
    await store.xadd(keys.decided, "*", "outcome", JSON.stringify(outcome));
  }

  async function sweep(id: string): Promise<void> {
    await store.zrem(keys.items, id);
    await store.del(keys.item(id), keys.place(id));
    await store.xadd(keys.decided, "*", "swept", JSON.stringify([id]));
  }

  const seen = async (stories: readonly string[]) => {
    await using daemon = await startDaemon(settings, ["web"]);
    const site = `http://127.0.0.1:${daemon.port}`;
    const ready = `http://127.0.0.1:${daemon.opsPort}/readyz`;
    await eventually("ready", async () => ((await fetch(ready)).ok ? true : undefined));
    const found = (await (await fetch(`${site}/search.json?q=meldung`)).json()) as { items: { title: string }[] };
    const pages = await Promise.all(stories.map(async (id) => (await fetch(`${site}/stories/${id}`)).status));
    return { titles: found.items.map(({ title }) => title).sort(), pages };
  };

  await tell([news("a", "Meldung eins"), news("b", "Meldung zwei"), news("c", "Meldung drei")]);
  expect((await seen([])).titles).toEqual(["Meldung drei", "Meldung eins", "Meldung zwei"]);
  expect(readdirSync(path.join(redis.home.dataDir, "search"))).toContain("newsroom.v8");

  await tell([news("d", "Meldung vier"), news("b", "Meldung zwei, berichtigt")], [["a", "story-c"]]);
  await sweep("c");
  // nobody tells of this, so only who reads all anew knows
  await store.set(keys.item("a"), JSON.stringify(news("a", "Meldung eins, verschwiegen").item));
  const after = { titles: ["Meldung eins", "Meldung vier", "Meldung zwei, berichtigt"], pages: [404, 200] };
  expect(await seen(["story-a", "story-c"])).toEqual(after);
  expect(await seen(["story-a", "story-c"])).toEqual(after);

  truncateSync(path.join(redis.home.dataDir, "search", "newsroom.v8"), 9);
  const anew = ["Meldung eins, verschwiegen", "Meldung vier", "Meldung zwei, berichtigt"];
  expect(await seen(["story-a", "story-c"])).toEqual({ titles: anew, pages: [404, 200] });

  // whole, but not what it should be
  const files = valueFiles<Buffer>(path.join(redis.home.dataDir, "search"));
  const [head = "", ...changed] = await unpackLines((await files.read("newsroom")) ?? Buffer.of());
  expect(changed).not.toEqual([]);
  await files.write("newsroom", await packLines([head, ...changed.map(() => '{"kind":"whole"}')]));
  expect(await seen(["story-a", "story-c"])).toEqual({ titles: anew, pages: [404, 200] });
}, 60_000);

const news = (id: string, title: string): Placed => aPlaced({ id, title, story: `story-${id}` });

const place = ({ story, storyIri }: Placed["decision"]) => ({ story, storyIri });

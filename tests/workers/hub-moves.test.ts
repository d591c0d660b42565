import { expect, test } from "vitest";
import { subscriberId } from "../../src/adapters/hub-store.ts";
import { topicId } from "../../src/model/ids.ts";
import { openHubAtWork, TOPIC } from "../hub/hub-at-work.ts";
import { eventually } from "../support/test-settings.ts";

const NEW = "topics/strom.json";

test("who goes along with a renamed feed keeps lease, secret and what is owed; who has asked there already is one with it", async () => {
  await using hub = await openHubAtWork();
  const { redis, keys } = hub.world;
  await hub.publish({ alt: "Alt" });
  const callback = await hub.subscribe("/a", { secret: "geheim" });
  await hub.publish({ alt: "Alt", neu: "Neu" });
  await hub.noteNews();
  const before = await hub.of(callback);

  // when the feed has another path, and two workers bring its subscriber there
  const id = subscriberId(NEW, callback);
  await Promise.all([hub.subscribers.move(hub.idOf(callback), NEW), hub.subscribers.move(hub.idOf(callback), NEW)]);

  const moved = await hub.subscribers.of(id);
  expect(moved).toEqual({ ...before, id, path: NEW });
  expect(moved?.topic).toBe(TOPIC);
  expect(await hub.of(callback)).toBeUndefined();
  expect([...(await hub.subscribers.owed({ id, path: NEW })).entries]).toEqual(["neu"]);
  expect(await redis.smembers(keys.hubTopics)).toEqual([NEW]);

  // and when another worker, who did not know yet, has let it subscribe under the old path once more
  await hub.subscribe("/a");
  await hub.publish({ alt: "Alt", neu: "Neu", danach: "Danach" });
  await hub.noteNews();
  await hub.subscribers.move(hub.idOf(callback), NEW);

  expect([...(await hub.subscribers.owed({ id, path: NEW })).entries].toSorted()).toEqual(["danach", "neu"]);
  expect((await hub.subscribers.of(id))?.held?.secret).toBe("geheim");
  expect(Object.values(await redis.hgetall(keys.hubHosts))).toEqual(["1"]);
  expect(await redis.exists(keys.hubTopic("topics/energie.json"), keys.hubNews("topics/energie.json"))).toBe(0);
  expect(await redis.hkeys(keys.hubTold)).toEqual([id]);
});

test("who is told something while his feed is renamed is not told it again", async () => {
  await using hub = await openHubAtWork();
  await hub.publish({ alt: "Alt" });
  const callback = await hub.subscribe("/slow");
  hub.reader.behave("/slow", { slowness: 300 });
  await hub.publish({ alt: "Alt", neu: "Neu" });
  await hub.noteNews();

  const pushing = hub.push(callback);
  await eventually("told", () => hub.reader.pushesOf("/slow")[0]);
  await hub.world.topics.change(0, {
    topics: new Map([[topicId("strom"), { written: STROM, at: 1 }]]),
    gone: new Map([[topicId("energie"), { at: 1, into: topicId("strom") }]]),
  });
  await hub.book.refresh();
  const moved = await hub.subscribers.move(hub.idOf(callback), NEW);

  expect(await pushing).toEqual({ kind: "delivered" });
  expect(moved?.path).toBe(NEW);
  expect((await hub.subscribers.owed(moved ?? expect.fail("it is gone"))).entries.size).toBe(0);
});

const STROM = { id: "strom", title: "Strom", description: "Netze", query: "strom" };

import { expect, test } from "vitest";
import { hubForEachTest } from "../hub/hub-at-work.ts";

const hub = await hubForEachTest();

test("what is owed lies there once, however many are owed it, and does not grow for ever", async () => {
  const callbacks = [await hub.subscribe("/dead-1"), await hub.subscribe("/dead-2")];
  const { redis, keys } = hub.world;
  const before = await redis.dbsize();
  for (let n = 0; n < 3; n += 1) {
    const entries = Array.from({ length: 500 }, (_, at) => [`${n}-${at}`, "Neu"]);
    await hub.publish(Object.fromEntries(entries));
    await hub.noteNews();
  }

  const [news = ""] = await redis.keys(keys.hubNews("*"));
  expect(await redis.zcard(news)).toBe(1000);
  expect((await redis.dbsize()) - before).toBeLessThan(10);
  for (const callback of callbacks) expect((await hub.push(callback)).kind).toBe("delivered");
  expect(JSON.parse(hub.reader.pushesOf("/dead-2").at(-1)?.body ?? "{}").items).toHaveLength(500);
});

test("whoever was granted may renew, whatever strangers ask of its host", async () => {
  const callback = await hub.subscribe("/granted");
  for (let n = 0; n < 30; n += 1) {
    hub.reader.behave(`/made-up-${n}`, { answer: { status: 404 } });
    await hub.ask(hub.reader.url(`/made-up-${n}`));
    await hub.verify(hub.reader.url(`/made-up-${n}`));
  }

  expect(await hub.ask(hub.reader.url("/other"))).toMatchObject({ kind: "too-many" });
  expect(await hub.ask(callback)).toMatchObject({ kind: "taken" });
});

test("one client may ask 300 times a minute, with however many addresses of its network", async () => {
  const ask = async (n: number) =>
    await hub.ask(`http://reader-${n}.example:${hub.reader.port}/`, {}, `2a00:1:2:3::${n.toString(16)}`);
  for (let n = 1; n <= 300; n += 1) expect((await ask(n)).kind).toBe("taken");

  expect((await ask(301)).text).toContain("you ask for too much");
});

test("callbacks that are slow to hear that hold nobody up", async () => {
  const slow = Array.from({ length: 6 }, (_, n) => `/slow-to-hear-${n}`);
  for (const path of slow) {
    await hub.subscribe(path);
    hub.reader.behave(path, { answer: { status: 200, slowness: 1000 } });
  }

  await hub.world.redis.del(hub.world.keys.documents);
  const began = performance.now();
  await hub.round();

  expect(performance.now() - began).toBeLessThan(4000);
  for (const path of slow) expect(hub.reader.questionsOf(path).at(-1)?.mode).toBe("denied");
});

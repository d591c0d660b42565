import { expect, test } from "vitest";
import { SECOND } from "../../src/model/time.ts";
import { openHubRequests } from "../../workers/hub/requests.ts";
import type { World } from "../../workers/world.ts";
import { hubForEachTest, TOPIC } from "../hub/hub-at-work.ts";
import { eventually } from "../support/test-settings.ts";

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
  await refuse(30);

  expect(await hub.ask(hub.reader.url("/other"))).toMatchObject({ kind: "too-many" });
  expect(await hub.ask(callback)).toMatchObject({ kind: "taken" });
});

test("requests that call nobody use up nobody's room", async () => {
  // given a host that has refused too often, with a subscriber
  const callback = await hub.subscribe("/granted");
  await refuse(30);

  // when strangers go on asking in its name, to be subscribed and to leave
  for (let n = 0; n < 70; n += 1) {
    const client = `203.0.113.${n}`;
    expect((await hub.ask(hub.reader.url(`/again-${n}`), {}, client)).text).toContain("refused too often");
    expect((await hub.ask(hub.reader.url(`/nobody-${n}`), { mode: "unsubscribe" }, client)).kind).toBe("taken");
  }

  // then it may renew, and once its refusals are forgotten there is room for 30 more calls of this minute's 60
  expect((await hub.ask(callback)).kind).toBe("taken");
  for (const key of await hub.world.redis.keys(hub.world.keys.hubCount("refused:*"))) await hub.world.redis.del(key);
  for (let n = 31; n < 60; n += 1) expect((await hub.ask(hub.reader.url(`/new-${n}`))).kind).toBe("taken");
  expect((await hub.ask(hub.reader.url("/new-60"))).text).toContain("asked back too often");
});

test("who was granted has calls of his own, though no more than he needs", async () => {
  const callback = await hub.subscribe("/granted");
  for (let n = 1; n < 60; n += 1) expect((await hub.ask(hub.reader.url(`/new-${n}`))).kind).toBe("taken");
  expect((await hub.ask(hub.reader.url("/new-60"))).text).toContain("asked back too often");

  for (let n = 0; n < 30; n += 1) expect((await hub.ask(callback)).kind).toBe("taken");
  expect((await hub.ask(callback)).text).toContain("asked back too often");
});

test("customers of one platform do not share their calls; the names of one customer do", async () => {
  const ask = async (host: string) => await hub.ask(`http://${host}:${hub.reader.port}/`);
  for (let n = 0; n < 60; n += 1) expect((await ask(`${n}.mallory.workers.dev`)).kind).toBe("taken");

  expect((await ask("mallory.workers.dev")).text).toContain("mallory.workers.dev is asked back too often");
  expect((await ask("anna.workers.dev")).kind).toBe("taken");
});

test("one client may ask 300 times a minute, with however many addresses of its network", async () => {
  const ask = async (n: number) =>
    await hub.ask(`http://reader-${n}.example:${hub.reader.port}/`, {}, `2a00:1:2:3::${n.toString(16)}`);
  for (let n = 1; n <= 300; n += 1) expect((await ask(n)).kind).toBe("taken");

  expect((await ask(301)).text).toContain("you ask for too much");
});

test("a host that is slow is called once at a time, until it is quick again", async () => {
  const paths = ["/slow-1", "/slow-2", "/slow-3"];
  for (const path of paths) hub.reader.behave(path, { slowness: 2100 });
  const callbacks: string[] = [];
  for (const path of paths) callbacks.push(await hub.subscribe(path));
  const pushAll = async () => {
    await hub.publish({ a: "Alt", b: `Neu um ${hub.world.now()}` });
    hub.pass(SECOND);
    await hub.noteNews();
    const outcomes = await Promise.all(callbacks.map(hub.push));
    return outcomes.filter(({ kind }) => kind === "delivered").length;
  };
  expect(await pushAll()).toBe(3);

  for (const path of paths) hub.reader.behave(path, {});
  const atOnce = [];
  for (let n = 0; n < 3; n += 1) atOnce.push(await pushAll());

  expect(atOnce).toEqual([1, 3, 3]);
});

test("when a feed disappears each of its subscribers is told, once, a few of a host at a time", async () => {
  const callbacks = [];
  for (let n = 0; n < 30; n += 1) callbacks.push(await hub.subscribe(`/gone-${n}`));
  for (let n = 0; n < 30; n += 1) hub.reader.behave(`/gone-${n}`, { answer: { status: 200, slowness: 300 } });

  await hub.world.redis.del(hub.world.keys.documents);
  await hub.round();
  const jobs = await hub.world.queues.deliver["hub-verify"].getJobs(["waiting"]);
  let left: readonly string[] = callbacks.filter((one) => jobs.some(({ data }) => data.to === hub.idOf(one)));
  const denied = () => hub.reader.questions.filter(({ mode }) => mode === "denied");
  while (left.length > 0) {
    const told = denied().length;
    const outcomes = await Promise.all(left.map(hub.verify));
    left = left.filter((_, at) => outcomes[at]?.kind === "busy");
    for (const callback of left) expect(await hub.of(callback)).toBeDefined();
    expect(denied().length - told).toBeGreaterThan(0);
  }

  expect(new Set(denied().map(({ callback }) => callback)).size).toBe(30);
  expect(denied()).toHaveLength(30);
  for (const callback of callbacks) expect(await hub.of(callback)).toBeUndefined();
});

test("where Redis does not do as it should the request is to come again, and the log has why", async () => {
  const said: string[] = [];
  const log = { ...hub.world.log, error: (_: object, event: string) => void said.push(event) } as World["log"];
  const requests = openHubRequests({ ...hub.world, log }, hub.book);
  await hub.world.redis.set(hub.world.keys.hub, "no hash");

  const form = { "hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": hub.reader.url("/a") };
  const { kind } = await requests.ask(new URLSearchParams(form).toString(), "203.0.113.7");

  expect(kind).toBe("busy");
  expect(await eventually("it is in the log", () => said[0])).toBe("hub.failed");
});

/** So many made-up callbacks of the host say no. */
async function refuse(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    hub.reader.behave(`/made-up-${n}`, { answer: { status: 404 } });
    await hub.ask(hub.reader.url(`/made-up-${n}`));
    await hub.verify(hub.reader.url(`/made-up-${n}`));
  }
}

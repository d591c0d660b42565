import { describe, expect, test } from "vitest";
import { hubStore } from "../../src/adapters/hub-store.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { hubForEachTest, openHubAtWork, TOPIC } from "../hub/hub-at-work.ts";
import { openSubscriberServer } from "../hub/subscriber-server.ts";

const hub = await hubForEachTest();

describe("a lease", () => {
  test("ends by itself: nothing is pushed any more, and nothing is left", async () => {
    const callback = await hub.subscribe("/lease", { lease_seconds: "600" });
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();

    hub.pass(11 * MINUTE);
    expect(await hub.push(callback)).toEqual({ kind: "needless" });
    await hub.round();

    expect(await hub.of(callback)).toBeUndefined();
    const { redis, keys } = hub.world;
    expect((await redis.keys(`${keys.hub}*`)).filter((key) => !/:(count|noted|turn)(?::|$)/.test(key))).toEqual([]);
  });

  test.each([
    ["1", "300"],
    ["864001", "864001"],
    ["999999999", "2592000"],
    ["0", "864000"],
  ])("of %s seconds is granted as %s", async (asked, granted) => {
    await hub.subscribe(`/lease-${asked}`, { lease_seconds: asked });

    expect(hub.reader.questionsOf(`/lease-${asked}`)[0]).toMatchObject({ lease: granted });
  });
});

describe("a callback that is out of order", () => {
  test("is asked back three times, then its request is forgotten", async () => {
    hub.reader.behave("/broken", { answer: { status: 503 } });
    const callback = hub.reader.url("/broken");
    await hub.ask(callback);

    expect([await hub.verify(callback), await hub.verify(callback)].map(({ kind }) => kind)).toEqual([
      "failed",
      "failed",
    ]);
    expect(await hub.verify(callback)).toMatchObject({ kind: "given-up", why: "status 503" });

    expect(await hub.of(callback)).toBeUndefined();
    expect(await hub.verify(callback)).toEqual({ kind: "needless" });
  });

  test("goes on being a subscriber where it was one, with the secret that it had", async () => {
    const callback = await hub.subscribe("/renews", { secret: "alt" });
    hub.reader.behave("/renews", { answer: { status: 404 } });
    await hub.ask(callback, { secret: "neu" });
    await hub.verify(callback);

    expect(await hub.of(callback)).toMatchObject({ held: { secret: "alt" } });
    expect((await hub.of(callback))?.asked).toBeUndefined();
  });

  test("and a request whose question got lost are forgotten after a quarter of an hour", async () => {
    const callback = hub.reader.url("/never-asked");
    await hub.ask(callback);

    hub.pass(16 * MINUTE);
    await hub.round();

    expect(await hub.of(callback)).toBeUndefined();
    expect(hub.reader.questions).toEqual([]);
  });
});

describe("a push", () => {
  test("that fails for three days ends the subscription; one that works again forgives all", async () => {
    hub.reader.behave("/dead", { statuses: [500] });
    hub.reader.behave("/back", { statuses: [...Array.from({ length: 20 }, () => 500), 200] });
    const [dead, back] = [await hub.subscribe("/dead"), await hub.subscribe("/back")];
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();
    for (let n = 0; n < 9; n += 1) {
      for (const callback of [dead, back]) expect((await hub.push(callback)).kind).toBe("failed");
      hub.pass(8 * HOUR);
    }
    expect((await hub.of(dead))?.trouble).toMatchObject({ tries: 9, why: "status 500" });

    hub.reader.behave("/back", { statuses: [200] });
    expect((await hub.push(back)).kind).toBe("delivered");
    expect((await hub.push(dead)).kind).toBe("given-up");

    expect(await hub.of(dead)).toBeUndefined();
    expect((await hub.of(back))?.trouble).toBeUndefined();
  });

  test("tells what was owed once, however often the stream is read, and again what changed since", async () => {
    const callback = await hub.subscribe("/once");
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();
    const [last] = await hub.world.redis.xrevrange(hub.world.keys.deliveries, "+", "-", "COUNT", 1);
    const entry = await hub.stream.entry(last?.[0] ?? "");

    expect((await hub.push(callback)).kind).toBe("delivered");
    if (entry !== undefined) await hub.pushing.jobsFor(entry);
    expect((await hub.push(callback)).kind).toBe("needless");
    await hub.publish({ a: "Alt", b: "Neu, berichtigt" });
    await hub.noteNews();
    expect((await hub.push(callback)).kind).toBe("delivered");

    const told = hub.reader.pushesOf("/once").map(({ body }) => JSON.parse(body).items);
    expect(told).toEqual([[{ id: "b", title: "Neu" }], [{ id: "b", title: "Neu, berichtigt" }]]);
  });

  test("what changes while it is told stays owed", async () => {
    hub.reader.behave("/slow", { slowness: 300 });
    const callback = await hub.subscribe("/slow");
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();

    const first = hub.push(callback);
    await hub.publish({ a: "Alt", b: "Neuer" });
    await hub.noteNews();
    await first;
    expect((await hub.push(callback)).kind).toBe("delivered");

    expect(hub.reader.pushesOf("/slow").at(-1)?.body).toContain("Neuer");
  });

  test("what has left the document before it could be told is told no more", async () => {
    const callback = await hub.subscribe("/late");
    await hub.publish({ a: "Alt", b: "Kurz" });
    await hub.noteNews();
    await hub.publish({ a: "Alt" });

    expect((await hub.push(callback)).kind).toBe("needless");
    expect(await hub.world.redis.zcard(hub.world.keys.hubOwing)).toBe(0);
  });

  test("that is redirected has failed: its address is the one that was confirmed", async () => {
    hub.reader.behave("/elsewhere", { statuses: [307] });
    const callback = await hub.subscribe("/elsewhere");
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();

    expect(await hub.push(callback)).toMatchObject({ kind: "failed", why: "status 307" });
  });

  test("waits where its host has enough to do, without a failure; other hosts do not wait", async () => {
    await using elsewhere = await openSubscriberServer();
    const slow = Array.from({ length: 10 }, (_, n) => `/slow-${n}`);
    for (const path of slow) hub.reader.behave(path, { slowness: 500 });
    const callbacks = [];
    for (const path of slow) callbacks.push(await hub.subscribe(path));
    const other = elsewhere.url("/quick");
    await hub.ask(other);
    await hub.verify(other);
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();

    const order: string[] = [];
    const pushes = callbacks.map(async (callback) => {
      const outcome = await hub.push(callback);
      if (outcome.kind === "delivered") order.push("slow");
      return outcome;
    });
    const quick = await hub.push(other);
    order.push("quick");
    const outcomes = await Promise.all(pushes);

    expect(quick).toEqual({ kind: "delivered" });
    expect(order[0]).toBe("quick");
    expect(outcomes.filter(({ kind }) => kind === "delivered")).toHaveLength(8);
    expect(outcomes.filter(({ kind }) => kind === "busy")).toHaveLength(2);
    for (const callback of callbacks) expect((await hub.of(callback))?.trouble).toBeUndefined();
  });

  test("a job that was lost is made anew", async () => {
    const callback = await hub.subscribe("/lost");
    await hub.publish({ a: "Alt", b: "Neu" });
    await hub.noteNews();
    const { queues } = hub.world;
    await queues.deliver.hub.obliterate({ force: true });

    hub.pass(2 * MINUTE);
    await hub.round();

    const jobs = await queues.deliver.hub.getJobs(["waiting"]);
    expect(jobs.map(({ data }) => data.to)).toContain(hub.idOf(callback));
  });
});

describe("nobody can be attacked with us", () => {
  test("one host is asked back sixty times a minute at the most, whoever asks", async () => {
    const kinds = [];
    for (let n = 0; n < 70; n += 1)
      kinds.push((await hub.ask(hub.reader.url(`/flood-${n}`), {}, `203.0.113.${n}`)).kind);

    expect(kinds.filter((kind) => kind === "taken")).toHaveLength(60);
    expect(kinds.at(-1)).toBe("too-many");
    hub.pass(MINUTE);
    expect((await hub.ask(hub.reader.url("/flood"))).kind).toBe("taken");
  });

  test("nor one that keeps saying no", async () => {
    for (let n = 0; n < 30; n += 1) {
      hub.reader.behave(`/no-${n}`, { answer: { status: 404 } });
      await hub.ask(hub.reader.url(`/no-${n}`));
      await hub.verify(hub.reader.url(`/no-${n}`));
    }

    expect(await hub.ask(hub.reader.url("/yes"))).toMatchObject({ kind: "too-many" });
    hub.pass(HOUR + SECOND);
    expect(await hub.ask(hub.reader.url("/yes"))).toMatchObject({ kind: "taken" });
  });

  test("who was never subscribed is not called about leaving", async () => {
    const callback = hub.reader.url("/stranger");

    expect((await hub.ask(callback, { mode: "unsubscribe" })).kind).toBe("taken");
    expect(await hub.of(callback)).toBeUndefined();
    expect(await hub.verify(callback)).toEqual({ kind: "needless" });
  });

  test("a name that leads into a private network is not called, whatever may be polled there", async () => {
    await using closed = await openHubAtWork({ allowNetworks: [] });
    await closed.publish({ a: "Alt" });
    const callback = `http://localhost:${closed.reader.port}/inside`;

    expect((await closed.ask(callback)).kind).toBe("taken");
    expect(await closed.verify(callback)).toMatchObject({
      kind: "given-up",
      why: expect.stringContaining("not public"),
    });

    expect(closed.reader.questions).toEqual([]);
    expect((await closed.ask(closed.reader.url("/inside"))).kind).toBe("bad");
  });
});

describe("whom we do not serve", () => {
  test("is refused: in all, and of one host", async () => {
    const { redis, keys } = hub.world;
    const wanted = (id: string, host: string) => ({
      id,
      path: "topics/energie.json",
      topic: TOPIC,
      callback: id,
      host,
    });
    const save = async (limits: Parameters<typeof hubStore>[2], id: string, host: string) =>
      (
        await hubStore(redis, keys, limits).change(
          id,
          () => ({ after: wanted(id, host) }),
          () => 0,
        )
      ).saved;
    const limits = { total: 3, aHost: 2, aTopic: 10 };

    expect(await save(limits, "one", "a.example")).toBe("saved");
    expect(await save(limits, "two", "a.example")).toBe("saved");
    expect(await save(limits, "three", "a.example")).toBe("host");
    expect(await save(limits, "three", "b.example")).toBe("saved");
    expect(await save(limits, "four", "c.example")).toBe("total");
  });

  test("is denied where the feed has as many as can be served", async () => {
    await using small = await openHubAtWork({ limits: { total: 10, aHost: 10, aTopic: 1 } });
    await small.publish({ a: "Alt" });
    await small.subscribe("/first");
    const second = small.reader.url("/second");
    await small.ask(second);

    expect(await small.verify(second)).toMatchObject({ kind: "given-up" });
    expect(small.reader.questionsOf("/second").at(-1)).toMatchObject({ mode: "denied", topic: TOPIC });
    expect(await small.of(second)).toBeUndefined();
  });

  test("and who has subscribed to a feed that is gone is told so", async () => {
    const callback = await hub.subscribe("/denied");
    const { redis, keys } = hub.world;

    await redis.del(keys.documents);
    await hub.round();
    await hub.verify(callback);

    expect(hub.reader.questionsOf("/denied").at(-1)).toMatchObject({
      mode: "denied",
      topic: TOPIC,
      reason: "there is no such feed any more",
    });
    expect(await hub.of(callback)).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";
import { atom, freePort, type HubServer, openHubServer, pushTo, rss } from "../hub/hub-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** The subscriber's tests of websub.rocks by their numbers, against a started daemon, a real publisher and a real hub. */

const CASES = "100 101 102 103 104 200 201 202 203 204 205 300 301 302 mode denied broken ended page".split(" ");

let hub: HubServer;
let daemon: Daemon;
let folder: ReturnType<typeof temporaryFolder>;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  hub = stack.use(await openHubServer());
  folder = stack.use(temporaryFolder());
  for (const name of CASES) publish(name);
  const port = await freePort();
  const settings = testSettings({
    dataDir: folder.path,
    publicUrl: `http://127.0.0.1:${port}`,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: true, sha1: true },
    publishers: [aPublisher("blatt")],
    feeds: CASES.map((name) => aFeed(`t${name}`, "blatt", hub.url(`/${name}`))),
    topics: [aTopic("alles", "*", { oneEntryAStory: false })],
  });
  daemon = stack.use(await startTestDaemon(settings));
});

afterAll(async () => {
  await stack.disposeAsync();
});

const header = (hubUrl: string, self: string) => ({ Link: [`<${hubUrl}>; rel="hub"`, `<${self}>; rel="self"`] });
const topicOf = (name: string): string => hub.url(`/${name}`);

/** Each publisher as websub.rocks has it. */
function publish(name: string): void {
  const [own, self] = [hub.url("/hub"), hub.url(`/${name}`)];
  const body = rss([`Erste Meldung von ${name}`]);
  const linked = { headers: header(own, self), body };
  const wrong = hub.url("/hub/broken");
  const documents: Readonly<Record<string, Parameters<HubServer["put"]>[1]>> = {
    101: { headers: { "content-type": "text/html" }, body: `<html><head><link rel="hub" href="${own}"></head></html>` },
    102: { body: atom(["Erste Meldung von 102"], { hub: own, self }) },
    103: { body: rss(["Erste Meldung von 103"], { hub: own, self }) },
    104: { headers: header(own, self), body: atom(["Erste Meldung von 104"], { hub: wrong, self: hub.url("/wrong") }) },
    200: { headers: header(own, hub.url("/200?self=other")), body },
    201: { status: 302, headers: { location: "/201?redirect=complete" } },
    202: { status: 301, headers: { location: "/202?redirect=complete" } },
    203: { headers: header(hub.url("/hub/temporary"), self), body },
    204: { headers: header(hub.url("/hub/permanent"), self), body },
    205: { headers: header(hub.url("/hub/lies"), self), body },
    300: { headers: { ...header(own, self), ETag: '"300"' }, body },
    mode: { headers: header(hub.url("/hub/mode"), self), body },
    denied: { headers: header(hub.url("/hub/denies"), self), body },
    broken: { headers: header(wrong, self), body },
  };
  hub.put(`/${name}`, documents[name] ?? linked);
  const moved = `/${name}?redirect=complete`;
  if (name === "201" || name === "202") hub.put(moved, { headers: header(own, hub.url(moved)), body });
}

async function subscribed(topic: string) {
  return await eventually(`a subscription of ${topic}`, () => hub.subscribersOf(topic)[0]);
}

async function titlesOnTheTopicPage(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${daemon.port}/topics/alles.json`);
  return await answer.text();
}

async function subscriptionOf(name: string) {
  return JSON.parse((await daemon.world.redis.hget(daemon.world.keys.subscriptions, `t${name}`)) ?? "{}");
}

describe("A-43: discovery", () => {
  test.each([
    ["100", "in HTTP headers"],
    ["102", "in an Atom feed"],
    ["103", "in an RSS feed"],
    ["104", "in the headers before the document"],
  ])("websub.rocks %s, A-37: %s", async (name) => {
    const { hub: path } = await subscribed(topicOf(name));

    expect(path).toBe("/hub");
    expect(hub.asked.filter(({ topic }) => topic === hub.url("/wrong"))).toEqual([]);
  });

  test("websub.rocks 101: a page is no feed of ours: its hub is not asked, and the reason is said", async () => {
    const state = await eventually("the page polled", async () => {
      const all = await daemon.world.feeds.states([feedId("t101")]);
      return [...all.values()].find(({ polledAt }) => polledAt !== undefined);
    });

    expect(state.lastError).toContain("web page");
    expect(hub.asked.filter(({ topic }) => topic === topicOf("101"))).toEqual([]);
  });
});

describe("A-43: subscribing", () => {
  test("websub.rocks 200: rel=self is the topic, where it is another address than ours", async () => {
    await subscribed(hub.url("/200?self=other"));

    expect(hub.asked.filter(({ topic }) => topic === topicOf("200"))).toEqual([]);
  });

  test.each(["201", "202"])("websub.rocks %s: a topic that moved is subscribed where it is now", async (name) => {
    await subscribed(hub.url(`/${name}?redirect=complete`));

    expect(hub.asked.filter(({ topic }) => topic === topicOf(name))).toEqual([]);
  });

  test.each(["203", "204"])("websub.rocks %s, A-42: a hub that moved (307, 308) is followed", async (name) => {
    expect((await subscribed(topicOf(name))).hub).toBe("/hub");
  });

  test("websub.rocks 205, A-38: a question for a topic that we never asked for is refused", async () => {
    const answer = await eventually("the lie", () =>
      hub.verified.find(({ topic }) => topic === `${topicOf("205")}/other`),
    );

    expect(answer).toMatchObject({ status: 404, isEchoed: false });
  });

  test("A-38: a question in a mode that we never asked for is refused", async () => {
    const answer = await eventually("the question", () => hub.verified.find(({ topic }) => topic === topicOf("mode")));

    expect(answer).toMatchObject({ mode: "unsubscribe", status: 404, isEchoed: false });
  });

  test("A-38: callbacks are unguessable, and nobody else's address says anything", async () => {
    const callbacks = await Promise.all(
      ["100", "102", "103"].map(async (name) => (await subscribed(topicOf(name))).callback),
    );
    const tokens = callbacks.map((callback) => callback.split("/").at(-1) ?? "");

    expect(new Set(tokens).size).toBe(3);
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
    const stranger = `http://127.0.0.1:${daemon.port}/websub/${"a".repeat(43)}`;
    const question = `hub.mode=subscribe&hub.topic=${encodeURIComponent(topicOf("100"))}&hub.challenge=x`;
    expect((await fetch(`${stranger}?${question}`)).status).toBe(404);
    expect((await fetch(`${callbacks[0]}?${question}`)).status).toBe(404);
    expect((await fetch(callbacks[0] ?? "", { method: "HEAD" })).status).toBe(404);
  });

  test("A-39: the secret is random and below 200 bytes", async () => {
    const secrets = await Promise.all(
      ["100", "102", "103"].map(async (name) => (await subscribed(topicOf(name))).secret),
    );

    expect(new Set(secrets).size).toBe(3);
    expect(secrets.every((secret) => secret.length >= 43 && secret.length < 200)).toBe(true);
  });

  test("a hub that denies is believed, and one that is broken is not asked again", async () => {
    await eventually(
      "the denial",
      async () => (await subscriptionOf("denied")).lastError?.includes("members only") || undefined,
    );
    await eventually(
      "the failure",
      async () => (await subscriptionOf("broken")).lastError?.includes("status 500") || undefined,
    );

    const again = (await subscriptionOf("broken")).nextAt - Date.now();
    expect(again).toBeGreaterThan(23 * 60 * MINUTE);
    expect(hub.asked.filter(({ topic }) => topic === topicOf("broken"))).toHaveLength(1);
  });
});

describe("A-43: distribution", () => {
  test("websub.rocks 300, A-42: a push is answered with 2xx and reaches the topic page; validators stay", async () => {
    await subscribed(topicOf("300"));
    const due = async () => await daemon.world.redis.zscore(daemon.world.keys.due, "t300");
    const before = await daemon.world.redis.hget(daemon.world.keys.feeds, "t300");
    const dueBefore = await due();

    const statuses = await hub.push(topicOf("300"), rss(["Eben erst geschehen", "Erste Meldung von 300"]));

    expect(statuses).toEqual([202]);
    await eventually("the item on the topic page", async () =>
      (await titlesOnTheTopicPage()).includes("Eben erst geschehen") ? true : undefined,
    );
    const after = await daemon.world.redis.hget(daemon.world.keys.feeds, "t300");
    const kept = ({ validators, bodyHash, polledAt, nextDueAt }: Record<string, unknown>) => ({
      validators,
      bodyHash,
      polledAt,
      nextDueAt,
    });
    expect(kept(JSON.parse(after ?? ""))).toEqual(kept(JSON.parse(before ?? "")));
    expect(JSON.parse(after ?? "").validators).toEqual({ etag: '"300"' });
    expect(await due()).toEqual(dueBefore);
    expect(JSON.parse(after ?? "").freshAt).toBeGreaterThan(JSON.parse(before ?? "").polledAt);
  });

  test("A-42: the same push again brings nothing twice", async () => {
    await subscribed(topicOf("300"));
    const text = rss(["Zweimal geschickt", "Erste Meldung von 300"]);
    const before = await itemsBrought();
    for (let n = 0; n < 3; n += 1) await hub.push(topicOf("300"), text);

    await eventually("the item", async () => (await titlesOnTheTopicPage()).includes("Zweimal") || undefined);
    await eventually("every push read", async () => ((await pushesWaiting()) === 0 ? true : undefined));

    const found = JSON.parse(await titlesOnTheTopicPage()).items.filter(
      ({ title }: { readonly title: string }) => title === "Zweimal geschickt",
    );
    expect(found).toHaveLength(1);
    expect((await itemsBrought()) - before).toBe(1);
  });

  test.each([
    ["301", "with a wrong signature", "sha256=00"],
    ["301", "signed with another secret", undefined],
    ["302", "without a signature", ""],
  ])("websub.rocks %s, A-39: a push %s is answered with 2xx and ignored", async (name, how, signature) => {
    const { callback, secret } = await subscribed(topicOf(name));
    const title = `Gefälscht ${how}`;

    const status = await pushTo(callback, signature === undefined ? `${secret}x` : secret, rss([title]), {
      ...(signature !== undefined && { signature }),
    });
    await hub.push(topicOf(name), rss([`Echt nach ${how}`]));

    expect(status).toBe(202);
    await eventually(
      "the real one",
      async () => (await titlesOnTheTopicPage()).includes(`Echt nach ${how}`) || undefined,
    );
    expect(await titlesOnTheTopicPage()).not.toContain(title);
  });

  test("A-39: a push that is larger than any feed is refused before it is read", async () => {
    const { callback } = await subscribed(topicOf("301"));

    const status = await pushTo(callback, "s", "x".repeat(10 * 1024 * 1024 + 1)).catch(() => 413);

    expect(status).toBe(413);
    expect((await fetch(`http://127.0.0.1:${daemon.port}/livez`)).status).toBe(200);
  });

  test("A-39: hubs that know SHA-1 only, or SHA-512, are understood", async () => {
    await subscribed(topicOf("103"));
    for (const method of ["sha1", "sha384", "sha512"])
      await hub.push(topicOf("103"), rss([`Unterschrieben mit ${method}`]), { method });

    await eventually("all three", async () => {
      const text = await titlesOnTheTopicPage();
      return ["sha1", "sha384", "sha512"].every((method) => text.includes(`Unterschrieben mit ${method}`)) || undefined;
    });
  });

  test("a push that is no feed makes us look for ourselves; no items, no error", async () => {
    await subscribed(topicOf("100"));

    expect(await hub.push(topicOf("100"), "")).toEqual([202]);
    expect(await hub.push(topicOf("100"), "<html>no feed</html>", { contentType: "text/html" })).toEqual([202]);
    await eventually("both read", async () => ((await pushesWaiting()) === 0 ? true : undefined));
    const [state] = (await daemon.world.feeds.states([feedId("t100")])).values();
    expect(state).toMatchObject({ health: "ok", failures: 0 });
  });

  test("A-42: a push for a subscription that we do not have any more is answered with 410", async () => {
    const { callback, secret } = await subscribed(topicOf("ended"));
    const { world } = daemon;
    await world.redis.hdel(world.keys.callbacks, callback.split("/").at(-1) ?? "");

    expect(await pushTo(callback, secret, rss(["Zu spät"]))).toBe(410);
    // nor is anything read of what strangers send
    expect(await pushTo(`${callback}x`, secret, "x".repeat(11 * 1024 * 1024)).catch(() => 410)).toBe(410);
  });

  test("the publisher's page says who pushes, since when and until when", async () => {
    await subscribed(topicOf("page"));
    await hub.push(topicOf("page"), rss(["Für die Seite"]));
    const page = await eventually("the page", async () => {
      const text = await (await fetch(`http://127.0.0.1:${daemon.port}/publishers/blatt`)).text();
      return text.includes("zugestellt von 127.0.0.1") ? text : undefined;
    });

    expect(page).toContain("Anmeldung gilt bis");
    expect(page).toContain("members only");
    for (const { secret } of hub.asked) expect(page).not.toContain(secret || "no secret");
  });
});

async function itemsBrought(): Promise<number> {
  return await daemon.world.items.count();
}

async function pushesWaiting(): Promise<number> {
  const { redis, settings } = daemon.world;
  const counts = await Promise.all(
    ["wait", "active", "delayed"].map(async (list) => {
      const key = `${settings.redisPrefix}:bull:push:${list}`;
      return list === "delayed" ? await redis.zcard(key) : await redis.llen(key);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subscriberId } from "../../src/adapters/hub-store.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { DAY, SECOND } from "../../src/model/time.ts";
import { freePort, type HubServer, openHubServer, rss } from "../hub/hub-server.ts";
import { askHub, openSubscriberServer, type SubscriberServer } from "../hub/subscriber-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** The subscriber's half of websub.rocks' hub tests, over one daemon: what is subscribed, is pushed what a publisher adds. */

const TOKEN = "a-long-secret-of-annas";
const stack = new AsyncDisposableStack();
let publisher: HubServer;
let reader: SubscriberServer;
let daemon: Daemon;
let home: string;
const titles: string[] = ["Wie alles begann"];

beforeAll(async () => {
  publisher = stack.use(await openHubServer());
  reader = stack.use(await openSubscriberServer());
  const folder = stack.use(temporaryFolder());
  const port = await freePort();
  home = `http://127.0.0.1:${port}`;
  publisher.put("/feed", { body: rss(titles) });
  const settings = testSettings({
    dataDir: folder.path,
    publicUrl: home,
    http: { host: "127.0.0.1", port, opsHost: "127.0.0.1", opsPort: 0 },
    websub: { subscribe: false, sha1: true, hub: { url: `${home}/hub`, isOwn: true }, allowNetworks: ["127.0.0.0/8"] },
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
    api: { tokens: { anna: TOKEN } },
    topics: [aTopic("alles", "*", { oneEntryAStory: false }), aTopic("anderes", "nichtdavon")],
  });
  daemon = stack.use(await startTestDaemon(settings));
  await daemon.settled(1);
});

afterAll(async () => {
  await stack.disposeAsync();
});

const topic = (format = "rss"): string => `${home}/topics/alles.${format}`;

async function ask(callback: string, own: Readonly<Record<string, string>> = {}) {
  return await askHub(`${home}/hub`, { mode: "subscribe", topic: topic(), callback: reader.url(callback), ...own });
}

async function subscribed(callback: string, own: Readonly<Record<string, string>> = {}): Promise<Subscriber> {
  expect(await ask(callback, own)).toMatchObject({ status: 202 });
  return await eventually(`${callback} subscribed`, async () => {
    const subscriber = await subscriberOf(callback, own["topic"]);
    return subscriber?.held !== undefined && subscriber.asked === undefined ? subscriber : undefined;
  });
}

async function subscriberOf(callback: string, of = topic()): Promise<Subscriber | undefined> {
  const { redis, keys } = daemon.world;
  const id = subscriberId(of.slice(home.length + 1), reader.url(callback));
  return JSON.parse((await redis.hget(keys.hub, id)) ?? "null") ?? undefined;
}

/** The publisher adds items, and the feed is polled. */
async function publish(...added: readonly string[]): Promise<void> {
  titles.unshift(...added);
  publisher.put("/feed", { body: rss(titles) });
  const { redis, keys } = daemon.world;
  await redis.zadd(keys.due, Date.now(), "blatt");
  await daemon.tick();
}

async function pushed(callback: string, title: string) {
  return await eventually(`${title} pushed to ${callback}`, () =>
    reader.pushesOf(callback).find(({ body }) => body.includes(title)),
  );
}

describe("discovery", () => {
  test.each(["rss", "atom", "json"])("%s names hub and self, in the headers and in the document", async (format) => {
    const answer = await fetch(topic(format));
    const text = await answer.text();

    expect(answer.headers.get("link")).toBe(`<${topic(format)}>; rel="self", <${home}/hub>; rel="hub"`);
    expect(text).toContain(`${home}/hub`);
    expect(text).toContain(topic(format));
  });

  test("sections and corrections have the hub, too; a search has none", async () => {
    const linkOf = async (path: string) => (await fetch(`${home}/${path}`)).headers.get("link");

    expect(await linkOf("sections/politik.atom")).toContain('rel="hub"');
    expect(await linkOf("topics/alles/corrections.json")).toContain('rel="hub"');
    expect(await linkOf("search.rss?q=alles")).not.toContain("hub");
    expect((await fetch(`${home}/hub`)).status).toBe(405);
  });
});

describe("websub.rocks", () => {
  test("100: a typical request is asked back, and pushed the new item alone, unsigned, in the topic's type", async () => {
    const { held } = await subscribed("/100");
    const [question] = reader.questionsOf("/100");

    await publish("Für alle, die lesen");
    const push = await pushed("/100", "Für alle, die lesen");

    expect(question).toMatchObject({ mode: "subscribe", topic: topic(), lease: String((10 * DAY) / SECOND) });
    expect(question?.challenge).toMatch(/^[\w-]{43}$/);
    expect(held).toMatchObject({ lease: 10 * DAY });
    expect(push.headers["content-type"]).toBe((await fetch(topic())).headers.get("content-type"));
    expect(push.headers["link"]).toBe(`<${home}/hub>; rel="hub", <${topic()}>; rel="self"`);
    expect(push.headers["x-hub-signature"]).toBeUndefined();
    expect(push.body.match(/<item>/g)).toHaveLength(1);
    expect(push.body).not.toContain("Wie alles begann");
  });

  test("101, 102: with a secret what is pushed is signed; parameters that nobody knows are ignored", async () => {
    await subscribed("/101", { secret: "gartenzaun", foo: "bar", lease_seconds: "3600" });

    await publish("Unterschrieben");
    const { body, headers } = await pushed("/101", "Unterschrieben");

    expect(headers["x-hub-signature"]).toBe(`sha256=${createHmac("sha256", "gartenzaun").update(body).digest("hex")}`);
    expect(reader.questionsOf("/101")[0]).toMatchObject({ lease: "3600" });
  });

  test("103: who asks again before the lease ends is one subscriber still, with the new secret and lease", async () => {
    const first = await subscribed("/103", { secret: "alt", lease_seconds: "600" });
    const again = await subscribed("/103", { secret: "neu", lease_seconds: "86400" });

    await publish("Nur einmal");
    const { body, headers } = await pushed("/103", "Nur einmal");
    await publish("Danach");
    await pushed("/103", "Danach");

    expect(again.held?.since).toBe(first.held?.since);
    expect(again.held?.expiresAt).toBeGreaterThan((first.held?.expiresAt ?? 0) + 80_000 * SECOND);
    expect(headers["x-hub-signature"]).toContain(createHmac("sha256", "neu").update(body).digest("hex"));
    expect(reader.pushesOf("/103").filter((push) => push.body.includes("Nur einmal"))).toHaveLength(1);
  });

  test("104: who leaves is asked back, and pushed nothing more", async () => {
    await subscribed("/104");
    await subscribed("/104-stays");

    expect(await ask("/104", { mode: "unsubscribe" })).toMatchObject({ status: 202 });
    await eventually("left", async () => ((await subscriberOf("/104")) === undefined ? true : undefined));
    await publish("Ohne ihn");
    await pushed("/104-stays", "Ohne ihn");

    expect(reader.questionsOf("/104").map(({ mode }) => mode)).toEqual(["subscribe", "unsubscribe"]);
    expect(reader.questionsOf("/104")[1]?.lease).toBeNull();
    expect(reader.pushesOf("/104")).toEqual([]);
  });

  test("105, 106: Atom and JSON are pushed as what they are", async () => {
    await subscribed("/atom", { topic: topic("atom") });
    await subscribed("/json", { topic: topic("json") });

    await publish("In jedem Format");
    const [atom, json] = [await pushed("/atom", "In jedem Format"), await pushed("/json", "In jedem Format")];

    expect(atom.headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
    expect(atom.body.match(/<entry>/g)).toHaveLength(1);
    expect(json.headers["content-type"]).toBe("application/feed+json; charset=utf-8");
    expect(JSON.parse(json.body)).toMatchObject({ items: [{ title: "In jedem Format" }] });
    expect(JSON.parse(json.body).hubs).toEqual([{ type: "WebSub", url: `${home}/hub` }]);
  });
});

describe("what a callback says", () => {
  test.each([
    ["with something else than the challenge", { status: 200, text: "ja" }],
    ["with the challenge and a blank line", { status: 200, text: "\n" }],
    ["with 404", { status: 404 }],
    ["with a redirect", { status: 302, location: "/100" }],
  ])("answered %s, it is no subscriber", async (how, answer) => {
    const callback = `/no-${how.length}`;
    reader.behave(callback, { answer });

    expect(await ask(callback)).toMatchObject({ status: 202 });
    await eventually("asked back", () => reader.questionsOf(callback)[0]);
    await eventually("forgotten", async () => ((await subscriberOf(callback)) === undefined ? true : undefined));

    expect(reader.questionsOf(callback)).toHaveLength(1);
  });

  test("its own query is kept, in questions and in pushes", async () => {
    await subscribed("/query?user=7&list=a");

    await publish("Mit Anhang");

    await pushed("/query?user=7&list=a", "Mit Anhang");
  });

  test("410 to a push ends it", async () => {
    reader.behave("/gone", { statuses: [410] });
    await subscribed("/gone");

    await publish("Für niemanden");
    await eventually("ended", async () => ((await subscriberOf("/gone")) === undefined ? true : undefined));

    expect(reader.pushesOf("/gone")).toHaveLength(1);
  });

  test("a push that fails comes again, with all that is new by then, and nothing comes twice", async () => {
    reader.behave("/ill", { statuses: [500, 200] });
    await subscribed("/ill");

    await publish("Im Fieber");
    await pushed("/ill", "Im Fieber");
    await publish("Noch im Bett");
    const well = await pushed("/ill", "Noch im Bett");

    expect(well.body).toContain("Im Fieber");
    expect(reader.pushesOf("/ill")).toHaveLength(2);
    await eventually("well again", async () =>
      (await subscriberOf("/ill"))?.trouble === undefined ? true : undefined,
    );
  });
});

/** As an editor does. */
async function edit(method: string, path: string, body: object): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  return (await fetch(`${home}/api/topics/${path}`, { method, headers, body: JSON.stringify(body) })).status;
}

test("a topic is renamed: its subscribers go along, in the letters in which they subscribed", async () => {
  // given a subscriber, and one who has not confirmed yet
  const old = `${home}/topics/gold.rss`;
  await edit("PUT", "gold", { title: "Gold", description: "Alles", query: "*", oneEntryAStory: false });
  await eventually("its feed", async () => ((await fetch(old)).ok ? true : undefined));
  const { held } = await subscribed("/renamed", { topic: old, secret: "gartenzaun" });
  reader.behave("/late", { answer: { status: 503 } });
  await ask("/late", { topic: old });

  // when the topic has another id, and news come in
  expect(await edit("POST", "gold/rename", { to: "edelmetall" })).toBe(200);
  // it is asked three times, within twenty seconds
  reader.behave("/late", {});
  await publish("Nach der Taufe");
  const push = await pushed("/renamed", "Nach der Taufe");

  // then they are pushed as the new one's
  expect(push.headers["link"]).toContain(`<${home}/topics/edelmetall.rss>; rel="self"`);
  expect(push.headers["x-hub-signature"]).toBeDefined();
  expect(push.body.match(/<item>/g)).toHaveLength(1);
  const moved = await subscriberOf("/renamed", `${home}/topics/edelmetall.rss`);
  expect(moved).toMatchObject({ topic: old, held });
  expect(await subscriberOf("/renamed", old)).toBeUndefined();
  const late = await eventually(
    "confirmed",
    async () => {
      const one = await subscriberOf("/late", `${home}/topics/edelmetall.rss`);
      return one?.held === undefined ? undefined : one;
    },
    30_000,
  );
  expect(late.topic).toBe(old);

  // and the old address is good for renewals and for leaving, as it was spelled
  expect(await ask("/renamed", { topic: old })).toMatchObject({ status: 202 });
  await eventually("asked back", () => reader.questionsOf("/renamed")[1]);
  await ask("/renamed", { topic: old, mode: "unsubscribe" });
  await eventually("left", async () =>
    (await subscriberOf("/renamed", `${home}/topics/edelmetall.rss`)) === undefined ? true : undefined,
  );
  const questions = reader.questionsOf("/renamed");
  expect(questions.map(({ mode, topic: spelled }) => `${mode} ${spelled}`)).toEqual([
    `subscribe ${old}`,
    `subscribe ${old}`,
    `unsubscribe ${old}`,
  ]);
  expect(reader.pushesOf("/renamed")).toHaveLength(1);
  expect(await daemon.world.redis.smembers(daemon.world.keys.hubTopics)).not.toContain("topics/gold.rss");

  // and nobody takes the id from under them
  expect(await edit("PUT", "gold", { title: "Gold", description: "Neu", query: "gold" })).toBe(409);
}, 90_000);

describe("requests that are refused at once", () => {
  test.each([
    ["an unknown mode", { mode: "observe" }, 400, "hub.mode"],
    ["no callback", { callback: "" }, 400, "hub.callback is missing"],
    ["a callback with a fragment", { callback: "http://127.0.0.1/x#y" }, 400, "fragment"],
    ["a callback with a password", { callback: "http://a:b@127.0.0.1/x" }, 400, "password"],
    ["a callback that is no web address", { callback: "ftp://127.0.0.1/" }, 400, "http(s)"],
    ["a callback in a private network", { callback: "http://10.0.0.7/" }, 400, "public address"],
    ["a callback at a cloud's metadata", { callback: "http://169.254.169.254/latest" }, 400, "public address"],
    ["a callback on another port", { callback: "http://blatt.example:6379/" }, 400, "port"],
    ["a secret that is too long", { secret: "ä".repeat(100) }, 400, "200 bytes"],
    ["a lease that is no number", { lease_seconds: "ewig" }, 400, "lease_seconds"],
    ["a topic of someone else", { topic: "https://blatt.example/feed" }, 404, "rel=self"],
    ["a topic that is not there", { topic: "/topics/keins.rss" }, 404, "rel=self"],
    ["a page, which is no feed", { topic: "/topics/alles" }, 404, "rel=self"],
  ])("%s", async (_, fields, status, words) => {
    const whole = "topic" in fields && fields.topic.startsWith("/") ? { topic: `${home}${fields.topic}` } : fields;
    const answer = await ask("/refused", whole as Readonly<Record<string, string>>);

    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(reader.questionsOf("/refused")).toEqual([]);
  });

  test("what is no form is none", async () => {
    const answer = await fetch(`${home}/hub`, { method: "POST", body: "{}", headers: { "content-type": "text/json" } });

    expect(answer.status).toBe(415);
  });
});

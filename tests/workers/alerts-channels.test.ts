import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alertStore } from "../../src/adapters/alert-store.ts";
import { compressed } from "../../src/adapters/compress.ts";
import { type Alert, type AlertId, alertId } from "../../src/model/alert.ts";
import type { DeliveryEntry } from "../../src/model/delivery.ts";
import { topicId } from "../../src/model/ids.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { openAlerts } from "../../workers/alerts/alerts.ts";
import { openChannels } from "../../workers/alerts/channels.ts";
import { retryNow } from "../../workers/alerts/retry-now.ts";
import { standingOf } from "../../workers/alerts/standing.ts";
import { type Deliverer, openDeliveries } from "../../workers/deliver.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { aStory, messageOf } from "../alert/press.ts";
import { anAlert, isGenuine, SECRET } from "../alert/receivers.ts";
import { documentsOf, entry, site, topic, topicFeed } from "../publish/press.ts";
import { openPublisher, type PublisherServer } from "../support/publisher-server.ts";
import { eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** Alerts without a queue: what one try comes to, with a real Redis and real receivers. */

const stack = new AsyncDisposableStack();
let world: World;
let receiver: PublisherServer;
let turn = 0;

beforeAll(async () => {
  const folder = stack.use(temporaryFolder());
  receiver = stack.use(await openPublisher());
  world = stack.use(
    await openWorld(testSettings({ ...site, dataDir: folder.path, publicUrl: site.publicUrl }), "test"),
  );
});

afterAll(async () => {
  await stack.disposeAsync();
});

beforeEach(() => {
  turn += 1;
});

/** An alert of its own for each test, and the way to tell it something. */
async function alerting(own: Partial<Alert> = {}, path = `/hook-${turn}`) {
  const channel = { kind: "webhook", url: receiver.url(path), secret: SECRET } as const;
  const alert = anAlert(topic.id, channel, { id: `energie-${turn}` as AlertId, ...own });
  const tools = { ...world, settings: { ...world.settings, alerts: [alert] } };
  const alerts = await openAlerts(tools, (id) => ({
    ...topic,
    id,
    ...(id !== topic.id && { renamedFrom: [topic.id] }),
  }));
  const posts = () => receiver.requests.filter((request) => request.path === path);
  return {
    ...{ alert, posts, path },
    answer: (...answers: Parameters<PublisherServer["answer"]> extends [string, ...infer Rest] ? Rest : never) =>
      receiver.answer(path, ...answers),
    told: () => posts().flatMap(({ body }) => JSON.parse(body).stories.map(({ title }: { title: string }) => title)),
    deliver: async () => await alerts.deliver({ by: "alerts", to: alert.id }, 0),
    async news(...numbers: readonly number[]) {
      const ids = await publish(numbers);
      const entry: DeliveryEntry = {
        ...{ id: `${Date.now()}-0`, path: `topics/${topic.id}.json`, topic: topic.id, etag: "e" },
        fresh: { new: ids },
      };
      return await alerts.jobsFor(entry);
    },
    async queued(...others: readonly Deliverer[]) {
      await publish([0]);
      // that, and what other tests have published, nobody is told of
      await world.redis.del(world.keys.deliveries);
      return await openDeliveries(world, [...others, alerts]);
    },
    record: async () => await alertStore(world.redis, world.keys).record(alert.id),
    [Symbol.asyncDispose]: () => alerts[Symbol.asyncDispose](),
  };
}

async function publish(numbers: readonly number[]): Promise<readonly string[]> {
  const stories = numbers.map((n) =>
    entry({ iri: `https://elbbote.example/${n}`, title: `Meldung ${n}`, permalink: `https://elbbote.example/${n}` }),
  );
  const documents = await Promise.all(Object.values(documentsOf(topicFeed(...stories))).map(compressed));
  await world.documents.swap({ topic: topic.id, touchCount: "0", documents, announced: [] });
  return stories.map(({ iri }) => iri);
}

describe("a message", () => {
  test("that is answered with 500 three times is sent again as it was, with the same id, and taken once", async () => {
    await using alert = await alerting();
    alert.answer({ status: 500 }, { status: 500 }, { status: 500, body: "no\nroom" }, { status: 204 });
    expect(await alert.news(1)).toEqual([{ by: "alerts", to: alert.alert.id }]);

    const outcomes = [];
    for (let n = 0; n < 5; n += 1) outcomes.push((await alert.deliver()).kind);

    expect(outcomes).toEqual(["failed", "failed", "failed", "delivered", "needless"]);
    expect(new Set(alert.posts().map(({ headers, body }) => `${headers["webhook-id"]} ${body}`)).size).toBe(1);
    expect(alert.posts().every(({ headers, body }) => isGenuine(headers, body))).toBe(true);
    expect(await alert.record()).toMatchObject({ failures: 0 });
  });

  test("goes out under the alert's new id once its topic is renamed: what is owed is told, what was told is not", async () => {
    // given an alert that told one story and owes another
    const digits = `${turn}-of-two`;
    await using before = await alerting({ id: alertId(topic.id, digits) });
    before.answer({ status: 200 });
    await before.news(1);
    await before.deliver();
    await before.news(1, 2);

    // when its topic has another id, and an entry of the old one is read again
    const gewaesser = topicId("gewaesser");
    await using after = await alerting({ id: alertId(gewaesser, digits), topic: gewaesser });
    const jobs = await after.news(1, 2, 3);
    await after.deliver();

    expect(jobs).toEqual([{ by: "alerts", to: `gewaesser-${digits}` }]);
    expect(after.told()).toEqual(["Meldung 1", "Meldung 2", "Meldung 3"]);
    expect(await before.deliver()).toEqual({ kind: "needless" });

    // and when a worker who did not know of it yet has told the old one of news meanwhile
    const store = alertStore(world.redis, world.keys);
    await before.news(3, 4);
    await store.take(before.alert.id);
    await before.news(5);
    await using last = await alerting({ id: after.alert.id, topic: gewaesser });
    await last.deliver();

    expect(last.told().slice(3)).toEqual(["Meldung 4", "Meldung 5"]);
    expect(await before.deliver()).toEqual({ kind: "needless" });
    expect(await world.redis.ttl(world.keys.alertTold(after.alert.id))).toBeGreaterThan(0);
  });

  test("is not told again by an entry that is read twice, nor by a story that comes back", async () => {
    await using alert = await alerting();
    alert.answer({ status: 200 });
    await alert.news(1, 2);
    await alert.news(1, 2);
    await alert.deliver();
    await alert.news(2, 3);
    await alert.deliver();

    expect(await alert.deliver()).toEqual({ kind: "needless" });
    expect(alert.told()).toEqual(["Meldung 2", "Meldung 1", "Meldung 3"]);
  });

  test("tells together what came while another one could not be sent, in its turn", async () => {
    await using alert = await alerting();
    alert.answer({ status: 503 }, { status: 200 });
    await alert.news(1);
    await alert.deliver();
    await alert.news(2);
    await alert.news(3);
    while ((await alert.deliver()).kind !== "needless");

    expect(alert.posts().map(({ body }) => JSON.parse(body).stories.length)).toEqual([1, 1, 2]);
    expect(alert.told()).toEqual(["Meldung 1", "Meldung 1", "Meldung 2", "Meldung 3"]);
  });

  test("waits while its channel collects, and beyond its measure", async () => {
    await using digest = await alerting({ digest: 15 * MINUTE });
    await digest.news(1);
    const collecting = await digest.deliver();
    turn += 1;
    await using measured = await alerting({ atMost: { count: 1, per: HOUR } });
    measured.answer({ status: 200 });
    await measured.news(1);
    await measured.deliver();
    await measured.news(2);
    const beyond = await measured.deliver();

    expect(collecting).toMatchObject({ kind: "busy", wait: expect.closeTo(15 * MINUTE, -5) });
    expect(digest.posts()).toEqual([]);
    expect(beyond).toMatchObject({ kind: "busy", wait: expect.closeTo(HOUR, -5) });
    expect(measured.told()).toEqual(["Meldung 1"]);
  });
});

describe("a channel", () => {
  test("that says it is gone is paused, shown as such, and told everything once it is back", async () => {
    await using alert = await alerting();
    alert.answer({ status: 410, body: "moved away" }, { status: 200 });
    const store = alertStore(world.redis, world.keys);
    await alert.news(1);

    const gone = await alert.deliver();
    await alert.news(2);
    const later = await alert.deliver();
    const paused = await standingOf(store, alert.alert);
    await retryNow(world, store, alert.alert);
    const back = [await alert.deliver(), await alert.deliver()];

    expect([gone, later]).toEqual([
      { kind: "busy", wait: 6 * HOUR },
      { kind: "busy", wait: expect.closeTo(6 * HOUR, -4) },
    ]);
    expect(paused).toMatchObject({ state: "paused" });
    expect(paused.words).toMatch(/^paused since .*: status 410: moved away; nothing told yet, 2 stories wait$/);
    expect(back.map(({ kind }) => kind)).toEqual(["delivered", "delivered"]);
    expect(alert.told()).toEqual(["Meldung 1", "Meldung 1", "Meldung 2"]);
    expect((await standingOf(store, alert.alert)).state).toBe("well");
    await world.queues.deliver.alerts.obliterate({ force: true });
  });

  test("that asks us to wait is not asked before", async () => {
    await using alert = await alerting();
    alert.answer({ status: 429, headers: { "retry-after": "3600" } });
    await alert.news(1);

    expect(await alert.deliver()).toEqual({ kind: "busy", wait: HOUR });
    expect(await alert.deliver()).toMatchObject({ kind: "busy" });
    expect(alert.posts()).toHaveLength(1);
  });

  test("that redirects is not followed", async () => {
    await using alert = await alerting();
    alert.answer({ status: 307, headers: { location: receiver.url("/elsewhere") } });
    await alert.news(1);

    expect(await alert.deliver()).toMatchObject({ kind: "failed", why: expect.stringContaining("not followed") });
    expect(receiver.requests.filter(({ path }) => path === "/elsewhere")).toEqual([]);
  });

  test("in a private network is not called unless the operator has opened it", async () => {
    const closed = { ...world.settings, poll: { ...world.settings.poll, allowNetworks: [], ports: [receiver.port] } };
    await using channels = openChannels(closed, Date.now);
    const { dispatch } = messageOf([aStory()]);
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      const alert = anAlert("energie", { kind: "webhook", url: `http://${host}:${receiver.port}/private` });

      expect(await channels.send(alert, topic, dispatch)).toMatchObject({
        kind: "failed",
        why: expect.stringMatching(/^blocked-address/),
      });
    }
    expect(receiver.requests.filter(({ path }) => path === "/private")).toEqual([]);
  });
});

describe("through the queue", { timeout: 60_000 }, () => {
  test("what an alert collects is told in one message, once it is time", async () => {
    await using alert = await alerting({ digest: 2 * SECOND });
    await using _ = await alert.queued();
    alert.answer({ status: 200 });
    const begun = Date.now();
    await publish([0, 1]);
    await publish([0, 1, 2]);
    await eventually("the message", () => alert.posts()[0]);

    expect(Date.now() - begun).toBeGreaterThanOrEqual(2 * SECOND);
    expect(alert.told()).toEqual(["Meldung 1", "Meldung 2"]);
  });

  test("an alert is told while subscribers who answer slowly take all the room of pushes", async () => {
    await using alert = await alerting();
    const { promise: enough, resolve: answer } = Promise.withResolvers<void>();
    let begun = 0;
    const slow: Deliverer = {
      name: "hub",
      jobsFor: async () => [],
      async deliver() {
        begun += 1;
        await enough;
        return { kind: "delivered" };
      },
    };
    await using _ = await alert.queued(slow);
    try {
      await world.queues.askForDeliveries(
        Array.from({ length: 1000 }, (_, n) => ({ by: "hub", to: `subscriber-${n}` })),
      );
      await eventually("much to do", () => (begun >= 100 ? true : undefined));
      alert.answer({ status: 200 });
      await publish([0, 1]);

      await eventually("the message", () => alert.posts()[0], 9000);
      expect(begun).toBeLessThan(1000);
    } finally {
      answer();
    }
  });

  test("a channel that is tried only every six hours is told at once when somebody says that it is well", async () => {
    await using alert = await alerting();
    await using _ = await alert.queued();
    alert.answer({ status: 410 }, { status: 200 });
    await publish([0, 1]);
    await eventually("the pause", async () => (await alert.record()).paused);
    await eventually("its long wait", async () =>
      (await world.queues.deliver.alerts.getDelayedCount()) === 1 ? true : undefined,
    );

    await retryNow(world, alertStore(world.redis, world.keys), alert.alert);

    await eventually("the message again", () => alert.posts()[1]);
    await eventually("a good record", async () => ((await alert.record()).failures === 0 ? true : undefined));
    expect(new Set(alert.posts().map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });
});

import { expect, test } from "vitest";
import { reportOf } from "../../src/hub/hub.ts";
import type { Feed } from "../../src/model/feed.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { type HubServer, openHubServer, pushTo, rss } from "../hub/hub-server.ts";
import { openInstallation, openWorker, type Worker } from "../hub/work-with-hub.ts";
import { aFeed, aPublisher, eventually } from "../support/test-settings.ts";

/** Days and weeks of WebSub: real Redis, publisher, hub and callbacks, and a clock that the test moves. */

/** What a feed whose server sends no validators waits between two polls. */
const UNPUSHED = 6 * HOUR;

function publisherOf(hub: HubServer, name = "feed") {
  const self = hub.url(`/${name}`);
  let titles: readonly string[] = [`Anfang von ${name}`];
  const put = (at = "/hub") =>
    hub.put(`/${name}`, {
      headers: { Link: [`<${hub.url(at)}>; rel="hub"`, `<${self}>; rel="self"`] },
      body: rss(titles),
    });
  put();
  return {
    feed: aFeed(name, "blatt", self),
    self,
    /** a new item; @returns the document that a hub would push */
    write(title: string, at?: string): string {
      titles = [title, ...titles];
      put(at);
      return rss(titles);
    },
  };
}

const settingsFor = (...feeds: readonly ReturnType<typeof aFeed>[]) => ({ publishers: [aPublisher("blatt")], feeds });

/** A worker, a feed of which it holds a subscription, and the hub that granted it. */
async function subscribed(stack: AsyncDisposableStack) {
  const hub = stack.use(await openHubServer());
  const installation = stack.use(await openInstallation());
  const publisher = publisherOf(hub);
  const worker = stack.use(await openWorker(installation, settingsFor(publisher.feed)));
  await worker.poll(publisher.feed);
  await worker.websub.round();
  return { hub, installation, ...publisher, worker, first: await worker.held(publisher.feed) };
}

async function pushed(worker: Worker, feed: Feed): Promise<void> {
  await eventually("the push", async () =>
    (await worker.subscription(feed))?.pushedAt === undefined ? undefined : true,
  );
}

test("A-41: once its hub has pushed, a feed is polled once a day; before that as any other", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  const { feed, self, write } = publisherOf(hub);
  await using worker = await openWorker(installation, settingsFor(feed));

  await worker.poll(feed);
  await worker.websub.round();
  await worker.held(feed);
  installation.pass(6 * HOUR);
  await worker.poll(feed);
  const unproven = await worker.dueIn(feed);
  await hub.push(self, write("Der Hub kann es"));
  await pushed(worker, feed);
  installation.pass(6 * HOUR);
  await worker.poll(feed);
  const proven = await worker.dueIn(feed);

  expect(unproven).toBeLessThan(8 * HOUR);
  expect(proven).toBeGreaterThanOrEqual(DAY);
  expect(proven).toBeLessThan(1.2 * DAY);
  expect((await worker.subscription(feed))?.misses).toBe(0);
});

test("A-41: a hub that never pushes is found out by three polls, left, and remembered for half a year", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker } = await subscribed(stack);

  const misses: (number | undefined)[] = [];
  for (const title of ["Erster Tag", "Zweiter Tag", "Dritter Tag", "Vierter Tag"]) {
    installation.pass(6 * HOUR);
    write(title);
    await worker.poll(feed);
    misses.push((await worker.subscription(feed))?.misses);
  }
  await worker.websub.round();
  await eventually("the hub let go", () => (hub.subscribersOf(self).length === 0 ? true : undefined));
  for (let day = 0; day < 30; day += 1) {
    installation.pass(DAY);
    if (day % 7 === 0) write(`Woche ${day}`);
    await worker.poll(feed);
    await worker.websub.round();
  }
  const subscription = await worker.subscription(feed);

  // the first poll may have found what was written before we were subscribed
  expect(misses).toEqual([0, 1, 2, 0]);
  expect(hub.asked.map(({ mode }) => mode)).toEqual(["subscribe", "unsubscribe"]);
  expect(subscription && reportOf(subscription, installation.now())).toMatchObject({ state: "silent" });
  expect(await worker.dueIn(feed)).toBeLessThan(DAY);
});

test("A-41: a hub that stops pushing is found out by the daily polls, and polling is what it was", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker } = await subscribed(stack);
  installation.pass(HOUR);
  await hub.push(self, write("Einmal geht es"));
  await pushed(worker, feed);

  const due: number[] = [];
  for (const title of ["Erster Tag", "Zweiter Tag", "Dritter Tag", "Vierter Tag"]) {
    installation.pass(25 * HOUR);
    write(title);
    await worker.poll(feed);
    due.push(await worker.dueIn(feed));
  }

  expect(due.slice(0, 3).every((wait) => wait >= DAY)).toBe(true);
  expect(due[3]).toBeLessThanOrEqual(UNPUSHED);
});

test("A-38, A-40: a lease is renewed at half of it with a new callback and a new secret; the old one is left", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker, first } = await subscribed(stack);

  installation.pass(4 * DAY);
  const tooEarly = await worker.websub.round();
  installation.pass(2 * DAY);
  await worker.websub.round();
  const second = await eventually("renewed", async () => {
    const subscription = await worker.subscription(feed);
    return subscription?.held?.token === first.held?.token ? undefined : subscription;
  });
  await worker.websub.round();
  await eventually("one subscription", () => (hub.subscribersOf(self).length === 1 ? true : undefined));

  expect(tooEarly).toBe(0);
  expect(hub.asked.map(({ mode }) => mode)).toEqual(["subscribe", "subscribe", "unsubscribe"]);
  expect(second?.held?.secret).not.toBe(first.held?.secret);
  expect(second?.since).toBe(first.since);
  // a push that was signed for the old callback is worth nothing at the new one
  const text = write("Mit altem Geheimnis");
  expect(await pushTo(second?.held?.address ?? "", first.held?.secret ?? "", text)).toBe(202);
  expect(await pushTo(first.held?.address ?? "", first.held?.secret ?? "", text)).toBe(410);
  await hub.push(self, write("Mit neuem Geheimnis"));
  await pushed(worker, feed);
});

test("A-40: where a renewal fails, the hub is asked daily, and when the lease ends polling is what it was", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker } = await subscribed(stack);
  await hub.push(self, write("Läuft"));
  await pushed(worker, feed);
  hub.breakDown();

  const waits: number[] = [];
  for (let hour = 0; hour < 11 * 24; hour += 1) {
    installation.pass(HOUR);
    if (hour % 24 === 20) await worker.poll(feed);
    await worker.websub.round();
    waits.push(await worker.dueIn(feed));
  }
  const renewals = hub.asked.slice(1);

  expect(renewals.length).toBeGreaterThanOrEqual(4);
  expect(renewals.length).toBeLessThanOrEqual(7);
  expect((await worker.subscription(feed))?.held).toBeUndefined();
  // the last poll was four hours before the end of the lease, the next was a day off until then
  expect(waits[10 * 24 - 2]).toBeGreaterThanOrEqual(20 * HOUR);
  expect(waits[10 * 24 - 1]).toBeLessThanOrEqual(UNPUSHED);
});

test("a feed that leaves the settings is unsubscribed, and a push for it is answered with 410 (A-42)", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, worker: before } = await subscribed(stack);
  await before[Symbol.asyncDispose]();
  const [subscriber] = hub.subscribersOf(self);
  await using worker = await openWorker(installation, settingsFor());

  const status = await pushTo(subscriber?.callback ?? "", subscriber?.secret ?? "", rss(["Zu spät"]));
  await worker.websub.round();
  await eventually("the hub let go", () => (hub.subscribersOf(self).length === 0 ? true : undefined));

  expect(status).toBe(410);
  await eventually("nothing left", async () => ((await worker.subscription(feed)) === undefined ? true : undefined));
  expect(await worker.world.redis.hlen(worker.world.keys.callbacks)).toBe(0);
});

test("subscriptions survive a restart: the hub is not asked again, and what it pushes is taken", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker: before } = await subscribed(stack);
  await before[Symbol.asyncDispose]();
  await using worker = await openWorker(installation, settingsFor(feed));
  installation.pass(HOUR);
  await worker.poll(feed);
  await worker.websub.round();

  expect(await hub.push(self, write("Nach dem Neustart"))).toEqual([202]);
  await pushed(worker, feed);
  expect(hub.asked).toHaveLength(1);
});

test("many workers keep one subscription a feed", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  const publishers = Array.from({ length: 30 }, (_, n) => publisherOf(hub, `feed-${n}`));
  const feeds = publishers.map(({ feed }) => feed);
  await using one = await openWorker(installation, settingsFor(...feeds));
  await using two = await openWorker(installation, settingsFor(...feeds), false);
  await using three = await openWorker(installation, settingsFor(...feeds), false);

  for (const feed of feeds) await one.poll(feed);
  for (let n = 0; n < 3; n += 1) await Promise.all([one, two, three].map(({ websub }) => websub.round()));
  for (const feed of feeds) await one.held(feed);

  expect(hub.asked).toHaveLength(30);
  expect(publishers.map(({ self }) => hub.subscribersOf(self).length)).toEqual(publishers.map(() => 1));
});

test("a push that comes during a poll of the same feed waits for it and is not lost", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, write, worker } = await subscribed(stack);
  installation.pass(MINUTE);
  const now = installation.now();
  const { feeds } = worker.world;
  await feeds.takeLease(feed.id, "a-poll", { now, lease: MINUTE, claimedAt: now });

  expect(await hub.push(self, write("Mitten hinein"))).toEqual([202]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const during = await worker.subscription(feed);
  await feeds.postpone(feed.id, "a-poll", now + HOUR);

  expect(during?.pushedAt).toBeUndefined();
  await pushed(worker, feed);
});

test("A-36: a hub in a private network is not asked, and the reason is kept", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  const { feed, write } = publisherOf(hub);
  const { poll } = installation.settings({});
  await using worker = await openWorker(installation, { ...settingsFor(feed), poll: { ...poll, ports: [80] } });
  hub.put("/feed", { headers: { Link: '<http://10.0.0.7/hub>; rel="hub"' }, body: write("Innen") });
  await worker.poll(feed);
  await worker.websub.round();

  expect((await worker.subscription(feed))?.lastError).toContain("blocked-address");
});

test("switched off, no hub is asked, and what is held is given up", async () => {
  await using stack = new AsyncDisposableStack();
  const { hub, installation, feed, self, worker: before } = await subscribed(stack);
  await before[Symbol.asyncDispose]();
  const off = { ...settingsFor(feed), websub: { subscribe: false, sha1: true } };
  await using worker = await openWorker(installation, off);
  installation.pass(HOUR);
  await worker.poll(feed);
  await worker.websub.round();
  await eventually("the hub let go", () => (hub.subscribersOf(self).length === 0 ? true : undefined));

  expect(hub.asked.map(({ mode }) => mode)).toEqual(["subscribe", "unsubscribe"]);
});

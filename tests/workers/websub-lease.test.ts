import { expect, test } from "vitest";
import { MINUTE } from "../../src/model/time.ts";
import { openHubServer, rss } from "../hub/hub-server.ts";
import { type Installation, openInstallation, openWorker } from "../hub/work-with-hub.ts";
import { aFeed, aPublisher, eventually } from "../support/test-settings.ts";

type Hub = Awaited<ReturnType<typeof openHubServer>>;

/** A feed whose hub has verified us. */
async function openSubscribed(hub: Hub, installation: Installation) {
  const self = hub.url("/feed");
  hub.put("/feed", { body: rss(["Anfang"], { hub: hub.url("/hub"), self }) });
  const feed = aFeed("feed", "blatt", self);
  const worker = await openWorker(installation, { publishers: [aPublisher("blatt")], feeds: [feed] });
  await worker.poll(feed);
  await worker.websub.round();
  const { held } = await worker.held(feed);
  const { world } = worker;
  return {
    worker,
    feed,
    callback: held?.address ?? "",
    push: (body: string) => hub.push(self, body),
    parses: async () => (await world.metrics.parses.get()).values.reduce((sum, { value }) => sum + value, 0),
    leases: () => world.redis.hlen(world.keys.leases),
    async leaseOfAnother() {
      const now = world.now();
      const lease = await world.feeds.takeLease(feed.id, "another", { now, lease: MINUTE, claimedAt: now + 1 });
      expect(lease.kind).toBe("taken");
      return { giveBack: () => world.feeds.postpone(feed.id, "another", now + MINUTE) };
    },
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}

test("a push during a poll of its feed is read once, when the poll is over", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  await using blatt = await openSubscribed(hub, installation);
  const poll = await blatt.leaseOfAnother();
  const before = await blatt.parses();

  await blatt.push(rss(["Neues", "Anfang"]));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const during = await blatt.parses();
  await poll.giveBack();
  await eventually("the push", async () => (await blatt.worker.subscription(blatt.feed))?.pushedAt);

  expect(during).toBe(before);
  expect(await blatt.parses()).toBe(before + 1);
});

test("a push that cannot be read gives the lease back, and the feed is polled soon", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  await using blatt = await openSubscribed(hub, installation);
  const before = await blatt.parses();
  const dueBefore = await blatt.worker.dueIn(blatt.feed);

  await blatt.push("no feed at all");
  await eventually("it was looked at", async () => ((await blatt.parses()) > before ? true : undefined));
  await eventually("the lease is back", async () => ((await blatt.leases()) === 0 ? true : undefined));

  expect(await blatt.worker.dueIn(blatt.feed)).toBeLessThan(dueBefore);
});

test("while Redis hangs a hub is told to come again, after two seconds", async () => {
  await using hub = await openHubServer();
  await using installation = await openInstallation();
  await using blatt = await openSubscribed(hub, installation);
  const query = new URLSearchParams({ "hub.mode": "denied", "hub.topic": hub.url("/feed") });

  await blatt.worker.world.redis.client("PAUSE", 9000);
  const askedAt = performance.now();
  const asked = await fetch(`${blatt.callback}?${query}`);
  const took = performance.now() - askedAt;
  const [pushed] = await blatt.push(rss(["Neues"]));

  expect([asked.status, asked.headers.get("retry-after")]).toEqual([503, "60"]);
  expect(took).toBeLessThan(6000);
  expect(pushed).toBe(503);
});

import { expect, test } from "vitest";
import type { Feed } from "../../src/model/feed.ts";
import type { Settings } from "../../src/model/settings.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { openPublisher, type PublisherServer } from "../support/publisher-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const RSS = `<rss version="2.0"><channel><title>t</title><link>https://t.example/</link></channel></rss>`;

function settingsFor(dataDir: string, feeds: readonly Feed[], poll: Partial<Settings["poll"]> = {}): Settings {
  const base = testSettings({ dataDir });
  return { ...base, poll: { ...base.poll, ...poll }, publishers: [aPublisher("one")], feeds };
}

const stateOf = async ({ world }: Daemon, feed: Feed) => (await world.feeds.states([feed.id])).get(feed.id);

async function polled(daemon: Daemon, ...feeds: readonly Feed[]): Promise<void> {
  await eventually(`${feeds.map(({ id }) => id)} polled`, async () => {
    const states = await Promise.all(feeds.map((feed) => stateOf(daemon, feed)));
    return states.every((state) => state?.polledAt !== undefined) ? true : undefined;
  });
}

const pathsOf = (publisher: PublisherServer): readonly string[] => publisher.requests.map(({ path }) => path);

test("A-44: a feed that robots.txt forbids to us is not asked for, and says so; its neighbours are", async () => {
  // Given a publisher with a name (an address of one's own network is never asked for a robots.txt)
  await using publisher = await openPublisher();
  publisher.answer("/robots.txt", { body: "User-agent: *\nDisallow: /\n\nUser-agent: Ressort\nDisallow: /private/\n" });
  for (const path of ["/private/a", "/open/b", "/open/c"]) publisher.answer(path, { body: RSS });
  const named = (path: string) => `http://localhost:${publisher.port}${path}`;
  const [secret, ...open] = [
    aFeed("a", "one", named("/private/a")),
    aFeed("b", "one", named("/open/b")),
    aFeed("c", "one", named("/open/c")),
  ] as const;
  using folder = temporaryFolder();
  const allowed = { allowNetworks: ["127.0.0.0/8", "::1/128"], ports: [publisher.port] };

  await using daemon = await startTestDaemon(settingsFor(folder.path, [secret, ...open], allowed), ["work"]);
  await polled(daemon, secret, ...open);

  expect(pathsOf(publisher).toSorted()).toEqual(["/open/b", "/open/c", "/robots.txt"]);
  expect(publisher.requests[0]).toMatchObject({ path: "/robots.txt" });
  expect(publisher.requests[0]?.headers["user-agent"]).toMatch(/^Ressort\//);
  expect(await stateOf(daemon, secret)).toMatchObject({
    health: "refused",
    lastError: expect.stringMatching(/^robots: .*robots\.txt asks Ressort not to read/),
  });
});

test("A-19: a 429 that names a time stops all feeds of the host until then, on every worker", async () => {
  await using publisher = await openPublisher();
  publisher.answer("/a", { status: 429, headers: { "retry-after": new Date(Date.now() + HOUR).toUTCString() } });
  const feeds = ["a", "b", "c"].map((name) => aFeed(name, "one", publisher.url(`/${name}`)));
  await using redis = await openTestRedis();
  const settings = { ...settingsFor(redis.home.dataDir, feeds), ...redis.home };
  const [asked, ...others] = feeds as [Feed, Feed, Feed];
  {
    await using first = await startTestDaemon({ ...settings, feeds: [asked] }, ["work"]);
    await polled(first, asked);
  }

  // When another worker starts that has more feeds of this host
  await using second = await startTestDaemon(settings, ["work"]);
  await eventually("the others put off", async () => {
    const dues = await Promise.all(others.map(({ id }) => second.world.redis.zscore(second.world.keys.due, id)));
    return dues.every((due) => Number(due) > Date.now() + 50 * MINUTE) ? true : undefined;
  });

  expect(pathsOf(publisher)).toEqual(["/a"]);
});

test("A-21: feeds that redirect to one host wait for that host's turn", async () => {
  // Given five publishers that have moved their feeds to one platform
  await using platform = await openPublisher("127.0.0.9");
  const starts: number[] = [];
  platform.answer("/feed", (_, response) => {
    starts.push(performance.now());
    response.end(RSS);
  });
  const publishers = await Promise.all(Array.from({ length: 5 }, () => openPublisher()));
  for (const one of publishers) one.answer("/", { status: 302, headers: { location: platform.url("/feed") } });
  const feeds = publishers.map((one, n) => aFeed(`f-${n}`, "one", one.url("/")));
  using folder = temporaryFolder();

  await using daemon = await startTestDaemon(settingsFor(folder.path, feeds, { perHostGap: SECOND / 2 }), ["work"]);
  await polled(daemon, ...feeds);

  const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? 0));
  expect(gaps).toHaveLength(4);
  expect(Math.min(...gaps)).toBeGreaterThan(350);
  await Promise.all(publishers.map((one) => one[Symbol.asyncDispose]()));
});

import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

test("news that cannot be read are passed over, and a stumbling desk goes on", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  await using daemon = await startTestDaemon(faultSettings(folder.path, publisher, ["Hafen meldet Rekordumschlag"]));
  const { redis, keys, feeds } = daemon.world;
  await daemon.settled(1);

  await redis.xadd(keys.news, "*", "entry", "garbage{");
  await redis.xadd(keys.news, "*", "entry", '{"kind":"new","item":{"id":"without-a-title"}}');
  await redis.config("SET", "maxmemory", "1mb");
  await redis.xadd(keys.news, "*", "entry", '{"kind":"withdrawn","item":"x","at":1}').catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await redis.config("SET", "maxmemory", "0");
  publisher.put("/feed", rss(["Sternwarte öffnet nachts", "Hafen meldet Rekordumschlag"]));
  await feeds.dueNow(aFeed("blatt", "blatt", "").id, Date.now());

  await daemon.settled(2);
  expect(await redis.zcard(keys.topic("alles"))).toBe(2);
  const ops = `http://127.0.0.1:${daemon.opsPort}/readyz`;
  await eventually("ready again", async () => ((await fetch(ops)).ok ? true : undefined));
});

test("one item that cannot be read does not hold up the others", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const settings = faultSettings(folder.path, publisher, ["Sternwarte öffnet nachts", "Hafen meldet Rekordumschlag"]);
  {
    await using daemon = await startTestDaemon(settings);
    await daemon.settled(2);
    const [broken = ""] = await daemon.world.redis.zrange(daemon.world.keys.items, "0", "0");
    await daemon.world.redis.set(daemon.world.keys.item(broken), "garbage{");
  }
  // all is loaded from Redis then
  await rm(path.join(settings.dataDir, "search"), { recursive: true });

  await using again = await startTestDaemon(settings);
  const site = `http://127.0.0.1:${again.port}`;
  await eventually("ready", async () => ((await fetch(`${site}/readyz`)).ok ? true : undefined));

  expect((await again.world.metrics.indexSize.get()).values[0]?.value).toBe(1);
  expect((await fetch(`${site}/topics/alles.rss`)).status).toBe(200);
});

test("a story that is told a thousand times leaves room for the others", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const flood = Array.from({ length: 600 }, () => "Dieselbe Überschrift über denselben Vorgang am Hafen");
  await using daemon = await startTestDaemon(
    faultSettings(folder.path, publisher, [...flood, "Sternwarte öffnet nachts", "Imker beklagen nasses Frühjahr"]),
  );
  await daemon.settled(602);

  const { placed: found } = await daemon.world.items.ofTopic(aTopic("alles", "*").id, 200, 20);

  const titles = found.map(({ item }) => item.title);
  expect(titles).toEqual(expect.arrayContaining(["Sternwarte öffnet nachts", "Imker beklagen nasses Frühjahr"]));
});

test("an emptied Redis does not empty what readers have, and fills again", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  await using daemon = await startTestDaemon(faultSettings(folder.path, publisher, ["Sternwarte öffnet nachts"]));
  await daemon.settled(1);
  const address = `http://127.0.0.1:${daemon.port}/topics/alles.rss`;
  const before = await eventually("the feed", async () => {
    const text = await (await fetch(address)).text();
    return text.includes("Sternwarte") ? text : undefined;
  });

  // nothing to fill it with yet
  publisher.put("/feed", "Wir bauen um.", "text/plain");
  await daemon.world.redis.flushall();
  await daemon.world.documents.touch([aTopic("alles", "*").id]);
  await new Promise((resolve) => setTimeout(resolve, 7000));

  expect(await (await fetch(address)).text()).toBe(before);

  publisher.put("/feed", rss(["Sternwarte öffnet nachts", "Imker beklagen nasses Frühjahr"]));
  await eventually("news after that", async () => {
    await daemon.world.feeds.dueNow(aFeed("blatt", "blatt", "").id, Date.now());
    return (await (await fetch(address)).text()).includes("Imker") ? true : undefined;
  });
});

test("an item that is corrected leaves a topic that was added after it had come", async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const settings = faultSettings(folder.path, publisher, []);
  publisher.put("/feed", oneItem("Strompreis fällt auf Null"));
  {
    await using daemon = await startTestDaemon(settings);
    await daemon.settled(1);
  }

  await using again = await startTestDaemon({
    ...settings,
    topics: [...settings.topics, aTopic("strom", "strompreis*")],
  });
  const { redis, keys, feeds } = again.world;
  await eventually("the topic filled", async () => ((await redis.zcard(keys.topic("strom"))) === 1 ? true : undefined));
  publisher.put("/feed", oneItem("Gaspreis fällt auf Null"));
  await feeds.dueNow(aFeed("blatt", "blatt", "").id, Date.now());

  const left = await eventually("the item gone from it", async () =>
    (await redis.zcard(keys.topic("strom"))) === 0 ? true : undefined,
  );
  expect(left).toBe(true);
});

function oneItem(title: string): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><link>https://blatt.example/</link>
    <description>d</description><item><title>${title}</title><guid>https://blatt.example/preis</guid></item></channel></rss>`;
}

function faultSettings(
  dataDir: string,
  publisher: Awaited<ReturnType<typeof openFeedServer>>,
  titles: readonly string[],
) {
  publisher.put("/feed", rss(titles));
  return testSettings({
    dataDir,
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
    topics: [aTopic("alles", "*")],
  });
}

function rss(titles: readonly string[]): string {
  const said = new Map<string, number>();
  // dated: hundreds of items without a date would be an archive
  const date = new Date().toUTCString();
  const items = titles.map((title) => {
    said.set(title, (said.get(title) ?? 0) + 1);
    const page = `https://blatt.example/${said.get(title)}/${encodeURIComponent(title)}`;
    return `<item><title>${title}</title><link>${page}</link><guid>${page}</guid><pubDate>${date}</pubDate></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><link>https://blatt.example/</link>
    <description>d</description>${items.join("")}</channel></rss>`;
}

import { expect, test } from "vitest";
import { feedId } from "../../src/model/ids.ts";
import { FORMATS } from "../../src/model/published.ts";
import { HOUR } from "../../src/model/time.ts";
import { check } from "../../src/publish/publish.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEED = feedId("blatt");
const AT = new Date(Math.floor(Date.now() / HOUR) * HOUR - HOUR).toUTCString();

const rss = (title: string, teaser: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><link>https://blatt.example/</link><description>d</description>
<item><title>${title}</title><link>https://blatt.example/1</link><guid>https://blatt.example/1</guid><pubDate>${AT}</pubDate><description>${teaser}</description></item>
<item><title>Imker beklagen nasses Frühjahr</title><link>https://blatt.example/2</link><guid>https://blatt.example/2</guid><pubDate>${AT}</pubDate></item></channel></rss>`;

test("a correction is shown on the item's page and is an entry of the topic's corrections, an update only the former", {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  publisher.put("/feed", rss("Stadt baut 30 &lt;i&gt;Wohnungen", "Der Rat hat zugestimmt."));
  await using daemon = await startTestDaemon(
    testSettings({
      dataDir: folder.path,
      publishers: [aPublisher("blatt", { title: "Das Blatt" })],
      feeds: [aFeed(FEED, "blatt", publisher.url("/feed"), { language: "de" })],
      topics: [aTopic("alles", "*", { title: "Alles" })],
    }),
  );
  const { world } = daemon;
  await daemon.settled(2);
  const textOf = async (path: string) => await (await fetch(`http://127.0.0.1:${daemon.port}${path}`)).text();
  const shows = async (path: string, text: string) =>
    await eventually(`${text} at ${path}`, async () => {
      await world.feeds.dueNow(FEED, Date.now());
      const found = await textOf(path);
      return found.includes(text) ? found : undefined;
    });
  expect(await shows("/topics/alles/corrections", "Hier ist im Augenblick nichts zu melden.")).toContain("Korrekturen");
  expect(check("atom", await shows("/topics/alles/corrections.atom", "Korrekturen: Alles"))).toEqual([]);

  publisher.put("/feed", rss("Stadt baut 300 &lt;i&gt;Wohnungen", "Der Rat hat zugestimmt."));

  const json = await shows("/topics/alles/corrections.json", "revision/");
  const { items } = JSON.parse(json) as { items: { id: string; title: string; url: string; content_html: string }[] };
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ url: "https://blatt.example/1" });
  expect(items[0]?.id).toMatch(/^tag:ressort,2026:revision\/i[\da-f]{20}\/1$/);
  expect(items[0]?.title).toContain("Korrigiert: Stadt baut 300");
  expect(items[0]?.content_html).toContain("<del>30</del> <ins>300</ins>");
  for (const format of FORMATS) expect(check(format, await textOf(`/topics/alles/corrections.${format}`))).toEqual([]);

  const [, item = ""] = /revision\/(i[\da-f]{20})\/1/.exec(json) ?? [];
  const page = await shows(`/items/${item}`, "Was sich geändert hat");
  expect(page).toContain('<span class="unseen">[gestrichen: </span>30');
  expect(page).toContain('<span class="unseen">[eingefügt: </span>300');
  expect(page).toContain("Zahlen wurden ersetzt");
  expect(page).not.toContain("<i>");
  expect(await textOf("/topics/alles/corrections")).toContain("Korrigiert: Stadt baut 300");
  expect(await textOf("/topics/alles")).toContain('href="http://ressort.example/topics/alles/corrections.atom"');

  const before = await textOf("/topics/alles/corrections.rss");
  publisher.put("/feed", rss("Stadt baut 300 &lt;i&gt;Wohnungen", "Der Rat hat zugestimmt. Baubeginn ist im Mai."));
  await shows(`/items/${item}`, "Text kam hinzu");
  await daemon.settled(2);
  expect(await textOf("/topics/alles/corrections.rss")).toBe(before);
  const [stored] = await world.items.items([item as never]);
  expect(stored?.revisions?.map(({ number, weight }) => [number, weight])).toEqual([
    [2, "update"],
    [1, "correction"],
  ]);
  const [[, news] = []] = await world.redis.xrevrange(world.keys.news, "+", "-", "COUNT", 1);
  expect(news?.join()).not.toContain("struck");
});

test("corrections of a topic that is not there are not there either", { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  await using daemon = await startTestDaemon(testSettings({ dataDir: folder.path, topics: [aTopic("alles", "*")] }), [
    "web",
  ]);
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${daemon.port}${path}`)).status;

  expect(await status("/topics/nichts/corrections")).toBe(404);
  expect(await status("/topics/nichts/corrections.rss")).toBe(404);
  expect(await status("/topics/alles/corrections.rss")).toBe(503);
  expect(await status("/topics/alles/corrections")).toBe(200);
});

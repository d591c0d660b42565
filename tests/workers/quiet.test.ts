import { expect, test } from "vitest";
import { openFeedServer } from "../support/feed-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEEDS = ["eins", "zwei", "drei"];

test("A-09: a second poll of unchanged feeds sends validators and causes no parse, no index write, no render", async () => {
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  const settings = quietSettings(folder.path, publisher);
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(9);
  const before = await counted(daemon);
  const askedBefore = publisher.asked.length;

  for (const { id } of settings.feeds) await daemon.world.feeds.dueNow(id, Date.now());
  await eventually("all feeds polled again", async () =>
    publisher.asked.length >= askedBefore + 3 ? true : undefined,
  );
  await eventually("the polls counted", async () => ((await polls(daemon, "unmodified")) >= 3 ? true : undefined));

  const again = publisher.asked.slice(askedBefore);
  expect(again.map(({ status }) => status)).toEqual([304, 304, 304]);
  expect(again.every(({ headers }) => headers["if-none-match"]?.startsWith('W/"'))).toBe(true);
  expect(await counted(daemon)).toEqual(before);
});

test("the same items make the same bytes and ETag, after a restart and when rendered anew", async () => {
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  const settings = quietSettings(folder.path, publisher);
  const first = await served(settings, false);
  const restarted = await served(settings, false);
  const rendered = await served(settings, true);

  expect(first.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(restarted).toEqual(first);
  expect(rendered).toEqual(first);
});

async function served(settings: ReturnType<typeof quietSettings>, anew: boolean) {
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(9);
  if (anew) {
    const renders = await sum(daemon, "ressort_renders_total");
    await daemon.world.documents.touch(settings.topics.map(({ id }) => id));
    await eventually("rendered anew", async () =>
      (await sum(daemon, "ressort_renders_total")) > renders ? true : undefined,
    );
  }
  return await Promise.all(
    ["rss", "atom", "json"].map(async (suffix) => {
      const url = `http://127.0.0.1:${daemon.port}/topics/alles.${suffix}`;
      const answer = await eventually(url, async () => {
        const one = await fetch(url);
        return one.ok ? one : undefined;
      });
      return { status: answer.status, etag: answer.headers.get("etag"), text: await answer.text() };
    }),
  );
}

async function counted(daemon: Daemon) {
  return {
    parses: await sum(daemon, "ressort_parses_total"),
    indexWrites: await sum(daemon, "ressort_index_writes_total"),
    renders: await sum(daemon, "ressort_renders_total"),
  };
}

async function polls(daemon: Daemon, outcome: string): Promise<number> {
  const { values } = await daemon.world.metrics.polls.get();
  return values.find(({ labels }) => labels["outcome"] === outcome)?.value ?? 0;
}

async function sum(daemon: Daemon, name: string): Promise<number> {
  const metric = await daemon.world.metrics.registry.getSingleMetric(name)?.get();
  return (metric?.values ?? []).reduce((total, { value }) => total + value, 0);
}

function quietSettings(dataDir: string, publisher: Awaited<ReturnType<typeof openFeedServer>>) {
  for (const name of FEEDS) publisher.put(`/${name}`, rss(name));
  return testSettings({
    dataDir,
    publishers: FEEDS.map((name) => aPublisher(name)),
    feeds: FEEDS.map((name) => aFeed(name, name, publisher.url(`/${name}`))),
    topics: [aTopic("alles", "*")],
  });
}

const HEADLINES: Readonly<Record<string, readonly string[]>> = {
  eins: ["Brücke über die Lahn gesperrt", "Neue Straßenbahn fährt ab Mai", "Chor sucht dringend Bässe"],
  zwei: ["Zinsen bleiben unverändert", "Molkerei baut zweites Werk", "Hafen meldet Rekordumschlag"],
  drei: ["Sternwarte öffnet nachts", "Stadtbad schließt wegen Sanierung", "Imker beklagen nasses Frühjahr"],
};

function rss(name: string): string {
  const items = (HEADLINES[name] ?? []).map(
    (
      title,
      n,
    ) => `<item><title>${title}</title><link>https://${name}.example/${n}</link><guid>https://${name}.example/${n}</guid>
      <pubDate>Tue, 20 Jan 2026 1${n}:00:00 +0100</pubDate><description>${title}. Mehr steht nicht fest.</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link>
    <description>d</description>${items.join("")}</channel></rss>`;
}

import { expect, test } from "vitest";
import { readAttendance, writeAttendance } from "../../src/identify/identify.ts";
import { feedId, type ItemId } from "../../src/model/ids.ts";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { check } from "../../src/publish/publish.ts";
import { blatt, firstOfBlatt, TITLES } from "../support/blatt.ts";
import { type FeedServer, openFeedServer } from "../support/feed-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEED = feedId("blatt");
async function read(daemon: Daemon, publisher: FeedServer, text: string): Promise<void> {
  const { feeds, now } = daemon.world;
  const hashOf = async () => (await feeds.states([FEED])).get(FEED)?.bodyHash;
  const before = await hashOf();
  publisher.put("/feed", text);
  await eventually("the document read", async () => {
    await feeds.dueNow(FEED, now());
    return (await hashOf()) === before ? undefined : true;
  });
}

/** As if what is missing had been missing for two hours. */
async function ageMissing({ world }: Daemon): Promise<void> {
  const attendance = readAttendance((await world.feeds.attendances([FEED]))[0] ?? "");
  if (attendance === undefined) throw new Error("nothing is known of the last document");
  const missing = attendance.missing.map((one) => ({ ...one, since: one.since - 2 * HOUR }));
  await world.redis.set(world.keys.attendance(FEED), writeAttendance({ ...attendance, missing }));
}

/** Nothing waits to be rendered. */
async function idle({ world }: Daemon): Promise<void> {
  await eventually("nothing to be rendered", async () => {
    const counts = await world.queues.publish.getJobCounts("active", "delayed", "wait");
    return Object.values(counts).every((count) => count === 0) ? true : undefined;
  });
}

test("a withdrawn item leaves every feed and the search, with a tombstone and a page that says so, and may come back", {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  publisher.put("/feed", firstOfBlatt(6));
  await using daemon = await startTestDaemon(
    testSettings({
      dataDir: folder.path,
      publishers: [aPublisher("blatt", { title: "Das Blatt" })],
      feeds: [aFeed(FEED, "blatt", publisher.url("/feed"), { language: "de" })],
      topics: [aTopic("alles", "*")],
    }),
  );
  await daemon.settled(6);
  const get = async (path: string) => await fetch(`http://127.0.0.1:${daemon.port}${path}`);
  const textOf = async (path: string) => await (await get(path)).text();
  const ids = (await daemon.world.redis.zrange(daemon.world.keys.items, "0", "-1")) as ItemId[];
  const withdrawn = (await daemon.world.items.items(ids)).find(({ title }) => title === TITLES[3])?.id;
  await eventually("the feeds", async () =>
    (await textOf("/topics/alles.rss")).includes("Radwege") ? true : undefined,
  );

  await read(daemon, publisher, blatt(6, 5, 4, 2, 1, 0));
  await read(daemon, publisher, blatt(7, 6, 5, 4, 2, 1, 0));
  await ageMissing(daemon);
  await read(daemon, publisher, blatt(8, 7, 6, 5, 4, 2, 1, 0));

  const atom = await eventually("the tombstone", async () => {
    const text = await textOf("/topics/alles.atom");
    return text.includes("deleted-entry") ? text : undefined;
  });
  expect(check("atom", atom)).toEqual([]);
  const [, when = ""] = /<at:deleted-entry ref="https:\/\/blatt\.example\/3" when="([^"]+)">/.exec(atom) ?? [];
  expect(Date.now() - Date.parse(when)).toBeLessThan(MINUTE);
  expect(atom).toContain("<at:comment>Vom Herausgeber zurückgezogen</at:comment>");
  expect(atom).toContain('xmlns:at="http://purl.org/atompub/tombstones/1.0"');
  for (const path of [
    "/topics/alles.atom",
    "/topics/alles.rss",
    "/topics/alles.json",
    "/topics/alles",
    "/search.json?q=radwege",
  ])
    expect(await textOf(path)).not.toContain("Radwege");
  expect(await textOf("/topics/alles.rss")).toContain("Luchse");
  const page = await get(`/items/${withdrawn}`);
  expect(page.status).toBe(410);
  const said = await page.text();
  expect(said).toContain("Das Blatt hat diese Meldung aus dem Angebot genommen.");
  expect(said).not.toContain("Radwege");

  // rendering again makes the same bytes: the moment is that of the withdrawal
  await daemon.world.documents.touch([aTopic("alles", "*").id]);
  await daemon.world.queues.askForPublishing([aTopic("alles", "*").id]);
  await daemon.settled(8);
  await idle(daemon);
  expect(await textOf("/topics/alles.atom")).toBe(atom);

  // and nobody does it again where nothing was touched
  const { metrics, queues } = daemon.world;
  const renders = async () => (await metrics.renders.get()).values.reduce((sum, { value }) => sum + value, 0);
  const rendered = await renders();
  await queues.askForPublishing([aTopic("alles", "*").id]);
  await idle(daemon);
  expect(await renders()).toBe(rendered);

  await read(daemon, publisher, firstOfBlatt(9));
  const again = await eventually("the item back", async () => {
    const text = await textOf("/topics/alles.atom");
    return text.includes("Radwege") ? text : undefined;
  });
  expect(again).not.toContain("deleted-entry");
  const [, updated = ""] = /<id>https:\/\/blatt\.example\/3<\/id>\s*<updated>([^<]+)</.exec(again) ?? [];
  expect(Date.parse(updated)).toBeGreaterThan(Date.parse(when));
  await eventually("its page", async () => ((await get(`/items/${withdrawn}`)).status === 200 ? true : undefined));
});

test("who comes anew is told of what was withdrawn before", { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  publisher.put("/feed", firstOfBlatt(6));
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("blatt")],
    feeds: [aFeed(FEED, "blatt", publisher.url("/feed"), { language: "de" })],
    topics: [aTopic("alles", "*")],
  });
  let withdrawn = "" as ItemId;
  {
    await using daemon = await startTestDaemon(settings);
    await daemon.settled(6);
    const { redis, keys, items } = daemon.world;
    withdrawn = ((await redis.zrange(keys.items, "3", "3"))[0] ?? "") as ItemId;
    const [item] = await items.items([withdrawn]);
    const at = Date.now();
    await redis.set(keys.item(withdrawn), JSON.stringify({ ...item, withdrawnAt: at }));
    await redis.xadd(keys.news, "*", "entry", JSON.stringify({ kind: "withdrawn", item: withdrawn, at }));
    await eventually("withdrawn", async () =>
      (await daemon.world.items.withdrawnFrom()).length === 1 ? true : undefined,
    );
  }

  await using again = await startTestDaemon(settings);
  const page = await eventually("its page", async () => {
    const answer = await fetch(`http://127.0.0.1:${again.port}/items/${withdrawn}`);
    return answer.status === 410 ? answer : undefined;
  });
  expect(page.headers.get("cache-control")).toContain("max-age=60");
  expect(await again.world.items.count()).toBe(6);

  await again.world.items.sweep(Date.now() + 24 * HOUR, { items: HOUR, maxItems: 100 });
  expect(await again.world.redis.exists(again.world.keys.item(withdrawn), again.world.keys.place(withdrawn))).toBe(0);
});

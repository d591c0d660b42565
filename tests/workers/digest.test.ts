import { expect, test } from "vitest";
import { itemId, topicId } from "../../src/model/ids.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { publishTopic } from "../../workers/publish.ts";
import { openTopicBook } from "../../workers/topics/topic-book.ts";
import { openTopicEdits } from "../../workers/topics/topic-edits.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

interface JsonFeed {
  readonly items: readonly { readonly id: string; readonly title: string; readonly content_html: string }[];
}

const digest = { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 5 } as const;

test("a digest comes at its moment and stays as it is; an embargo ends by itself", { timeout: 60_000 }, async () => {
  // given a daemon with two items, in a topic that tells them and in one that lists them every morning
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  const items = ["Imker beklagen nasses Frühjahr", "Hafen meldet Rekordumschlag"].map(
    (title, n) => `<item><title>${title}</title><link>${publisher.url(`/${n}`)}</link><guid>${n}</guid></item>`,
  );
  const channel = `<title>A</title><link>${publisher.url("/")}</link><description>A</description>${items.join("")}`;
  publisher.put("/feed", `<rss version="2.0"><channel>${channel}</channel></rss>`);
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("blatt", { title: "Blatt" })],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"), { language: "de" })],
    topics: [aTopic("alles", "*")],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(2);
  const { world } = daemon;
  await using book = await openTopicBook(world);
  const edits = openTopicEdits(world, book, "cli");
  const [alles, morgens] = [topicId("alles"), topicId("morgens")];
  const feedNamed = async (topic: string) => {
    const answer = await fetch(`http://127.0.0.1:${daemon.port}/topics/${topic}.json`);
    return answer.status === 200 ? ((await answer.json()) as JsonFeed) : undefined;
  };
  const feedOf = async (topic: string) => (await feedNamed(topic)) ?? { items: [] };
  const publishAt = async (now: number, topic: typeof alles) =>
    await publishTopic({ ...world, now: () => now }, book, topic);
  const now = world.now();
  await edits.put("morgens", { title: "Alles", description: "d", query: "*", digest }, { by: "eva" });
  await eventually("its feed", async () => ((await feedNamed("morgens")) === undefined ? undefined : true));

  // before its moment there is none, and the daemon knows when that is
  expect((await feedOf("morgens")).items).toEqual([]);
  expect(await world.documents.ripe(now)).not.toContain(morgens);
  expect(await world.documents.ripe(now + DAY)).toContain(morgens);

  // at its moment it is there, and later it is the same, byte for byte
  expect(await publishAt(now + DAY, morgens)).toBeGreaterThan(0);
  const made = await eventually("the digest", async () => {
    const feed = await feedOf("morgens");
    return feed.items.length === 1 ? feed : undefined;
  });
  expect(made.items[0]?.id).toMatch(/^tag:ressort,2026:digest\/morgens\/day\/\d{4}-\d\d-\d\d$/);
  expect(made.items[0]?.title).toMatch(/^Alles: das Wichtigste am \d+\. /);
  expect(made.items[0]?.content_html).toMatch(/^<ol><li>.*\(Blatt\)<\/li><li>.*\(Blatt\)<\/li><\/ol>$/);
  expect(await publishAt(now + DAY + HOUR, morgens)).toBe(0);

  // and it is the same under another name of its topic
  await edits.rename("morgens", "frueh", { by: "eva" });
  const frueh = topicId("frueh");
  await eventually("the rename", async () => (await world.memberships.madeWith(frueh)).rules);
  await publishAt(now + DAY + HOUR, frueh);
  expect(await world.documents.announced(frueh)).toMatchObject([{ iri: made.items[0]?.id }]);
  await eventually("its feed", async () => {
    await publishAt(now + DAY + HOUR, frueh);
    return (await feedOf("frueh")).items[0]?.id === made.items[0]?.id ? true : undefined;
  });

  // a story under embargo is gone until its moment, and the daemon knows when that is
  const [placed] = (await world.items.ofTopic(alles, 10, 10)).placed;
  if (placed === undefined) throw new Error("two items matched");
  const until = now + 5 * MINUTE;
  await edits.act("alles", "embargoes", placed, { until }, { by: "eva" });
  await eventually("its end", async () => ((await feedOf("alles")).items.length === 1 ? true : undefined));
  expect(itemId((await feedOf("alles")).items[0]?.id ?? "")).not.toBe(placed.item.iri);
  expect(await world.documents.ripe(until)).toContain(alles);
  await publishAt(until, alles);
  await eventually("its return", async () => ((await feedOf("alles")).items.length === 2 ? true : undefined));
});

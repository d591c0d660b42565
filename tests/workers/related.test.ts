import { parseFeed } from "feedsmith";
import { expect, test } from "vitest";
import { configFolder } from "../settings/config-folder.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { ressort } from "../support/ressort.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

interface Entry {
  readonly title?: string;
  readonly guid?: { readonly value?: string };
  readonly pubDate?: string;
  readonly content?: { readonly encoded?: string };
}

const ITEMS = [
  {
    id: "1",
    title: "Seeamt untersucht Unglück der Uthlande",
    teaser: "Nach der Strandung befragt das Amt Kapitän Petersen, Lotsen, Maschinisten und Zeugen vom Seenotkreuzer.",
  },
  {
    id: "2",
    title: "Werft ersetzt Schraube der Uthlande",
    teaser:
      "Nach der Strandung lässt Reeder Petersen Ruder, Kurbelwellen und Anker erneuern; zu Ostern soll sie Urlauber, Post und Vieh bringen.",
  },
];

test("an earlier story is named on the page, in the feed where its topic wants it, and on the command line, until it is the same story", {
  timeout: 60_000,
}, async () => {
  // given two stories of one ship
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  publisher.put("/feed", rss(publisher.url("/")));
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("kurier", { language: "de" })],
    feeds: [aFeed("kurier", "kurier", publisher.url("/feed"), { language: "de" })],
    topics: [aTopic("alles", "*"), aTopic("mehr", "*", { related: true })],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(ITEMS.length);
  const site = `http://127.0.0.1:${daemon.port}`;
  const page = async (path: string) => (await fetch(`${site}${path}`)).text();
  const entries = async (topic: string) =>
    (parseFeed(await page(`/topics/${topic}.rss`)).feed as { items?: Entry[] }).items ?? [];
  const editor = async (...args: string[]) => {
    const env = {
      RESSORT_DATA_DIR: folder.path,
      RESSORT_REDIS_PREFIX: settings.redisPrefix,
      RESSORT_CONTACT_URL: "https://ressort.example/contact",
    };
    return (await ressort([...args, "--config", configFolder()], env)).stdout;
  };

  // when they are decided
  const placed = await eventually("both are placed", async () => {
    const found = [];
    for await (const batch of daemon.world.items.all()) found.push(...batch);
    return found.length === ITEMS.length ? found : undefined;
  });
  const later = placed.find(({ decision }) => decision.related !== undefined);
  const before = placed.find((one) => one !== later);
  if (later === undefined || before === undefined) throw new Error("neither names the other");
  await eventually("both are told", async () => (await entries("mehr")).length === 2 || undefined);

  // then the later names the earlier wherever it is asked for, and nowhere else
  expect(later.decision.related).toEqual([
    { story: before.decision.story, shared: expect.arrayContaining(["Uthlande", "Strandung"]) },
  ]);
  expect(await page(`/items/${later.item.id}`)).toContain("Mehr zum Thema");
  const told = (await entries("mehr")).find(({ title }) => title === later.item.title);
  expect(told?.content?.encoded).toContain(`/stories/${before.decision.story}">${before.item.title}</a></li>`);
  expect(await page("/topics/alles.rss")).not.toContain("Mehr zum Thema");
  const dated = ({ guid, pubDate }: Entry) => [guid?.value, pubDate];
  expect((await entries("mehr")).map(dated)).toEqual((await entries("alles")).map(dated));
  expect(await editor("why", later.item.id)).toMatch(/Earlier stories:\n.*\n\s+in common: .*Uthlande/);

  // and no longer once both are one story
  await editor("stories", "merge", later.decision.story, before.decision.story);
  await eventually("one story", async () => (await entries("mehr")).length === 1 || undefined);
  expect(await page("/topics/mehr.rss")).not.toContain("Mehr zum Thema");
  expect(await page(`/items/${later.item.id}`)).not.toContain("Mehr zum Thema");
  expect(await editor("why", later.item.id)).toContain(`it absorbed: ${later.decision.story}`);
});

function rss(site: string): string {
  const items = ITEMS.map(
    ({ id, title, teaser }) =>
      `<item><guid>${site}${id}</guid><link>${site}${id}</link><title>${title}</title><description>${teaser}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Kurier</title><link>${site}</link>${items.join("")}</channel></rss>`;
}

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
}

const ITEMS = [
  { id: "1", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel" },
  { id: "2", title: "Gestrandete Fähre Uthlande vor Amrum: Passagiere warten im Nebel" },
  { id: "3", title: "Meteorit schlägt bei Nördlingen in ein Maisfeld ein" },
];

test("an editor's corrections on the command line reach the topic feed; merge, split, merge ends in the same bytes", {
  timeout: 60_000,
}, async () => {
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  publisher.put("/feed", rss(publisher.url("/")));
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("kurier", { language: "de" })],
    feeds: [aFeed("kurier", "kurier", publisher.url("/feed"), { language: "de" })],
    topics: [aTopic("alles", "*")],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(ITEMS.length);
  const feed = async () => (await fetch(`http://127.0.0.1:${daemon.port}/topics/alles.rss`)).text();
  const entries = async () => (parseFeed(await feed()).feed as { items?: Entry[] }).items ?? [];
  const editor = async (...args: string[]) => {
    const env = {
      RESSORT_DATA_DIR: folder.path,
      RESSORT_REDIS_PREFIX: settings.redisPrefix,
      RESSORT_CONTACT_URL: "https://ressort.example/contact",
    };
    const ended = await ressort([...args, "--config", configFolder()], env);
    expect(ended.stderr).toBe("");
    return ended.stdout;
  };
  const shown = async (count: number) =>
    await eventually(`${count} stories in the feed`, async () =>
      (await entries()).length === count ? await feed() : undefined,
    );
  await shown(2);
  const ids = new Map((await daemon.world.items.placed(await allIds(daemon))).map((one) => [one.item.guid, one]));
  const [ferry, second, meteorite] = ITEMS.map(({ id }) => ids.get(publisher.url(`/${id}`)));
  if (!ferry || !second || !meteorite) throw new Error("an item is missing");

  expect(await editor("why", publisher.url("/3"))).toContain("nothing enough like it");
  const [one, three] = [meteorite.decision.story, ferry.decision.story];
  expect(await editor("stories", "merge", one, three, "--by", "Frieda")).toBe(
    `${one} (1 item) is now part of ${three} (now 3 items). ` +
      `Undo: npm run --silent ressort -- stories split ${meteorite.item.id}\n`,
  );
  const merged = await shown(1);
  expect(await editor("why", meteorite.item.id)).toMatch(/\[editor\]\n\s+by: Frieda/);
  const old = await fetch(`http://127.0.0.1:${daemon.port}/stories/${meteorite.decision.story}`);
  expect(await old.text()).toContain(ITEMS[0]?.title);

  expect(await editor("stories", "split", meteorite.item.id)).toContain(
    `${one} is a story of its own now (1 item): ${meteorite.item.id}. ${three} keeps 2 items.`,
  );
  await shown(2);
  const guids = async () => (await entries()).map(({ guid }) => guid?.value).sort();
  expect(await guids()).toEqual([ferry.decision.storyIri, meteorite.decision.storyIri].sort());

  await editor("stories", "merge", meteorite.decision.story, ferry.decision.story);
  expect(await shown(1)).toBe(merged);

  await editor("stories", "split", meteorite.item.id);
  await shown(2);
  expect(await editor("stories", "move", meteorite.item.id, "--into", three)).toBe(
    `${meteorite.item.id} is now part of ${three} (now 3 items). ${one} has no item left and leads there. ` +
      `Undo: npm run --silent ressort -- stories split ${meteorite.item.id}\n`,
  );
  await shown(1);
  const address = `http://127.0.0.1:${daemon.port}/stories/${one}`;
  expect((await fetch(address, { redirect: "manual" })).status).toBe(301);

  const title = async () => (await entries())[0]?.title;
  const leading = await title();
  const silent = leading === ferry.item.title ? second.item : ferry.item;
  expect(await editor("stories", "lead", silent.id)).toBe(`${silent.id} speaks for ${three} (3 items) now.\n`);
  await eventually("the other leads", async () => (await title()) === silent.title || undefined);
  expect(await guids()).toEqual([ferry.decision.storyIri]);
  const filed = await editor("stories", "file", silent.id, "--section", "politik");
  expect(filed).toBe(`${silent.id} is filed under politik now.\n`);
});

async function allIds({ world }: Awaited<ReturnType<typeof startTestDaemon>>) {
  const ids = [];
  for await (const placed of world.items.all()) ids.push(...placed.map(({ item }) => item.id));
  return ids;
}

function rss(site: string): string {
  const items = ITEMS.map(
    ({ id, title }) => `<item><guid>${site}${id}</guid><link>${site}${id}</link><title>${title}</title></item>`,
  );
  return `<rss version="2.0"><channel><title>Kurier</title><link>${site}</link>${items.join("")}</channel></rss>`;
}

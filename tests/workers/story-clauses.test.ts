import { expect, test } from "vitest";
import { configFolder } from "../settings/config-folder.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { ressort } from "../support/ressort.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const TITLES = {
  bote: "Fähre Uthlande strandet vor Föhr",
  kurier: "Zoo freut sich über drei junge Luchse",
};
/** Each topic by its query. */
const TOPICS = {
  einzeln: "story.publishers=1",
  mehrfach: "story.publishers>=2",
  stimmen: "(uthlande OR luchs) is:lead",
  andere: "-is:lead topic:mehrfach",
};

test("a topic that asks about stories follows them as they grow and are told apart: in feeds, on pages, in searches", {
  timeout: 60_000,
}, async () => {
  // given two stories, each told by one publisher
  await using press = await openFeedServer();
  using folder = temporaryFolder();
  for (const [name, title] of Object.entries(TITLES)) press.put(`/${name}`, rss(press.url(`/${name}/1`), title));
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("bote", { rank: 1 }), aPublisher("kurier", { rank: 2 })],
    feeds: Object.keys(TITLES).map((name) => aFeed(name, name, press.url(`/${name}`), { language: "de" })),
    topics: [
      ...Object.entries(TOPICS).map(([id, query]) => aTopic(id, query)),
      aTopic("geheim", "luchs", { unlisted: true }),
    ],
  });
  await using daemon = await startTestDaemon(settings);
  const site = `http://127.0.0.1:${daemon.port}`;
  const get = async (path: string) => (await fetch(`${site}${path}`)).text();
  const titlesIn = (text: string) => Object.values(TITLES).filter((title) => text.includes(title));
  const editor = async (...args: string[]) => {
    const env = {
      RESSORT_DATA_DIR: folder.path,
      RESSORT_REDIS_PREFIX: settings.redisPrefix,
      RESSORT_CONTACT_URL: "https://ressort.example/contact",
    };
    return (await ressort([...args, "--config", configFolder()], env)).stdout;
  };
  const { bote, kurier } = TITLES;
  // a search feed is kept for a while: each is another one
  let asked = 0;

  /** The document is the last to follow; then page and search must say the same. */
  async function tell(expected: Readonly<Record<keyof typeof TOPICS, readonly string[]>>): Promise<void> {
    for (const [id, titles] of Object.entries(expected)) {
      const leads = async () => {
        const { items = [] } = JSON.parse((await get(`/topics/${id}.json`)) || "{}") as { items?: { title: string }[] };
        return items.map(({ title }) => title).sort();
      };
      await eventually(`${id} tells ${titles.join(", ") || "nothing"}`, async () =>
        JSON.stringify(await leads()) === JSON.stringify(titles) ? true : undefined,
      );
      const found = await get(
        `/search.json?q=${encodeURIComponent(`(${TOPICS[id as keyof typeof TOPICS]}) -nie${++asked}`)}`,
      );
      expect((JSON.parse(found) as { items: { title: string }[] }).items.map(({ title }) => title).sort()).toEqual(
        titles,
      );
      expect(titlesIn(await get(`/topics/${id}`)).filter((title) => titles.includes(title))).toHaveLength(
        titles.length,
      );
    }
  }

  await daemon.settled(2);
  await tell({ einzeln: [bote, kurier], mehrfach: [], stimmen: [bote, kurier], andere: [] });

  // when an editor says that both are one, then it is told by two, and the better rank speaks for it
  const placed = (await Array.fromAsync(daemon.world.items.all())).flat();
  const storyOf = (name: string) => placed.find(({ item }) => item.publisher === name)?.decision.story ?? "";
  await editor("stories", "merge", storyOf("kurier"), storyOf("bote"));
  await tell({ einzeln: [], mehrfach: [bote], stimmen: [bote], andere: [kurier] });

  // and where they are told apart again, each is on its own
  const luchse = placed.find(({ item }) => item.publisher === "kurier")?.item.id ?? "";
  await editor("stories", "split", luchse);
  await tell({ einzeln: [bote, kurier], mehrfach: [], stimmen: [bote, kurier], andere: [] });

  // and an item's page says which topics take it, and by what
  const page = await get(`/items/${encodeURIComponent(luchse)}`);
  expect(page).not.toContain("geheim");
  const [taken] = page.match(/<ul><li><a href="\/topics\/einzeln">.*<\/ul>/) ?? [];
  expect(taken?.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).toBe(
    " einzeln , weil story.publishers=1 stimmen , weil luchs , is:lead ",
  );
});

const rss = (url: string, title: string): string =>
  `<rss version="2.0"><channel><title>Blatt</title><link>${url}</link><item><guid>${url}</guid><link>${url}</link><title>${title}</title></item></channel></rss>`;

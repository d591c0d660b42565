import { expect, test } from "vitest";
import type { StoryRef } from "../../src/model/correction.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId, itemId, publisherId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { openWorld } from "../../workers/world.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const FEED = feedId("archiv");

test("a correction that comes after the desk has let go of the item still goes out, under the same id", async () => {
  using folder = temporaryFolder();
  const now = Date.now();
  const old = anItem("alt", "Molkerei baut zweites Werk", now - 4 * DAY);
  await using daemon = await startTestDaemon(
    testSettings({
      dataDir: folder.path,
      publishers: [aPublisher("archiv")],
      feeds: [aFeed(FEED, "archiv", "https://archiv.example/feed")],
      topics: [aTopic("alles", "*", { window: 30 * DAY })],
    }),
    ["desk", "web"],
  );
  await daemon.world.feeds.schedule([FEED], now, 0);
  await commit(daemon, "new", old);
  await commit(daemon, "new", anItem("neu", "Sternwarte öffnet nachts", now));
  await workRenders(daemon, 2);

  await commit(daemon, "revised", {
    ...old,
    title: "Molkerei baut drittes Werk",
    digest: "2",
    revision: 1,
    revisedAt: now,
  });

  const place = await eventually("the corrected title on its page", async () => {
    const page = await (await fetch(`http://127.0.0.1:${daemon.port}/items/alt`)).text();
    return page.includes("Molkerei baut drittes Werk") ? page : undefined;
  });
  expect(place).not.toContain("zweites");
  const touched = await daemon.world.documents.touched();
  expect(touched).toContain("alles");
});

test.each([
  ["cannot be read", "{"],
  ["is lost", undefined],
])(
  "a desk whose snapshot %s goes on where the last one was, an editor's corrections included",
  {
    timeout: 30_000,
  },
  async (_, snapshot) => {
    await using server = await openTestRedis();
    const now = Date.now();
    const settings = testSettings({
      ...server.home,
      publishers: [aPublisher("archiv"), aPublisher("bote")],
      feeds: [aFeed(FEED, "archiv", "https://archiv.example/feed")],
      topics: [aTopic("alles", "*")],
    });
    const [barn, star] = [
      anItem("scheune", "Scheune bei Uthlede brennt nieder", now),
      anItem("stern", "Sternwarte bleibt nachts zu", now),
    ];
    const copy = { ...anItem("kopie", "Sternwarte bleibt nachts zu", now + 1), publisher: publisherId("bote") };
    {
      await using daemon = await startTestDaemon(settings, ["desk"]);
      await daemon.world.feeds.schedule([FEED], now, 0);
      await commit(daemon, "new", barn);
      await commit(daemon, "new", star);
      const [from, into] = [await storyOf(daemon, star), await storyOf(daemon, barn)];
      const correction = { kind: "merge", from, into } as const;
      await daemon.world.desk.correct({ kind: "corrected", correction, by: "Frieda", at: now });
      await eventually("one story", async () => (await storyOf(daemon, star)).id === into.id || undefined);
    }
    {
      await using world = await openWorld(settings, "test");
      expect(await world.redis.strlen(world.keys.snapshot)).toBeGreaterThan(0);
      await world.redis.del(world.keys.snapshot);
      if (snapshot !== undefined) await world.redis.set(world.keys.snapshot, snapshot);
      await world.redis.xtrim(world.keys.news, "MAXLEN", 0);
    }

    await using daemon = await startTestDaemon(settings, ["desk"]);
    await commit(daemon, "new", copy);

    expect((await storyOf(daemon, copy)).id).toBe((await storyOf(daemon, barn)).id);
  },
);

/** Once it is decided. */
async function storyOf({ world }: Daemon, { id }: Item): Promise<StoryRef> {
  const { story, storyIri } = await eventually(
    `${id} decided`,
    async () => (await world.items.placed([id]))[0]?.decision,
  );
  return { id: story, iri: storyIri, items: [id] };
}

/** No `work` role runs here, so what the desk touches stays touched; this waits for its decisions. */
async function workRenders(daemon: Daemon, items: number): Promise<void> {
  await eventually("both decided", async () =>
    (await daemon.world.redis.zcard(daemon.world.keys.topic("alles"))) === items ? true : undefined,
  );
  await daemon.world.redis.del(daemon.world.keys.touched);
}

async function commit(daemon: Daemon, kind: "new" | "revised", item: Item): Promise<void> {
  const { feeds } = daemon.world;
  const token = `${item.id}-${item.revision}`;
  await feeds.takeLease(FEED, token, { now: Date.now(), lease: HOUR, claimedAt: Number.MAX_SAFE_INTEGER });
  const written = await feeds.commit({
    feed: FEED,
    token,
    state: { ...NEW_FEED_STATE, health: "ok" },
    nextDueAt: Date.now() + DAY,
    items: [{ item, news: { kind, item } }],
    known: new Map(),
  });
  expect(written).toBe(true);
}

function anItem(id: string, title: string, arrivedAt: number): Item {
  return {
    id: itemId(id),
    iri: `https://archiv.example/${id}`,
    feed: FEED,
    publisher: publisherId("archiv"),
    permalink: `https://archiv.example/${id}`,
    title,
    arrivedAt,
    revision: 0,
    digest: "1",
  };
}

import { fastify } from "fastify";
import { describe, expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { openSearch } from "../../src/search/search.ts";
import { tokenGuard } from "../../src/serve/api-guard.ts";
import { openPacker } from "../../workers/web/packer.ts";
import { openSearches } from "../../workers/web/searches.ts";
import { openSnapshots } from "../../workers/web/snapshot.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";
import { aPublisher, temporaryFolder, testSettings } from "../support/test-settings.ts";

const AHEAD = NOON + 2 * HOUR;

describe("when a clock that was two hours ahead is put right", () => {
  test("a search feed goes on, and is kept for a moment as ever", async () => {
    using folder = temporaryFolder();
    const settings = testSettings({ dataDir: folder.path, publishers: [aPublisher("abendblatt")] });
    const search = openSearch();
    let now = AHEAD;
    const newsroom = { search, membersOf: () => [] };
    const searches = openSearches({ settings, now: () => now }, newsroom, { current: () => [] });
    const countAfter = async (id: string) => {
      search.put(aPlaced({ id, title: `Gold ${id}` }));
      const document = await searches.searchDocument("gold", "rss");
      return "itemCount" in document ? document.itemCount : document;
    };

    expect(await countAfter("eins")).toBe(1);
    now = NOON;

    expect(await countAfter("zwei")).toBe(2);
    now += SECOND;
    expect(await countAfter("drei")).toBe(2);
  });

  test("who guessed tokens waits a minute, not the hours", async () => {
    let now = AHEAD;
    const app = fastify();
    const guard = tokenGuard(
      { anna: "annas-own-long-secret" },
      () => "1.2.3.4",
      () => now,
    );
    app.get("/", async (request, reply) => guard(request, reply) ?? reply);
    const guess = () => app.inject({ url: "/", headers: { authorization: "Bearer guessed" } });
    for (let n = 0; n < 10; n++) await guess();
    expect((await guess()).statusCode).toBe(429);

    now = NOON;

    expect((await guess()).statusCode).toBe(401);
  });

  test("the index is saved again", async () => {
    using folder = temporaryFolder();
    const settings = testSettings({ dataDir: folder.path });
    const log = { warn: (facts: object) => expect.fail(JSON.stringify(facts)) };
    const search = openSearch();
    await using packer = openPacker({ settings, now: Date.now, log });
    const snapshots = openSnapshots({ settings, log }, packer, search);
    const saveAfter = async (id: string, now: number) => {
      search.put(aPlaced({ id }));
      await snapshots.saveNowAndThen(id, now);
      return (await snapshots.read())?.position;
    };

    expect(await saveAfter("1-0", AHEAD)).toBe("1-0");
    expect(await saveAfter("2-0", NOON)).toBe("2-0");
    expect(await saveAfter("3-0", NOON + MINUTE)).toBe("2-0");
  });
});

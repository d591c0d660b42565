import { expect, test } from "vitest";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, eventually, testSettings } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

/** Every command is a process of its own. */
const PATIENCE = 60_000;

const rss = (titles: readonly string[]): string =>
  `<rss version="2.0"><channel><title>Bote</title>${titles
    .map((title, n) => `<item><title>${title}</title><link>https://bote.example/${n}</link></item>`)
    .join("")}</channel></rss>`;

test("a document that cannot be read is kept with the reason, told of, and read again by parse kept:FEED", {
  timeout: PATIENCE,
}, async () => {
  // given: a feed that is none, one that is a page now, and one that loses all its items
  await using publisher = await openFeedServer();
  publisher.put("/kaputt", "das ist kein Feed", "text/plain; charset=utf-8");
  publisher.put("/seite", "<!doctype html><title>Start</title>", "text/html");
  publisher.put("/bote", rss(["eins", "zwei", "drei", "vier", "fünf", "sechs"]));
  const feeds = ["kaputt", "bote", "seite"].map((id) => aFeed(id, "blatt", publisher.url(`/${id}`)));
  const operator = openOperator(
    [Number(new URL(publisher.url("/")).port)],
    `publishers: [{ id: blatt, title: Blatt, feeds: [${feeds.map(({ id, url }) => `{ id: ${id}, url: "${url}" }`)}] }]\n`,
  );
  const settings = testSettings({ dataDir: operator.dataDir, publishers: [aPublisher("blatt")], feeds });
  await using daemon = await startTestDaemon(settings, ["work", "desk"]);
  const { world } = daemon;
  await eventually("all polled", async () => {
    const states = [...(await world.feeds.states(feeds.map(({ id }) => id))).values()];
    return states.every(({ polledAt }) => polledAt !== undefined) ? true : undefined;
  });

  // when
  publisher.put("/bote", rss([]));
  await world.feeds.dueNow(feeds[1]?.id ?? aFeed("", "", "").id, Date.now());
  await eventually("three kept", async () =>
    (await world.quarantine.notes(Date.now())).length === 3 ? true : undefined,
  );
  const [list, one, page, replay, raw, shown] = await Promise.all([
    operator.ressort("parse", "--kept"),
    operator.ressort("parse", "--kept", "bote"),
    operator.ressort("parse", "kept:seite"),
    operator.ressort("parse", "kept:kaputt"),
    operator.ressort("parse", "kept:kaputt:unreadable", "--raw"),
    operator.ressort("feeds", "show", "kaputt"),
  ]);

  // then
  expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining("kept:kaputt:unreadable") });
  expect(one.stdout).toMatch(/kept:bote:empty .*no items, where there usually are 6/);
  expect(one.stdout).not.toContain("kaputt");
  expect(page).toMatchObject({ code: 1, stdout: expect.stringContaining("is a web page, not a feed") });
  expect(replay).toMatchObject({ code: 1, stdout: expect.stringContaining("content-type: text/plain; charset=utf-8") });
  expect(replay.stdout).toMatch(/read today:\n.*unreadable/);
  expect(raw.stdout).toBe("das ist kein Feed");
  expect(shown.stdout).toContain("kept:kaputt:unreadable");
  expect(shown.stdout).toContain("parse kept:kaputt");
});

test("what is not kept is named, and the way to what is", { timeout: PATIENCE }, async () => {
  const operator = openOperator([80]);

  const [nothing, none, reason, feed] = [
    await operator.ressort("parse", "--kept"),
    await operator.ressort("parse", "kept:bote"),
    await operator.ressort("parse", "kept:bote:dull"),
    await operator.ressort("parse", "kept:../etc"),
  ];

  expect(nothing).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing is kept") });
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("parse --kept") });
  expect(reason).toMatchObject({ code: 2, stderr: expect.stringContaining("unreadable, overran, died, empty") });
  expect(feed).toMatchObject({ code: 2, stderr: expect.stringContaining("is no feed") });
});

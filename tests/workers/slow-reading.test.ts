import { expect, test } from "vitest";
import { openPublisher } from "../support/publisher-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** Half a second of a thread's time, and no feed in the end. */
const TEDIOUS = `<rss><channel>${"<item><guid>".repeat(300_000)}`;
const FEEDS = 8;

test("a host of large documents is asked for the next one when another has been read", {
  timeout: 90_000,
}, async () => {
  await using publisher = await openPublisher();
  using folder = temporaryFolder();
  const feeds = Array.from({ length: FEEDS }, (_, n) => aFeed(`f-${n}`, "one", publisher.url(`/${n}`)));
  const base = testSettings({ dataDir: folder.path, publishers: [aPublisher("one")], feeds });
  let daemon: Daemon | undefined;
  const polled = async (): Promise<number> => {
    const { values = [] } = (await daemon?.world.metrics.polls.get()) ?? {};
    return values.reduce((sum, { value }) => sum + value, 0);
  };
  const unread: number[] = [];
  for (const { url } of feeds)
    publisher.answer(new URL(url).pathname, async (_, response) => {
      unread.push(publisher.requests.length - (await polled()));
      response.end(TEDIOUS);
    });

  await using started = await startTestDaemon({ ...base, poll: { ...base.poll, perHostConcurrency: 2 } }, ["work"]);
  daemon = started;
  await eventually("all polled", async () => ((await polled()) === FEEDS ? true : undefined), 60_000);

  expect(unread).toHaveLength(FEEDS);
  expect(Math.max(...unread)).toBe(2);
});

import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { parseAtomFeed } from "feedsmith";
import { expect, test } from "vitest";
import { exportOnce } from "../../workers/web/export.ts";
import { firstOfBlatt } from "../support/blatt.ts";
import { type FeedServer, openFeedServer } from "../support/feed-server.ts";
import { type Daemon, startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const TOPIC = "/topics/alles.atom";

async function bring(daemon: Daemon, publisher: FeedServer, count: number): Promise<void> {
  publisher.put("/feed", firstOfBlatt(count));
  await eventually(`${count} items`, async () => {
    const [feed] = daemon.world.settings.feeds;
    if (feed !== undefined) await daemon.world.feeds.dueNow(feed.id, daemon.world.now());
    return (await daemon.world.items.count()) >= count ? true : undefined;
  });
  await daemon.settled(count);
}

const idsIn = (text: string): readonly string[] => (parseAtomFeed(text).entries ?? []).map(({ id = "" }) => id);
const previousOf = (text: string): string | undefined =>
  /rel="prev-archive" href="http:\/\/ressort\.example([^"]+)"/.exec(text)?.[1];
const ids = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `https://blatt.example/${n}`);

test("a topic's readers get only what is new, find what has left, and are served while Redis stands still", {
  timeout: 90_000,
}, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  const exportDir = path.join(folder.path, "public");
  const settings = testSettings({
    dataDir: path.join(folder.path, "data"),
    exportDir,
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"))],
    sections: [],
    topics: [aTopic("alles", "*", { size: 3 })],
  });
  let archived: string;
  let latest = "";
  {
    publisher.put("/feed", firstOfBlatt(2));
    await using daemon = await startTestDaemon(settings);
    const { world } = daemon;
    const base = `http://127.0.0.1:${daemon.port}`;
    const get = (place: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(base + place, { headers: { "accept-encoding": "identity", ...headers }, redirect: "manual" });
    const document = async (what: string, isMeant: (shown: readonly string[]) => boolean) =>
      await eventually(`${TOPIC} with ${what}`, async () => {
        const answer = await get(TOPIC);
        const text = await answer.text();
        return isMeant(idsIn(text)) ? { answer, text } : undefined;
      });
    await daemon.settled(2);
    const first = await document("two entries", ({ length }) => length === 2);
    const held = first.answer.headers.get("etag") ?? "";

    // 500 readers ask all the time while something changes: it is rendered once
    const renders = async () =>
      (await world.metrics.renders.get()).values.find(({ labels }) => labels.changed === "true")?.value ?? 0;
    const before = await renders();
    const stampede = (async () => {
      for (let round = 0; round < 5; round += 1)
        await Promise.all(Array.from({ length: 100 }, async () => (await get(TOPIC)).arrayBuffer()));
    })();
    await bring(daemon, publisher, 3);
    await stampede;
    await Promise.all(Array.from({ length: 500 }, async () => (await get(TOPIC)).arrayBuffer()));
    const second = await document("three entries", ({ length }) => length === 3);
    expect(await renders()).toBe(before + 1);
    expect(Date.parse(second.answer.headers.get("last-modified") ?? "")).toBeGreaterThan(
      Date.parse(first.answer.headers.get("last-modified") ?? ""),
    );

    // RFC 3229
    const part = await get(TOPIC, { "if-none-match": held, "a-im": "gzip, feed" });
    expect(part.status).toBe(226);
    expect(Object.fromEntries(part.headers)).toMatchObject({
      im: "feed",
      etag: second.answer.headers.get("etag"),
      vary: "Accept-Encoding, If-None-Match, A-IM",
      "cache-control": "no-store, im, max-age=300",
    });
    expect(idsIn(await part.text())).toEqual(ids(2));
    const others = [
      await get(TOPIC, { "if-none-match": held }),
      await get(TOPIC, { "if-none-match": '"unknown"', "a-im": "feed" }),
      await get(TOPIC, { "if-none-match": held, "a-im": "feed;q=0" }),
      await get(TOPIC, { "a-im": "feed" }),
    ];
    for (const whole of others) {
      expect(whole.status).toBe(200);
      expect(whole.headers.get("vary")).toBe("Accept-Encoding");
      expect(await whole.text()).toBe(second.text);
    }
    const same = await get(TOPIC, { "if-none-match": second.answer.headers.get("etag") ?? "", "a-im": "feed" });
    expect([same.status, same.headers.get("im")]).toEqual([304, null]);

    // RFC 5005: what has left is in the archives, and what came in a burst that was larger than the feed
    await bring(daemon, publisher, 9);
    const reached = new Set<string>();
    const third = await eventually("all nine", async () => {
      const current = await document("new entries only", (shown) => shown.every((id) => !ids(0, 1, 2).includes(id)));
      latest = previousOf(current.text) ?? "";
      for (const id of idsIn(current.text)) reached.add(id);
      for (let place: string | undefined = latest; place !== undefined; ) {
        const text = await (await get(place)).text();
        for (const id of idsIn(text)) reached.add(id);
        place = previousOf(text);
      }
      return reached.size === 9 ? current : undefined;
    });
    expect(latest).toMatch(/^\/topics\/alles\/archive\/\d\.atom$/);
    const archive = await get(latest);
    archived = await archive.text();
    expect(archive.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect([...reached].sort()).toEqual(ids(...Array(9).keys()));
    const tooEarly = await get(/rel="next-archive" href="http:\/\/ressort\.example([^"]+)"/.exec(archived)?.[1] ?? "");
    expect([tooEarly.status, tooEarly.headers.get("location")]).toEqual([302, `http://ressort.example${TOPIC}`]);
    expect((await get("/topics/alles/archive/99.atom")).status).toBe(404);

    // the same bytes as files
    const file = path.join(exportDir, TOPIC);
    await eventually("the files", () =>
      existsSync(file) && readFileSync(file, "utf8") === third.text ? true : undefined,
    );
    await eventually("the compressed files", () => {
      const texts = [gunzipSync(readFileSync(`${file}.gz`)), zstdDecompressSync(readFileSync(`${file}.zst`))];
      return texts.every((text) => text.toString() === third.text) ? true : undefined;
    });
    expect(new Date(statSync(file).mtimeMs).toUTCString()).toBe(third.answer.headers.get("last-modified"));
    await eventually("the archive's file", () => (existsSync(path.join(exportDir, latest)) ? true : undefined));
    expect(readFileSync(path.join(exportDir, latest), "utf8")).toBe(archived);
    await eventually("the list of feeds", () => (existsSync(path.join(exportDir, "opml")) ? true : undefined));

    const copy = path.join(folder.path, "copy");
    const count = await exportOnce(copy, world.documents, "<opml/>");
    expect(count).toBeGreaterThan(0);
    expect(readFileSync(path.join(copy, TOPIC), "utf8")).toBe(third.text);
    expect(gunzipSync(readFileSync(path.join(copy, "opml.gz"))).toString()).toBe("<opml/>");
    expect(zstdDecompressSync(readFileSync(path.join(copy, "opml.zst"))).toString()).toBe("<opml/>");

    // no answer waits for Redis
    const redis = Number(/process_id:(\d+)/.exec(await world.redis.info("server"))?.[1]);
    process.kill(redis, "SIGSTOP");
    try {
      const asked = [
        {},
        { "if-none-match": held, "a-im": "feed" },
        { "if-none-match": third.answer.headers.get("etag") ?? "" },
      ];
      const statuses = await Promise.all(asked.map(async (headers) => (await get(TOPIC, headers)).status));
      expect(statuses).toEqual([200, 200, 304]);
      expect((await get(latest)).status).toBe(200);
    } finally {
      process.kill(redis, "SIGCONT");
    }
  }

  // another process, the same Redis: archives never change
  await using again = await startTestDaemon(settings);
  const place = await eventually("the archive", async () => {
    const answer = await fetch(`http://127.0.0.1:${again.port}${latest}`, { redirect: "manual" });
    return answer.status === 200 ? await answer.text() : undefined;
  });
  expect(place).toBe(archived);
});

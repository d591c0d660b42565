import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** A Redis of the operator's, which the operator kills and starts again with its append-only file. */

test("while Redis is gone pages and feeds are served, readiness says so, and work resumes by itself", {
  timeout: 90_000,
}, async () => {
  using folder = temporaryFolder();
  await using publisher = await openFeedServer();
  publisher.put("/feed", rss(["Hafen meldet Rekordumschlag"]));
  const port = await freePort();
  let redis = await startRedis(port, folder.path);
  try {
    await using daemon = await startTestDaemon(
      testSettings({
        dataDir: folder.path,
        redisUrl: `redis://127.0.0.1:${port}`,
        publishers: [aPublisher("hafenblatt")],
        feeds: [aFeed("hafenblatt", "hafenblatt", publisher.url("/feed"))],
        topics: [aTopic("alles", "*")],
      }),
    );
    const site = `http://127.0.0.1:${daemon.port}`;
    await daemon.settled(1);
    const before = await eventually("the feed", async () => feedOf(site, 1));

    await stop(redis);

    const unready = await eventually("readiness says so", async () => {
      const answer = await fetch(`${site}/readyz`);
      return answer.status === 503 ? ((await answer.json()) as { readonly reasons: readonly string[] }) : undefined;
    });
    expect(unready.reasons.join()).toContain("Redis");
    expect((await fetch(`${site}/livez`)).status).toBe(200);
    expect(await feedOf(site, 1)).toEqual(before);
    for (const page of ["/", "/topics/alles", "/search?q=Hafen", "/publishers"])
      expect((await fetch(`${site}${page}`)).status, page).toBe(200);

    redis = await startRedis(port, folder.path);
    publisher.put("/feed", rss(["Sternwarte öffnet nachts", "Hafen meldet Rekordumschlag"]));
    await eventually("ready again", async () => ((await fetch(`${site}/readyz`)).ok ? true : undefined));
    await daemon.world.feeds.dueNow(daemon.world.settings.feeds[0]?.id ?? aFeed("x", "x", "").id, Date.now());
    const after = await eventually("the new item in the feed", async () => feedOf(site, 2));

    expect(after.text).toContain("Sternwarte öffnet nachts");
  } finally {
    await stop(redis);
  }
});

test("who edits while Redis is gone, or hangs, is told so, and nothing of it is done when Redis is back", {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  const port = await freePort();
  let redis = await startRedis(port, folder.path);
  try {
    await using daemon = await startTestDaemon(
      testSettings({
        ...{ dataDir: folder.path, redisUrl: `redis://127.0.0.1:${port}`, api: { tokens: { anna: "a-long-secret" } } },
        publishers: [aPublisher("hafenblatt")],
        topics: [aTopic("alles", "*")],
      }),
      ["web"],
    );
    const ask = async (method: string, path: string, body?: object) =>
      await fetch(`http://127.0.0.1:${daemon.port}/api${path}`, {
        ...{ method, signal: AbortSignal.timeout(10_000) },
        headers: { authorization: "Bearer a-long-secret", ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      });
    const edit = async (id: string, title: string) =>
      await ask("PUT", `/topics/${id}`, { title, description: "Wasser", query: "hafen*" });
    const audit = async () => (await (await ask("GET", "/audit")).json()) as { readonly entries: readonly object[] };
    expect((await edit("hafen", "Hafen")).status).toBe(201);

    // gone
    await stop(redis);
    for (const answer of [
      await edit("hafen", "Häfen"),
      await ask("DELETE", "/topics/hafen"),
      await ask("GET", "/audit"),
    ]) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(((await answer.json()) as { readonly detail: string }).detail).toContain("Redis does not answer");
    }
    redis = await startRedis(port, folder.path);
    await eventually("Redis is heard again", async () => ((await ask("GET", "/audit")).ok ? true : undefined));

    // there, and silent
    redis.kill("SIGSTOP");
    expect((await edit("hafen", "Kai")).status).toBe(503);
    redis.kill("SIGCONT");
    await eventually("an edit", async () => ((await edit("werft", "Werft")).ok ? true : undefined));

    expect((await audit()).entries).toMatchObject([{ topic: "werft" }, { topic: "hafen" }]);
    expect(await (await ask("GET", "/topics/hafen")).json()).toMatchObject({ topic: { title: "Hafen" } });
  } finally {
    redis.kill("SIGCONT");
    await stop(redis);
  }
});

async function feedOf(
  site: string,
  items: number,
): Promise<{ readonly etag: string | null; readonly text: string } | undefined> {
  const answer = await fetch(`${site}/topics/alles.rss`);
  const text = await answer.text();
  const isThere = answer.ok && (text.match(/<item>/g) ?? []).length === items;
  return isThere ? { etag: answer.headers.get("etag"), text } : undefined;
}

async function startRedis(port: number, dir: string): Promise<ChildProcess> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--appendonly", "yes", "--save", ""];
  const child = spawn("redis-server", args, { stdio: "ignore" });
  const client = new Redis(port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => 50 });
  client.on("error", () => undefined);
  await eventually("redis-server", async () => ((await client.ping().catch(() => "")) === "PONG" ? true : undefined));
  client.disconnect();
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function rss(titles: readonly string[]): string {
  const items = titles.map(
    (title) =>
      `<item><title>${title}</title><link>https://hafenblatt.example/${encodeURIComponent(title)}</link></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Hafenblatt</title><link>https://hafenblatt.example/</link>
    <description>d</description>${items.join("")}</channel></rss>`;
}

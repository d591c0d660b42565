import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { parseFeed } from "feedsmith";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import type { Placed } from "../../src/model/news.ts";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { writeConfig } from "../../workers/press/demo-config.ts";
import { DEMO_PACE, withPress } from "../../workers/press/demo-settings.ts";
import { openPress } from "../../workers/press/press.ts";
import { configFolder } from "../settings/config-folder.ts";
import { startRessort } from "../support/ressort.ts";
import { eventually, ROOT, temporaryFolder } from "../support/test-settings.ts";

const TOPIC = "gold-zinsen-boerse";

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
  readonly date_modified?: string;
  readonly _story?: { readonly others: readonly unknown[] };
}

test("within a minute the demo shows sections, topics, a folded copy and a correction", {
  timeout: 90_000,
}, async () => {
  await using press = await openPress({ now: () => Date.now() });
  using folder = temporaryFolder();
  const shipped = loadSettings(path.join(ROOT, "config"), {
    RESSORT_PORT: "0",
    RESSORT_OPS_PORT: "0",
    RESSORT_LOG_LEVEL: "silent",
  });
  if (shipped.kind === "broken") throw new Error("the shipped config is broken");
  await using daemon = await startDaemon(
    withPress(shipped.settings, press, folder.path),
    ["work", "desk", "web"],
    DEMO_PACE,
  );
  // when it says where to look
  const started = Date.now();
  const site = `http://127.0.0.1:${daemon.port}`;
  const json = async (address: string): Promise<readonly Entry[]> => {
    const answer = await fetch(site + address);
    return answer.ok ? ((await answer.json()) as { readonly items: readonly Entry[] }).items : [];
  };

  const topic = await eventually("a topic feed with ten items", async () => {
    const items = await json(`/topics/${TOPIC}.json`);
    return items.length >= 10 ? items : undefined;
  });
  const filled = await eventually("stories in five sections", async () => {
    const feeds = await Promise.all(shipped.settings.sections.map(({ id }) => json(`/sections/${id}.json`)));
    return feeds.filter((items) => items.length > 0).length >= 5 ? true : undefined;
  });
  const search = (query: string) => json(`/search.json?q=${encodeURIComponent(query)}`);
  // feeds of searches are kept for 15 s, so each look is another search; and a story may be merged in between
  let looks = 300;
  const storyOf = async (isIt: (placed: Placed) => boolean) => {
    const found = await find(daemon, isIt);
    if (found === undefined) return undefined;
    const told = await search(`title:"${firstWords(found.item.title)}" within:${looks++}d`);
    const entry = told.find(({ id }) => id === found.decision.storyIri);
    return entry && { ...entry, isLedBy: found.item.title === entry.title };
  };
  const corrected = await eventually(
    "the correction in a feed, under the id of its story",
    async () => {
      const story = await storyOf(({ item }) => item.revision > 0);
      return story?.isLedBy ? story : undefined;
    },
    50_000,
  );
  await eventually(
    "the story of a copy, with those who tell it too",
    async () => {
      const story = await storyOf(({ decision }) => decision.copyOf !== undefined);
      return (story?._story?.others.length ?? 0) >= 1 || undefined;
    },
    50_000,
  );
  const tookMs = Date.now() - started;

  expect(filled).toBe(true);
  expect(topic.some(({ _story }) => (_story?.others.length ?? 0) > 0)).toBe(true);
  for (const suffix of ["rss", "atom"]) {
    const { feed } = parseFeed(await (await fetch(`${site}/topics/${TOPIC}.${suffix}`)).text());
    expect((Object(feed).entries ?? Object(feed).items).length).toBeGreaterThanOrEqual(10);
  }
  expect(Date.parse(corrected.date_modified ?? "")).toBeGreaterThan(Date.parse(corrected.date_published));
  expect((await search(firstWords(corrected.title))).map(({ id }) => id)).toContain(corrected.id);
  expect(tookMs).toBeLessThan(60_000);
});

test("the line that the demo prints asks the demo, whatever the environment says of another Ressort", {
  timeout: 90_000,
}, async () => {
  using other = temporaryFolder();
  await using redis = await startEmbeddedRedis({ dataDir: path.join(other.path, "redis") });
  const exported = path.join(other.path, "public");
  const env = {
    ...{ RESSORT_PORT: "0", RESSORT_OPS_PORT: "0", RESSORT_LOG_LEVEL: "silent" },
    ...{ RESSORT_DATA_DIR: other.path, RESSORT_REDIS_PREFIX: "other", REDIS_URL: redis.url },
    ...{ RESSORT_EXPORT_DIR: exported, RESSORT_PUBLIC_URL: "https://blatt.example", RESSORT_HUB: "false" },
    RESSORT_API_TOKEN: "a-token-that-is-long-enough",
  };
  await using demo = startRessort(["demo"], env);
  const line = await eventually("the line", () => /^ +ask +(.*)$/m.exec(demo.output())?.[1]);
  expect(demo.output()).not.toContain("warning:");
  expect(demo.output()).toContain("the demo takes no token");
  const topics = `${/read +(http:\S+)/.exec(demo.output())?.[1]}api/topics/wasser`;
  const written = await fetch(topics, { method: "PUT", headers: { authorization: `Bearer ${env.RESSORT_API_TOKEN}` } });
  expect(await written.text()).toContain("the demo takes none");
  const paste = async (command: string): Promise<string> => {
    const { PATH = "", HOME = "" } = process.env;
    const said = await promisify(execFile)("sh", ["-c", command], { cwd: ROOT, env: { PATH, HOME, ...env } });
    return said.stdout;
  };

  const item = await eventually("a story", async () => / item (i[0-9a-f]+) /.exec(await paste(line))?.[1], 60_000);
  const why = await paste(line.replace(/topics show \S+/, `why ${item}`));

  expect(why).toContain(`item ${item}, story `);
  const [, taken = ""] = new RegExp(`^  ${/topics show (\S+)/.exec(line)?.[1]} \\((.*)\\)$`, "m").exec(why) ?? [];
  expect(taken).toMatch(/\S/);
  // the clause that took it, not the topic's whole query
  expect(taken).not.toContain(" OR ");
  demo.child.kill("SIGTERM");
  expect(await demo.ended).toMatchObject({ code: 0 });
  expect(existsSync(/--config (\S+)/.exec(line)?.[1] ?? "")).toBe(false);
  expect(existsSync(exported)).toBe(false);
  const client = new Redis(redis.url);
  expect(await client.keys("*")).toEqual([]);
  client.disconnect();
});

test("the demo is an island: of what leads out of here or in, it takes nothing from the operator's settings", async () => {
  const topics = `topics:
  - id: wind
    title: Wind
    description: Wind
    query: wind
    alerts: [{ ntfy: "https://ntfy.example/wind" }]
`;
  const ressort = `
publicUrl: https://blatt.example
http: { host: 0.0.0.0, opsHost: 0.0.0.0, trustProxies: [10.0.0.0/8] }
redis: { url: "redis://db.example" }
export: { dir: /srv/public }
websub: { subscribe: true, hub: "https://hub.example/", allowNetworks: [10.0.0.0/8] }
api: { tokens: { anna: a-long-enough-secret } }
mail: { host: smtp.example, from: blatt@blatt.example }
poll: { allowNetworks: [10.0.0.0/8], nat64Prefix: "64:ff9b::/96" }
`;
  const loaded = loadSettings(configFolder({ ressort, topics }), { RESSORT_CONTACT_URL: "http://127.0.0.1/" });
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  await using press = await openPress({ now: () => Date.now() });
  using folder = temporaryFolder();

  const { topics: told, ...demo } = withPress(loaded.settings, press, folder.path);
  const written = await writeConfig({ ...demo, topics: told }, press, configFolder({ ressort, topics }));

  expect(told.map(({ id }) => id)).toEqual(["wind"]);
  expect(JSON.stringify({ ...demo, told })).not.toMatch(/example|0\.0\.0\.0|10\.0\.0\.0|srv|anna|ff9b/);
  expect(demo.websub).toMatchObject({ subscribe: false, hub: { isOwn: true } });
  for (const name of ["ressort", "feeds", "topics"])
    expect(readFileSync(path.join(written, `${name}.yaml`), "utf8")).not.toMatch(/\.example|0\.0\.0\.0|srv|anna/);
});

/** A reader's search has few words. */
const firstWords = (title: string): string => title.replaceAll('"', " ").split(" ").slice(0, 4).join(" ");

async function find(daemon: Awaited<ReturnType<typeof startDaemon>>, isIt: (placed: Placed) => boolean) {
  for await (const batch of daemon.world.items.all()) {
    const found = batch.find(isIt);
    if (found !== undefined) return found;
  }
  return undefined;
}

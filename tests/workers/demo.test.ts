import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { parseFeed } from "feedsmith";
import { expect, test } from "vitest";
import type { Placed } from "../../src/model/news.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { startDaemon } from "../../workers/daemon.ts";
import { DEMO_PACE, withPress } from "../../workers/press/demo-settings.ts";
import { openPress } from "../../workers/press/press.ts";
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
  // feeds of searches are kept for 15 s, so each look is another search; and a story may be merged in between
  let looks = 300;
  const inSearch = async (isIt: (placed: Placed) => boolean) => {
    const found = await find(daemon, isIt);
    const query = encodeURIComponent(`title:"${found?.item.title}" within:${looks++}d`);
    const told = found === undefined ? [] : await json(`/search.json?q=${query}`);
    return told.find(({ id, title }) => id === found?.decision.storyIri && title === found.item.title);
  };
  const corrected = await eventually(
    "the correction in a feed, under the id of its story",
    () => inSearch(({ item }) => item.revision > 0),
    50_000,
  );
  await eventually(
    "the story of a copy, with those who tell it too",
    async () =>
      ((await inSearch(({ decision }) => decision.copyOf !== undefined))?._story?.others.length ?? 0) >= 1 || undefined,
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
  expect((await json(`/search.json?q=${encodeURIComponent(corrected.title)}`)).map(({ id }) => id)).toContain(
    corrected.id,
  );
  expect(tookMs).toBeLessThan(60_000);
});

test("the line that the demo prints asks the demo, whatever the environment says of another Ressort", {
  timeout: 90_000,
}, async () => {
  using other = temporaryFolder();
  const env = {
    ...{ RESSORT_PORT: "0", RESSORT_OPS_PORT: "0", RESSORT_LOG_LEVEL: "silent" },
    ...{ RESSORT_DATA_DIR: other.path, RESSORT_REDIS_PREFIX: "other" },
  };
  await using demo = startRessort(["demo"], env);
  const line = await eventually("the line", () => /^ +ask +(.*)$/m.exec(demo.output())?.[1]);
  expect(demo.output()).not.toContain("warning:");
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
});

async function find(daemon: Awaited<ReturnType<typeof startDaemon>>, isIt: (placed: Placed) => boolean) {
  for await (const batch of daemon.world.items.all()) {
    const found = batch.find(isIt);
    if (found !== undefined) return found;
  }
  return undefined;
}

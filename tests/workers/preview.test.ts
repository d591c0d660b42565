import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { configFolder } from "../settings/config-folder.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { ressort } from "../support/ressort.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** What an edited topic would have done to the last days, on the command line. */

const TOPICS = `topics:
  - { id: gold, title: Gold, description: Edelmetall, query: goldpreis* }
  - { id: wetter, title: Wetter, description: Regen, query: regen* }
`;

const item = (id: string, title: string, more: object = {}) =>
  JSON.stringify({ id, publisher: "abendblatt", language: "de", title, arrivedAt: "2026-03-10T12:00:00Z", ...more });

const ITEMS = [
  item("g", "Goldpreis auf Rekordhoch", { section: "wirtschaft" }),
  item("s", "Silberpreis zieht kräftig an", {
    arrivedAt: "2026-03-10T13:00:00Z",
    publisher: "Silber Bote",
    section: "wirtschaft",
  }),
  item("p", "Goldpreis entzweit den Bundestag", { section: "politik" }),
  item("k", "Silber für die Staffel", { section: "politik" }),
  item("old", "Goldpreis vor langer Zeit", { arrivedAt: "2026-01-01T00:00:00Z" }),
  "this is no item",
];

/** A folder with everything that a command needs; `draft` is what an editor wrote. */
function editor(draft: string, items: readonly string[] = ITEMS) {
  const config = configFolder({ topics: TOPICS });
  const [file, jsonl] = [path.join(config, "draft.yaml"), path.join(config, "items.jsonl")];
  writeFileSync(file, draft);
  writeFileSync(jsonl, `${items.join("\n")}\n`);
  return (...args: readonly string[]) =>
    ressort(["topics", "preview", file, "--config", config, "--items", jsonl, ...args], { TZ: "UTC" });
}

describe("on the items of a file", () => {
  test("names what is added, removed and just missed, with publishers, dates and the clause that decided", async () => {
    const preview = editor(
      "id: gold\ntitle: Gold\ndescription: Edelmetall\nquery: (goldpreis* OR silber*) -section:politik\n",
    );

    const { code, stdout, stderr } = await preview();

    expect(code).toBe(0);
    expect(stderr).toContain("1 lines of ");
    expect(stdout).toContain("gold: 2 stories before, 2 after; 1 unchanged, 1 added, 1 removed");
    expect(stdout).toContain("+ 2026-03-10 13:00  Silberpreis zieht kräftig an  (Silber Bote)  [silber*]");
    expect(stdout).toContain("- 2026-03-10 12:00  Goldpreis entzweit den Bundestag  (Abendblatt)  [-section:politik]");
    expect(stdout).toContain("? 2026-03-10 12:00  Silber für die Staffel  (Abendblatt)  [-section:politik]");
  });

  test("says how many were not looked at any more", async () => {
    const items = Array.from({ length: 1002 }, (_, n) =>
      item(`s${n}`, "Silber für die Staffel", { section: "politik", story: `s${n}` }),
    );

    const { stdout } = await editor(
      "id: gold\ntitle: Gold\ndescription: d\nquery: silber* -section:politik\n",
      items,
    )();

    expect(stdout).toContain("? 1000 just missed, by one clause only; decided by -section:politik (1000)\n");
    expect(stdout).toContain("\n  and 985 more\n  2 older stories were not looked at\n");
  });

  test("a whole topics.yaml tells of the topics that differ, and of those that are gone", async () => {
    const draft = `topics:
  - { id: gold, title: Gold, description: Edelmetall, query: goldpreis*, minimumPublishers: 2 }
  - { id: silber, title: Silber, description: Auch, query: silber* }
`;

    const { stdout } = await editor(draft)("--json", "--days", "300");
    const report = JSON.parse(stdout);

    expect(report).toMatchObject({ days: 300, items: 5, gone: ["wetter"] });
    expect(report.topics).toMatchObject([
      { topic: "gold", isNew: false, before: 3, after: 0, removed: { total: 3 } },
      { topic: "silber", isNew: true, before: 0, after: 2, added: { total: 2 } },
    ]);
    expect(report.topics[0].removed.decidedBy).toEqual([{ clause: "minimumPublishers: 2", stories: 3 }]);
  });

  test("says that nothing is changed", async () => {
    expect((await editor(TOPICS)()).stdout).toContain("nothing is changed");
  });

  test("says plainly that a config's own file cannot be compared with itself", async () => {
    const config = configFolder({ topics: TOPICS });
    const [own, jsonl] = [path.join(config, "topics.yaml"), path.join(config, "items.jsonl")];
    writeFileSync(jsonl, `${ITEMS.join("\n")}\n`);

    const { stdout } = await ressort(["topics", "preview", own, "--config", config, "--items", jsonl]);

    expect(stdout).toContain("cannot be compared with itself");
    expect(stdout).toContain("edit a copy");
    expect(stdout).not.toContain("nothing is changed");
  });

  test("takes a bare list, as the search page prints topics", async () => {
    const draft = "  - id: silber\n    title: Silber\n    description: Auch\n    query: silber*\n";

    const { stdout } = await editor(draft)("--json", "--days", "300");
    const wrong = await editor(`${draft}  - id: blei\n    title: Blei\n    description: d\n    query: blei AND\n`)();

    expect(JSON.parse(stdout)).toMatchObject({ gone: [], topics: [{ topic: "silber", isNew: true, after: 2 }] });
    expect(wrong.stderr).toMatch(/draft\.yaml:8:12 {2}\[1\]\.query: something is missing after "AND"/);
  });

  test("names mistakes with their place, and ends with 1", async () => {
    const { code, stderr } = await editor(
      "id: gold\ntitle: Gold\ndescription: x\nquery: gold AND\nsections: [politk]\n",
    )();

    expect(code).toBe(1);
    expect(stderr).toMatch(/draft\.yaml:5:12 {2}sections\[0\]: there is no section "politk"; write politik/);
    expect(stderr).toMatch(/draft\.yaml:4:8 {2}query: something is missing after "AND"/);
  });
});

test("on what a running Ressort has; what it was asked before stays as it was", { timeout: 60_000 }, async () => {
  // given a daemon that holds two stories, one of them in its topic
  await using publisher = await openFeedServer();
  using folder = temporaryFolder();
  const items = ["Goldpreis auf Rekordhoch", "Silberpreis zieht kräftig an"].map(
    (title, n) => `<item><title>${title}</title><link>${publisher.url(`/${n}`)}</link><guid>${n}</guid></item>`,
  );
  const channel = `<title>A</title><link>${publisher.url("/")}</link><description>A</description>${items.join("")}`;
  publisher.put("/feed", `<rss version="2.0"><channel>${channel}</channel></rss>`);
  const config = configFolder({ topics: TOPICS });
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("abendblatt", { language: "de", title: "Abendblatt" })],
    feeds: [aFeed("abendblatt", "abendblatt", publisher.url("/feed"), { language: "de" })],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(2);
  const file = path.join(config, "draft.yaml");
  writeFileSync(file, "id: gold\ntitle: Gold\ndescription: Edelmetall\nquery: goldpreis* OR silber*\n");
  const before = await daemon.world.redis.hgetall(daemon.world.keys.rules);

  // when an editor asks
  const env = { RESSORT_DATA_DIR: folder.path, RESSORT_REDIS_PREFIX: settings.redisPrefix };
  const { stdout, code } = await ressort(["topics", "preview", file, "--config", config, "--json"], env);

  // then the preview tells of them, and nothing has changed
  expect(code).toBe(0);
  expect(JSON.parse(stdout).topics).toMatchObject([
    {
      topic: "gold",
      before: 1,
      after: 2,
      added: { stories: [{ title: "Silberpreis zieht kräftig an", decidedBy: ["silber*"] }] },
    },
  ]);
  expect(await daemon.world.redis.hgetall(daemon.world.keys.rules)).toEqual(before);

  // and of the config's own file, which nobody has restarted for, that the running one goes by other rules
  const own = await ressort(["topics", "preview", path.join(config, "topics.yaml"), "--config", config], env);
  expect(own.stdout).toMatch(/running by other rules than it says of: .*gold, wetter/);
});

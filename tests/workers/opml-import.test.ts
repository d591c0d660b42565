import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readOpml } from "../../src/discover/discover.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { openOperator } from "./operator.ts";

const PATIENCE = { timeout: 60_000 };

const LIST = `<opml version="2.0" xmlns:frss="https://frss.example/opml"><body>
  <outline text="Politik"><outline type="rss" text="Elbbote" xmlUrl="https://elbbote.example/rss" htmlUrl="https://elbbote.example/" frss:priority="main"/></outline>
  <outline text="Abendblatt"><outline text="Abendblatt: Sport" xmlUrl="https://sport.example/rss"/></outline>
  <outline text="Schon da" xmlUrl="http://www.abendblatt.example/rss/"/>
  <outline text="Noch einmal" xmlUrl="https://elbbote.example/rss/"/>
  <outline text="Böse" xmlUrl="javascript:alert(1)"/>
</body></opml>`;

test(
  "an import says what became of every outline; --dry-run writes nothing; the export gives all back",
  PATIENCE,
  async () => {
    const operator = openOperator([80]);
    const file = path.join(operator.configDir, "list.opml");
    writeFileSync(file, LIST);
    const before = operator.feedsFile();

    const dry = await operator.ressort("opml", "import", file, "--dry-run");
    const unchanged = operator.feedsFile();
    const wet = await operator.ressort("opml", "import", file);
    const again = await operator.ressort("opml", "import", file);
    const out = await operator.ressort("opml", "feeds");

    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was written") });
    expect(dry.stdout).toContain("+ elbbote  new publisher elbbote, section politik  https://elbbote.example/rss");
    expect(dry.stdout).toContain("+ abendblatt-sport  publisher abendblatt  https://sport.example/rss");
    expect(unchanged).toBe(before);
    expect(wet).toMatchObject({ code: 0, stdout: expect.stringContaining("2 new feeds, 1 new publisher") });
    const added = (stdout: string) => stdout.split("\n").filter((line) => line.startsWith("    + "));
    expect(added(wet.stdout)).toEqual(added(dry.stdout));
    expect(wet.stdout).toContain("1 there already:\n    Schon da  is abendblatt");
    expect(wet.stdout).toContain('Noch einmal  is "Elbbote" once more');
    expect(wet.stdout).toContain("Böse  its address");
    expect(wet.stdout).toContain("restart");
    expect(operator.feedsFile()).toContain("# ours");
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing to add") });
    const exported = readOpml(out.stdout);
    expect(exported.kind === "read" && exported.subscriptions).toMatchObject([
      { url: "https://abendblatt.example/rss", folders: [["Abendblatt"]] },
      { url: "https://sport.example/rss", folders: [["Abendblatt"]] },
      { url: "https://elbbote.example/rss", folders: [["Politik"], []], attributes: { "frss:priority": "main" } },
    ]);
  },
);

test("a long import names the first fifty feeds and counts the rest", PATIENCE, async () => {
  const operator = openOperator([80]);
  const file = path.join(operator.configDir, "list.opml");
  const outlines = Array.from({ length: 53 }, (_, n) => `<outline text="B${n}" xmlUrl="https://b${n}.example/rss"/>`);
  writeFileSync(file, `<opml version="2.0"><body>${outlines.join("")}</body></opml>`);

  const { stdout } = await operator.ressort("opml", "import", file);

  expect(stdout.match(/^ {4}\+ /gm)).toHaveLength(50);
  expect(stdout).toContain("\n    and 3 more\n");
});

test("A-36: a list may come from the web, by the way that refuses private networks", PATIENCE, async () => {
  await using publisher = await openPublisher();
  publisher.answer("/list.opml", { body: LIST });
  const operator = openOperator([publisher.port]);

  const [good, gone, inside, page] = await Promise.all([
    operator.ressort("opml", "import", publisher.url("/list.opml"), "--dry-run"),
    operator.ressort("opml", "import", publisher.url("/gone")),
    operator.ressort("opml", "import", "http://169.254.169.254/list.opml"),
    operator.ressort("opml", "import", path.join(operator.configDir, "feeds.yaml")),
  ]);

  expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining("2 new feeds") });
  expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining("status 404") });
  expect(inside).toMatchObject({ code: 1, stderr: expect.stringContaining("blocked") });
  expect(page).toMatchObject({ code: 1, stderr: expect.stringContaining("no <outline>") });
});

import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { startRessort } from "../support/ressort.ts";
import { openOperator } from "./operator.ts";

test("topics are made, changed, renamed and removed at the command line, and the log says by whom", {
  timeout: 120_000,
}, async () => {
  const operator = openOperator([8080]);
  const { ressort, configDir } = operator;
  await using server = await startEmbeddedRedis({ dataDir: operator.dataDir });
  writeFileSync(
    path.join(configDir, "ressort.yaml"),
    `poll: { contactUrl: "https://ressort.example/bot" }\nredis: { url: "${server.url}" }\n`,
  );
  writeFileSync(
    path.join(configDir, "topics.yaml"),
    "topics: [{ id: gold, title: Gold, description: d, query: gold }, " +
      "{ id: viele, title: Viele, description: d, query: 'story.publishers>=3' }]\n",
  );
  const file = path.join(configDir, "wasser.yaml");
  writeFileSync(
    file,
    "  - id: wasser\n    title: Wasser\n    description: Flüsse und Seen\n    query: wasser OR fluss*\n",
  );

  const added = await ressort("topics", "add", file, "--by", "anna");
  expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/topics\/wasser \(nobody is at work here now/)]);
  const meant = await ressort("topics", "set", "wasser", "query=wasser ODER fluss*", "--by", "anna");
  expect(meant.stdout).toContain('hint: "ODER" is no operator here: did you mean "OR"?');
  await ressort("topics", "set", "wasser", "query=wasser OR fluss*", "--by", "anna");
  const [set, again, fixed, wrong, unknown] = [
    await ressort("topics", "set", "wasser", "size=80", 'query="gutes wasser" OR fluss*', "hold=10m", "--by", "ben"),
    await ressort("topics", "add", file),
    await ressort("topics", "remove", "gold"),
    await ressort("topics", "set", "wasser", "qery=wasser", "size=viele"),
    await ressort("topics", "set", "wasser", "foo=1"),
  ];
  expect([set.code, set.stdout]).toEqual([0, expect.stringContaining("wasser: changed")]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there is a topic "wasser" already')]);
  expect(fixed.stderr).toContain("this topic stands in topics.yaml of the config folder: edit it there");
  expect(wrong.stderr).toContain("qery: this key means nothing here; write query");
  expect(unknown.stderr).toMatch(/foo: this key means nothing here; known here: .*unlisted$/m);
  expect(unknown.stderr).not.toContain("alerts");
  expect(wrong.stderr).toContain('size: "viele" is not a number');

  expect(await ressort("topics", "log", "wasse")).toMatchObject({
    ...{ code: 1, stdout: "", stderr: expect.stringContaining('there is no topic "wasse"; did you mean wasser?') },
  });
  expect((await ressort("topics", "log", "gold")).stdout).toBe("gold: nothing was changed while Ressort ran\n");

  const renamed = await ressort("topics", "rename", "wasser", "gewaesser", "--by", "ben");
  expect(renamed.stdout).toContain("/topics/gewaesser");
  const listed = await ressort("topics", "list");
  expect(listed.stdout).toMatch(/gewaesser\.rss {2}Wasser {2}\(not in topics\.yaml\)/);
  expect(listed.stdout).toMatch(/gold\.rss {2}Gold\n/);
  expect(listed.stdout).toMatch(/^ {2}items {2}in feed\n/);
  expect(listed.stdout).toMatch(/^ {6}0 {8}- {2}\S+gold\.rss/m);
  // who tells a story is known when it is rendered: those that may be in say nothing
  expect(listed.stdout).toMatch(/^ {6}- {8}- {2}\S+viele\.rss/m);
  expect(listed.stderr).toMatch(/note: nothing is here yet and nobody is at work \(\/.*, prefix ressort\)/);
  // nobody reads on, as behind "| head"
  await using unread = startRessort(["topics", "list"], { RESSORT_CONFIG_DIR: configDir });
  unread.child.stdout?.destroy();
  expect(await unread.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining("EPIPE") });
  expect((await ressort("topics", "pin", "gewaesser", "nirgends")).stderr).toContain('there is no item "nirgends"');
  const [spike, titled, two] = [
    await ressort("topics", "spike", "gewaesser", "nirgends", "--until", "6h"),
    await ressort("topics", "set", "gewaesser", "size=90", "--title", "Gewässer"),
    await ressort("topics", "remove", "gewaesser", "gold"),
  ];
  expect([spike.code, spike.stderr]).toEqual([1, expect.stringContaining("until: spikes hold for good; leave it out")]);
  expect([titled.code, titled.stderr]).toEqual([2, expect.stringContaining("set takes neither --until nor --title")]);
  expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("say remove TOPIC")]);
  expect((await ressort("topics", "remove", "gewaesser")).code).toBe(0);

  const { stdout: log } = await ressort("topics", "log");
  const lines = log
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\d{4}-\S+Z {2}/, ""));
  expect(lines).toEqual([
    "anna (cli)  wasser  made: title Wasser, description Flüsse und Seen, query wasser OR fluss*",
    "anna (cli)  wasser  changed: query wasser OR fluss* -> wasser ODER fluss*",
    "anna (cli)  wasser  changed: query wasser ODER fluss* -> wasser OR fluss*",
    'ben (cli)  wasser  changed: query wasser OR fluss* -> "gutes wasser" OR fluss*, size 80, hold 10m',
    "ben (cli)  gewaesser  renamed: it was wasser",
    expect.stringMatching(/gewaesser {2}removed; it was title Wasser, .*hold 10m$/),
  ]);
  const { stdout: ofWasser } = await ressort("topics", "log", "wasser");
  expect(ofWasser.trim().split("\n")).toHaveLength(5);
});

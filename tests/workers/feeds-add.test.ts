import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { openPublisher, type PublisherServer } from "../support/publisher-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, testSettings } from "../support/test-settings.ts";
import { type Operator, openOperator } from "./operator.ts";

/** Every command is a process of its own, and asks at most once a second. */
const PATIENCE = { timeout: 60_000 };

let publisher: PublisherServer;
let operator: Operator;

beforeEach(async () => {
  publisher = await openPublisher();
  operator = openOperator([publisher.port]);
});
afterEach(async () => {
  await publisher[Symbol.asyncDispose]();
});

const rss = (title: string, folder: string, about = ""): string =>
  `<rss version="2.0"><channel><title>${title}</title><language>de</language>${about}${Array.from(
    { length: 6 },
    (_, n) =>
      `<item><title>${title}, Meldung ${n}</title><link>/${folder}/${n}.html</link>
       <pubDate>Tue, 20 Jan 2026 0${9 - n}:00:00 GMT</pubDate><description>Kurz.</description></item>`,
  ).join("")}</channel></rss>`;

function openElbbote(): void {
  publisher.answer("/", {
    headers: { "content-type": "text/html" },
    body: `<!doctype html><title>Start</title><meta property="og:site_name" content="Elbbote">
      <link rel="alternate" type="application/rss+xml" href="/alles.rss">
      <link rel="alternate" type="application/rss+xml" href="/politik.rss">`,
  });
  publisher.answer("/alles.rss", { body: rss("Elbbote", "alles", "<ttl>45</ttl>") });
  publisher.answer("/politik.rss", { body: rss("Elbbote: Politik", "politik") });
}

describe("feeds add", () => {
  test("shows what a page has, with samples, and asks which is meant before anything is added", PATIENCE, async () => {
    openElbbote();
    const before = operator.feedsFile();

    const { code, stdout } = await operator.ressort("feeds", "add", publisher.url("/"));

    expect(code).toBe(2);
    expect(stdout).toContain(" 1  Elbbote\n");
    expect(stdout).toContain(`${publisher.url("/politik.rss")}  (declared by the page)`);
    expect(stdout).toMatch(/rss, 6 items, newest 2026-01-20T09:00:00.000Z \(.* ago\), about 24 a day, de, teasers/);
    expect(stdout).toContain("asks for 45 min between polls");
    expect(stdout).toContain("- 2026-01-20 09:00  Elbbote: Politik, Meldung 0");
    expect(stdout).toContain("--pick N, N from 1 to 2");
    expect(operator.feedsFile()).toBe(before);
  });

  test("adds the one that is picked, says where and what comes next, and knows it afterwards", PATIENCE, async () => {
    openElbbote();
    const before = operator.feedsFile();

    const added = await operator.ressort("feeds", "add", publisher.url("/"), "--pick", "2", "--section", "politik");
    const again = await operator.ressort("feeds", "add", publisher.url("/politik.rss/"));

    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining("Added to") });
    expect(added.stdout).toContain("restart");
    expect(operator.feedsFile().startsWith(before)).toBe(true);
    expect(parse(operator.feedsFile()).publishers[1]).toEqual({
      id: "elbbote",
      title: "Elbbote",
      homeUrl: publisher.url("/"),
      language: "de",
      feeds: [{ id: "elbbote", url: publisher.url("/politik.rss"), title: "Elbbote: Politik", section: "politik" }],
    });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("there already as elbbote") });
    expect(publisher.requests).toHaveLength(3);
  });

  test(
    "takes a feed's own address, a publisher's name and a title, and --dry-run writes nothing",
    PATIENCE,
    async () => {
      openElbbote();
      const before = operator.feedsFile();
      const args = [
        "feeds",
        "add",
        publisher.url("/politik.rss"),
        "--publisher",
        "abendblatt",
        "--title",
        "P",
      ] as const;

      const dry = await operator.ressort(...args, "--dry-run");
      const unchanged = operator.feedsFile();
      const wet = await operator.ressort(...args);

      expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was written") });
      expect(dry.stdout).toContain("add --section politik");
      expect(unchanged).toBe(before);
      expect(wet.code).toBe(0);
      expect(parse(operator.feedsFile()).publishers[0].feeds[1]).toEqual({
        id: "abendblatt-p",
        url: publisher.url("/politik.rss"),
        title: "P",
        language: "de",
      });
      expect(operator.feedsFile()).toContain("- id: abendblatt # the oldest");
    },
  );

  test("notices by its items that a feed is there at another address", PATIENCE, async () => {
    openElbbote();
    const settings = testSettings({
      dataDir: operator.dataDir,
      publishers: [aPublisher("elbe")],
      feeds: [aFeed("elbe", "elbe", publisher.url("/alles.rss"))],
    });
    {
      await using daemon = await startTestDaemon(settings, ["work", "desk"]);
      await daemon.settled(6);
    }
    publisher.answer("/copy.rss", { body: rss("Elbbote heute", "alles") });
    writeFileSync(
      path.join(operator.configDir, "feeds.yaml"),
      operator
        .feedsFile()
        .replace("https://abendblatt.example/rss", publisher.url("/alles.rss"))
        .replaceAll("abendblatt", "elbe"),
    );

    const refused = await operator.ressort("feeds", "add", publisher.url("/copy.rss"));
    const forced = await operator.ressort("feeds", "add", publisher.url("/copy.rss"), "--anyway");

    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("6 of its 6 items came with the feed elbe"),
    });
    expect(refused.stderr).toContain("--anyway");
    expect(forced).toMatchObject({ code: 0, stdout: expect.stringContaining("Note: 6 of its 6") });
  });

  test("names what is wrong with what it was told, and the way out", PATIENCE, async () => {
    publisher.answer("/leer", { headers: { "content-type": "text/html" }, body: "<!doctype html><p>x" });
    const [section, address, pick, nothing, away] = await Promise.all([
      operator.ressort("feeds", "add", publisher.url("/"), "--section", "politk"),
      operator.ressort("feeds", "add", "javascript:alert(1)"),
      operator.ressort("feeds", "add"),
      operator.ressort("feeds", "add", publisher.url("/leer")),
      operator.ressort("feeds", "add", publisher.url("/away")),
    ]);

    expect(section).toMatchObject({ code: 2, stderr: expect.stringContaining("is it politik?") });
    expect(address).toMatchObject({ code: 2, stderr: expect.stringContaining("is no http(s) address") });
    expect(pick).toMatchObject({ code: 2, stderr: expect.stringContaining("add URL") });
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("no feed was found") });
    expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining("status 404") });
  });

  test(
    "changes nothing where the settings would break, and prints what to add where it may not write",
    PATIENCE,
    async () => {
      openElbbote();
      const topics = path.join(operator.configDir, "topics.yaml");
      writeFileSync(topics, "topics:\n  - { id: x, title: X, description: X, query: 'a AND (' }\n");
      const broken = await operator.ressort("feeds", "add", publisher.url("/politik.rss"));
      writeFileSync(topics, "topics: []\n");
      chmodSync(operator.configDir, 0o500);
      const readOnly = await operator.ressort("feeds", "add", publisher.url("/politik.rss"));
      chmodSync(operator.configDir, 0o700);

      expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining("topics.yaml") });
      expect(readFileSync(path.join(operator.configDir, "feeds.yaml"), "utf8")).toContain("abendblatt");
      // root may write everywhere
      if (process.getuid?.() === 0) expect(readOnly.code).toBe(0);
      else
        expect(readOnly).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`url: ${publisher.url("/politik.rss")}`),
        });
    },
  );
});

import path from "node:path";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { loadSettings, printable, readSections, SettingsError, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

type Load = Parameters<typeof loadSettings>;

function settingsOf(...load: Load) {
  const loaded = loadSettings(...load);
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  return loaded;
}

function problemsOf(...load: Load) {
  const loaded = loadSettings(...load);
  return loaded.kind === "broken" ? loaded.problems : [];
}

/** "feeds.yaml:7:14 publishers[0].feeds[0].url" */
const places = (...load: Load): readonly string[] =>
  problemsOf(...load).map(({ file, line, column, path: at }) => `${path.basename(file)}:${line}:${column} ${at}`);

describe("good settings", () => {
  test("everything that ressort.yaml leaves out has a default", () => {
    const { settings } = settingsOf(configFolder({ ressort: "" }), {});

    expect(settings).toMatchObject({
      publicUrl: "http://localhost:8080",
      title: "Ressort",
      language: "de",
      http: { host: "127.0.0.1", port: 8080, opsHost: "127.0.0.1", opsPort: 9464 },
      redisPrefix: "ressort",
      dataDir: "data",
      poll: {
        minInterval: 15 * MINUTE,
        maxInterval: 24 * HOUR,
        perHostGap: SECOND,
        concurrency: 50,
        perHostConcurrency: 2,
      },
      retention: { items: 30 * DAY, maxItems: 100_000 },
      logLevel: "info",
    });
    expect(settings).not.toHaveProperty("redisUrl");
  });

  test("the user agent names the program, its version and where to complain", () => {
    const { settings } = settingsOf(configFolder({ ressort: "poll: { contactUrl: https://blatt.example/bot }" }), {});

    expect(settings.poll.userAgent).toMatch(/^Ressort\/\d+\.\d+\.\d+ \(\+https:\/\/blatt\.example\/bot\)$/);
  });

  test("a feed knows its publisher and speaks its publisher's language unless it says otherwise", () => {
    const feeds = `publishers:
  - id: welle
    title: Welle
    language: DE
    feeds:
      - { id: welle, url: "https://welle.example/de" }
      - { id: welle-en, url: "https://welle.example/en", language: en, minInterval: 2h }
`;

    const { settings } = settingsOf(configFolder({ feeds }), {});

    expect(settings.publishers).toEqual([{ id: "welle", title: "Welle", language: "de", rank: 50 }]);
    expect(settings.feeds).toEqual([
      { id: "welle", url: "https://welle.example/de", publisher: "welle", language: "de", fullContent: false },
      {
        id: "welle-en",
        url: "https://welle.example/en",
        publisher: "welle",
        language: "en",
        minInterval: 2 * HOUR,
        fullContent: false,
      },
    ]);
  });

  test("a topic needs an id, a title, a description and a query", () => {
    const topics = "topics: [{ id: energie, title: Energie, description: Strom und Gas, query: strom* }]";

    const { settings } = settingsOf(configFolder({ topics }), {});

    expect(settings.topics).toEqual([
      {
        id: "energie",
        title: "Energie",
        description: "Strom und Gas",
        language: "de",
        query: "strom*",
        size: 50,
        window: 7 * DAY,
        oneEntryAStory: true,
        minimumPublishers: 1,
        ranks: {},
      },
    ]);
  });

  test("nobody can change settings once they are read", () => {
    const { settings } = settingsOf(configFolder(), {});

    expect(() => Object.assign(settings.poll, { concurrency: 1 })).toThrow(TypeError);
    expect(() => Object.assign(settings.feeds[0] ?? {}, { url: "" })).toThrow(TypeError);
  });

  test("what is printed shows no password", () => {
    const { settings } = settingsOf(configFolder(), { REDIS_URL: "redis://me:geheim@db.example:6379/2" });

    expect(JSON.stringify(printable(settings))).not.toContain("geheim");
    expect(printable(settings).redisUrl).toBe("redis://me:***@db.example:6379/2");
    expect(settings.redisUrl).toContain("geheim");
  });
});

describe("broken settings", () => {
  test("every error of all four files is named at once, each with its line", () => {
    const folder = configFolder({
      ressort: "titel: Blatt\nhttp:\n  port: 80a\npoll:\n  minInterval: 15x\nlogLevel: loud\n",
      feeds: `publishers:
  - id: abendblatt
    title: Abendblatt
    feeds:
      - id: abendblatt
        url: htp://x
        section: plitik
  - id: Abendblatt!
    title: ""
    rank: 0
    feeds:
      - id: abendblatt
        url: https://abendblatt.example/rss
      - id: zweites
        url: http://abendblatt.example/rss#oben
        min_interval: 2h
`,
      sections: "sections:\n  - id: politik\n    titles: { de: Politik }\n    mediaTopics: [04000000]\n",
      topics: `topics:
  - id: politik
    title: Politik
    description: Alles
    query: "(offen"
    ranks: { abendblat: 1 }
`,
    });
    const checkQuery = (text: string) =>
      text.includes(")") ? undefined : { message: "this bracket is never closed", at: text.indexOf("(") };

    const found = places(folder, {}, checkQuery);

    expect(found).toEqual([
      "ressort.yaml:1:1 titel",
      "ressort.yaml:3:9 http.port",
      "ressort.yaml:5:16 poll.minInterval",
      "ressort.yaml:6:11 logLevel",
      "feeds.yaml:6:14 publishers[0].feeds[0].url",
      "feeds.yaml:7:18 publishers[0].feeds[0].section",
      "feeds.yaml:8:9 publishers[1].id",
      "feeds.yaml:9:12 publishers[1].title",
      "feeds.yaml:10:11 publishers[1].rank",
      "feeds.yaml:12:13 publishers[1].feeds[0].id",
      "feeds.yaml:15:14 publishers[1].feeds[1].url",
      "feeds.yaml:16:9 publishers[1].feeds[1].min_interval",
      "sections.yaml:4:19 sections[0].mediaTopics[0]",
      "topics.yaml:2:9 topics[0].id",
      "topics.yaml:5:12 topics[0].query",
      "topics.yaml:6:25 topics[0].ranks.abendblat",
    ]);
  });

  test.each([
    ["ressort", "titel: Blatt", "titel: this key means nothing here; write title"],
    [
      "ressort",
      "poll: { minInterval: 15x }",
      'poll.minInterval: "15x" is no length of time; use a whole number above 0 and s, m, h, d or w: 90s, 15m, 2h, 7d',
    ],
    ["ressort", "poll: { minInterval: 15 }", 'poll.minInterval: 15 is not a text; put it in quotes: "15"'],
    [
      "ressort",
      "logLevel: debgu",
      'logLevel: "debgu" is none of trace, debug, info, warn, error, fatal, silent; write debug',
    ],
    ["ressort", "http: 8080", "http: 8080 is not keys with values (lines of the form key: value)"],
    ["ressort", "http: { port: 70000 }", "http.port: 70000 is too large; use 65535 or less"],
    ["ressort", "poll: { allowNetworks: [10.0.0.0] }", 'poll.allowNetworks[0]: "10.0.0.0" is no network; use CIDR'],
    ["ressort", "poll: { minInterval: 2d }", "poll.minInterval: 2 d is longer than maxInterval, 24 h"],
    [
      "ressort",
      "poll: { contactUrl: 'https://me:pw@x.example' }",
      'poll.contactUrl: "https://…@x.example" is no http(s) URL; write https://…, without blanks, user name or password',
    ],
    ["feeds", "publishers: []", "publishers: the list is empty; add at least one"],
    [
      "feeds",
      "publishers:\n  - { id: a, feeds: [{ id: b }] }",
      "publishers[0].feeds[0].url: is missing; add it: a text",
    ],
    [
      "sections",
      "sections: [{ id: a, titles: { de: A }, mediaTopics: [04000000] }]",
      'mediaTopics[0]: 04000000 is not a text; put it in quotes: "04000000"',
    ],
    ["topics", "topics:\n  - id: a\n   title: b", "topics.yaml:3:1  this is no YAML: "],
    ["topics", "topics: []\ntopics: []", "Map keys must be unique; keep one of the two"],
    [
      "topics",
      "topics: [{ id: a, title: A, description: A, query: a, ranks: { A!: 1 } }]",
      'topics[0].ranks.A!: "A!" is no id; use a-z',
    ],
  ] as const)("%s.yaml with %j says what is wrong and what would be right", (name, text, words) => {
    const problems = problemsOf(configFolder({ [name]: text }), {});

    expect(showProblems(problems)).toContain(words);
  });

  test("a file that is not there is named, and does not hide the errors of the others", () => {
    const folder = configFolder({ topics: undefined, ressort: "title: 3" });

    expect(showProblems(problemsOf(folder, {}))).toBe(
      `${folder}/ressort.yaml:1:8  title: 3 is not a text; put it in quotes: "3"\n` +
        `${folder}/topics.yaml  the file is not there; take the one that Ressort ships with, and edit it`,
    );
  });

  test("a file of sections that cannot be read does not make every section unknown", () => {
    const feeds =
      "publishers:\n  - { id: a, title: A, feeds: [{ id: a, url: 'https://a.example', section: politik }] }";

    expect(places(configFolder({ feeds, sections: "sections: [" }), {})).toEqual(["sections.yaml:1:12 "]);
  });

  test("readSections gives the sections alone, or throws all that is wrong with them", () => {
    expect(readSections(configFolder({ feeds: "broken: [" })).map(({ id }) => id)).toEqual(["politik"]);

    const broken = configFolder({ sections: "sections:\n  - { id: A, titels: {} }" });
    expect(() => readSections(broken)).toThrow(SettingsError);
    expect(() => readSections(broken)).toThrow(/sections\[0\]\.titels.*write titles/);
  });
});

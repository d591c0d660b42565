import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Enrolment } from "../../src/model/enrolment.ts";
import { publisherId } from "../../src/model/ids.ts";
import { addFeeds, loadSettings, readFeedsFile, writeFeedsFile } from "../../src/settings/settings.ts";
import { aFeed, ROOT } from "../support/test-settings.ts";
import { configFolder } from "./config-folder.ts";

const ofKnown = (publisher: string, id: string): Enrolment => ({
  feed: aFeed(id, publisher, `https://${publisher}.example/${id}`, { title: `Neu: "${id}" # 1` }),
});
const ofNew = (publisher: string): Enrolment => ({
  ...ofKnown(publisher, publisher),
  newPublisher: { id: publisherId(publisher), title: "Neues Blatt", homeUrl: `https://${publisher}.example/` },
});

describe("adding feeds to feeds.yaml", () => {
  test("leaves every line that is there as it is, comments and order included", () => {
    const shipped = readFileSync(path.join(ROOT, "config", "feeds.yaml"), "utf8");

    const text = addFeeds(shipped, [ofKnown("heise", "heise-neu"), ofNew("neublatt"), ofKnown("sportschau", "s2")]);

    const lines = text.split("\n");
    const left = shipped.split("\n").filter((line) => line === lines.shift() || skipTo(line, lines));
    expect(left).toEqual(shipped.split("\n"));
    expect(parse(text).publishers).toHaveLength(parse(shipped).publishers.length + 1);
  });

  test("puts a feed behind the last one of its publisher, before the comment on the next", () => {
    const text = `publishers: # ours
  - id: a
    feeds:
      - id: a1 # first
        url: https://a.example/1   # as it was

  # the others
  - id: b
    feeds:
    - {id: b1, url: https://b.example/1}
`;

    expect(addFeeds(text, [ofKnown("a", "a2"), ofKnown("b", "b2")])).toBe(`publishers: # ours
  - id: a
    feeds:
      - id: a1 # first
        url: https://a.example/1   # as it was
      - id: a2
        url: https://a.example/a2
        title: 'Neu: "a2" # 1'

  # the others
  - id: b
    feeds:
    - {id: b1, url: https://b.example/1}
    - id: b2
      url: https://b.example/b2
      title: 'Neu: "b2" # 1'
`);
  });

  test.each([
    ["lists in brackets", "publishers: [{id: a, feeds: [{id: a1, url: https://a.example/1}]}] # all\n"],
    [
      "a dash alone in its line",
      "publishers:\n  -\n    id: a\n    feeds:\n      -\n        id: a1\n        url: https://a.example/1\n",
    ],
    [
      "no line break at the end",
      "publishers:\n  - id: a\n    feeds:\n      - id: a1\n        url: https://a.example/1",
    ],
    [
      "line breaks of Windows",
      "publishers:\r\n  - id: a\r\n    feeds:\r\n      - id: a1\r\n        url: https://a.example/1\r\n",
    ],
    [
      "a text of several lines at the end",
      "publishers:\n  - id: a\n    feeds:\n      - id: a1\n        url: >-\n          https://a.example/1\n\n\n# end\n",
    ],
  ])("knows %s", (_, text) => {
    const after = addFeeds(text, [ofKnown("a", "a2"), ofNew("b")]);

    expect(parse(after).publishers).toMatchObject([
      {
        id: "a",
        feeds: [
          { id: "a1", url: "https://a.example/1" },
          { id: "a2", title: 'Neu: "a2" # 1' },
        ],
      },
      { id: "b", title: "Neues Blatt", feeds: [{ id: "b" }] },
    ]);
    expect(after.split("\r\n").length - 1).toBe(text.includes("\r\n") ? after.split("\n").length - 1 : 0);
    for (const comment of text.match(/#.*/g) ?? []) expect(after).toContain(comment);
  });

  test.each(["", "# nothing yet\n", "publishers: []\n"])("begins the list where there is none: %j", (text) => {
    expect(parse(addFeeds(text, [ofNew("b")])).publishers).toMatchObject([{ id: "b", feeds: [{ id: "b" }] }]);
  });
});

describe("writing feeds.yaml", () => {
  test("keeps its mode and follows a link, and nothing is left beside it", () => {
    const folder = configFolder();
    const file = path.join(folder, "feeds.yaml");
    chmodSync(file, 0o640);
    renameSync(file, path.join(folder, "elsewhere.yaml"));
    symlinkSync("elsewhere.yaml", file);

    writeFeedsFile(folder, readFeedsFile(folder), "publishers: []\n");

    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFeedsFile(folder)).toBe("publishers: []\n");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("refuses where somebody has changed it meanwhile", () => {
    const folder = configFolder();
    const before = readFeedsFile(folder);
    writeFileSync(path.join(folder, "feeds.yaml"), `${before}# mine\n`);

    expect(() => writeFeedsFile(folder, before, "")).toThrow("changed");
    expect(readFeedsFile(folder)).toContain("# mine");
  });

  test("can be tried out before: a draft is checked in the file's place", () => {
    const folder = configFolder();

    const loaded = loadSettings(folder, {}, undefined, { feeds: "publishers: []\n" });

    expect(loaded).toMatchObject({ kind: "broken", problems: [{ file: path.join(folder, "feeds.yaml") }] });
    expect(loadSettings(folder, {}).kind).toBe("settings");
  });
});

/** Is the line further down? What stands before it was added. */
function skipTo(line: string, rest: string[]): boolean {
  const at = rest.indexOf(line);
  if (at < 0) return false;
  rest.splice(0, at + 1);
  return true;
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/query/query.ts";
import { jsonSchema, loadSettings, readSections, showProblems } from "../../src/settings/settings.ts";
import { ROOT } from "../support/test-settings.ts";

const configDir = path.join(ROOT, "config");
const FILES = ["ressort", "feeds", "sections", "topics"] as const;

/** The settings as a fresh clone has them. */
function shipped() {
  const loaded = loadSettings(configDir, {}, (text) => {
    const parsed = parseQuery(text);
    return parsed.kind === "bad" ? parsed : undefined;
  });
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  return loaded.settings;
}

describe("the settings that Ressort ships with", () => {
  test("load without a problem, and every topic's query is a good one", () => {
    const { feeds, publishers, topics } = shipped();

    expect(feeds.length).toBeGreaterThanOrEqual(36);
    expect(publishers.length).toBeGreaterThanOrEqual(22);
    expect(topics).toHaveLength(8);
  });

  test("have the twelve sections of the front page, in its order", () => {
    const order =
      "politik wirtschaft finanzen technologie wissen panorama sport kultur unterhaltung leben regional meinung";

    expect(readSections(configDir).map(({ id }) => id)).toEqual(order.split(" "));
  });

  test("poll only over https, and republish no full text", () => {
    const { feeds } = shipped();

    expect(feeds.filter(({ url }) => !url.startsWith("https://"))).toEqual([]);
    expect(feeds.filter(({ fullContent }) => fullContent)).toEqual([]);
  });

  test("name in docs/feeds.md where each feed's address was seen", () => {
    const rows = readFileSync(path.join(ROOT, "docs", "feeds.md"), "utf8").split("\n");

    const unnamed = shipped().feeds.filter(
      ({ id, url }) => !rows.some((row) => row.startsWith(`| \`${id}\` | \`${url}\` | `)),
    );

    expect(unnamed).toEqual([]);
  });

  test("speak in the order public broadcasters, newsrooms, portals", () => {
    const rankOf = (id: string) => shipped().publishers.find((publisher) => publisher.id === id)?.rank ?? Number.NaN;

    expect(rankOf("tagesschau")).toBeLessThan(rankOf("spiegel"));
    expect(rankOf("spiegel")).toBeLessThan(rankOf("t-online"));
  });
});

describe("config/ressort.yaml", () => {
  const text = readFileSync(path.join(configDir, "ressort.yaml"), "utf8");

  test("names every setting that there is, below the group that it belongs to", () => {
    const named = new Set<string>();
    let group = "";
    for (const [, indent = "", key = "", rest = ""] of text.matchAll(/^#?( +)(\w+):(.*)$/gm)) {
      if (indent === " ") group = key;
      const place = indent === " " ? key : `${group}.${key}`;
      named.add(place);
      for (const [, inner] of rest.matchAll(/(?<=[{,]) (\w+):/g)) named.add(`${place}.${inner}`);
    }

    expect(keysOf(jsonSchema("ressort")).filter((key) => !named.has(key))).toEqual([]);
  });

  test("names every variable of the environment", () => {
    const source = readFileSync(path.join(ROOT, "src", "settings", "environment.ts"), "utf8");
    const variables = [...source.matchAll(/\{ name: "(\w+)"/g)].map(([, name = ""]) => name);

    expect(variables.length).toBeGreaterThan(30);
    expect(variables.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

/** "http.limits.searches" */
function keysOf(schema: unknown, before = ""): readonly string[] {
  const { properties = {} } = Object(schema) as { readonly properties?: Readonly<Record<string, unknown>> };
  return Object.entries(properties).flatMap(([key, inner]) => {
    const place = `${before}${key}`;
    return [place, ...keysOf(inner, `${place}.`)];
  });
}

describe("for editors that complete YAML", () => {
  test.each(FILES)("config/schema/%s.schema.json is what the program checks", async (name) => {
    const schema = `${JSON.stringify(jsonSchema(name), null, 2)}\n`;

    await expect(schema).toMatchFileSnapshot(path.join(configDir, "schema", `${name}.schema.json`));
  });

  test.each(FILES)("config/%s.yaml names its schema in the first line", (name) => {
    const [first] = readFileSync(path.join(configDir, `${name}.yaml`), "utf8").split("\n");

    expect(first).toBe(`# yaml-language-server: $schema=./schema/${name}.schema.json`);
  });
});

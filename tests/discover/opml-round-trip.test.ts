import { rmSync } from "node:fs";
import { escapeUTF8 } from "entities";
import fc from "fast-check";
import { expect, test } from "vitest";
import { enlist, readOpml, type Subscription } from "../../src/discover/discover.ts";
import { subscriptionAttributes, subscriptionsOpml } from "../../src/publish/publish.ts";
import { addFeeds, loadSettings, readFeedsFile, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "../settings/config-folder.ts";

/** Names that somebody may give a folder or a feed, those that YAML and XML take for something else among them. */
const name = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    "Politik",
    "Abendblatt",
    "no",
    "null",
    "- a: b",
    "# x",
    "{}",
    "1e3",
    "'",
    '"<&>"',
    "a: b #c",
    "Ü\u0085\u2028x",
  ),
);
const host = fc.constantFrom(
  "abendblatt.example",
  "elbbote.example",
  "feeds.elbbote.example",
  "isar.example",
  "a.co.uk",
);

interface ListedFeed {
  readonly host: string;
  readonly path: string;
  readonly text?: string | undefined;
  readonly title?: string | undefined;
  readonly more: Readonly<Record<string, string>>;
}
type Node = ListedFeed | { readonly folder: string; readonly content: readonly Node[] };

const feed: fc.Arbitrary<Node> = fc.record({
  host,
  path: fc.webPath(),
  text: fc.option(name, { nil: undefined }),
  title: fc.option(name, { nil: undefined }),
  more: fc.dictionary(
    fc.constantFrom("htmlUrl", "language", "category", "description", "version", "type", "x-own", "frss:priority"),
    fc.oneof(name, fc.constantFrom("https://elbbote.example/", "de", "de-AT", "/politik", "/a,b", "rss", "atom")),
  ),
});
const { list } = fc.letrec<{ list: readonly Node[]; node: Node }>((tie) => ({
  list: fc.array(tie("node"), { maxLength: 6 }),
  node: fc.oneof({ maxDepth: 4 }, feed, fc.record({ folder: name, content: tie("list") })),
}));

function written(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if ("folder" in node) return `<outline text="${xml(node.folder)}">${written(node.content)}</outline>`;
      const { more, text, title } = node;
      const said = Object.entries({ ...more, text, title, xmlUrl: `https://${node.host}${node.path}` });
      return `<outline ${said.map(([key, value]) => (value === undefined ? "" : `${key}="${xml(value)}"`)).join(" ")}/>`;
    })
    .join("\n");
}

const xml = (text: string): string => escapeUTF8(text.toWellFormed());
const opmlOf = (nodes: readonly Node[]): string =>
  `<opml version="2.0" xmlns:frss="https://frss.example/"><body>${written(nodes)}</body></opml>`;

function subscriptionsOf(opml: string): readonly Subscription[] {
  const reading = readOpml(opml);
  return reading.kind === "read" ? reading.subscriptions : [];
}

/** What `opml feeds` says after `opml import` into a folder of config/ with one feed, that feed left out. */
function importedAndExported(opml: string): readonly Subscription[] {
  const folder = configFolder();
  const load = (feeds?: string) => {
    const loaded = loadSettings(folder, {}, undefined, feeds === undefined ? {} : { feeds });
    if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
    return loaded.settings;
  };
  const before = load();
  const { enrolments } = enlist(subscriptionsOf(opml), before, subscriptionAttributes);
  const after = load(addFeeds(readFeedsFile(folder), enrolments));
  rmSync(folder, { recursive: true });
  return subscriptionsOf(subscriptionsOpml(after)).filter(({ url }) => url !== before.feeds[0]?.url);
}

const byUrl = (subscriptions: readonly Subscription[]) =>
  subscriptions
    .map((one) => ({ ...one, folders: one.folders.map((path) => path.join(" / ")).toSorted() }))
    .toSorted((one, other) => (one.url < other.url ? -1 : 1));

test("B-20: what was imported is exported: every feed in its folders with all its attributes, and nothing else", () => {
  let feeds = 0;
  fc.assert(
    fc.property(list, (nodes) => {
      const imported = byUrl(subscriptionsOf(opmlOf(nodes)));

      const exported = byUrl(importedAndExported(opmlOf(nodes)));

      feeds += imported.length;
      expect(exported.map(({ url, folders }) => ({ url, folders }))).toEqual(
        imported.map(({ url, folders }) => ({ url, folders })),
      );
      for (const [n, { attributes }] of imported.entries()) expect(exported[n]?.attributes).toMatchObject(attributes);
    }),
    { numRuns: 150 },
  );
  expect(feeds).toBeGreaterThan(150);
});

test("a list of ours imported elsewhere and exported there is the same list", () => {
  const nodes: readonly Node[] = [
    { folder: "Presse", content: [{ host: "isar.example", path: "/rss", text: "Isar", more: {} }] },
    { host: "elbbote.example", path: "/rss", title: "Elbe", more: { "frss:priority": "main" } },
  ];
  const once = importedAndExported(opmlOf(nodes));

  const said = once.map(({ url, attributes, folders }) => {
    const [folder = []] = folders;
    const outline = `<outline ${Object.entries(attributes)
      .map(([key, value]) => `${key}="${xml(value)}"`)
      .join(" ")}/>`;
    return {
      url,
      opml: folder.reduceRight((inner, text) => `<outline text="${xml(text)}">${inner}</outline>`, outline),
    };
  });
  const twice = importedAndExported(`<opml><body>${said.map(({ opml }) => opml).join("")}</body></opml>`);

  expect(byUrl(twice)).toEqual(byUrl(once));
});

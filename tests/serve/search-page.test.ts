import { decodeHTML } from "entities";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedId, itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { checkQuery } from "../../src/road.ts";
import { readTopicsDraft } from "../../src/settings/settings.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { type Served, served } from "./served.ts";

let server: Served;

beforeAll(async () => {
  server = await served(await exampleView({}, [...daysAgo(2), ...daysAgo(1), ...exampleItems()]));
});
afterAll(async () => server[Symbol.asyncDispose]());

/** The example day once more, earlier. */
const daysAgo = (days: number): readonly Placed[] =>
  exampleItems().map(({ item, decision }) => {
    const id = itemId(`${item.id}-${days}`);
    const story = storyId(`${decision.story}-${days}`);
    const arrivedAt = item.arrivedAt - days * DAY;
    return {
      item: { ...item, id, iri: `${item.iri}/${days}`, permalink: `${item.permalink}?${days}`, arrivedAt },
      decision: { ...decision, item: id, story },
    };
  });

const textOf = async (path: string): Promise<string> => (await server.get(path)).text;
const linksIn = (html: string, block: RegExp): readonly string[] =>
  [...(block.exec(html)?.[0] ?? "").matchAll(/href="([^"]*)"/g)].map(([, href]) =>
    (href ?? "").replaceAll("&amp;", "&"),
  );
const titlesIn = (html: string): readonly string[] =>
  [...html.matchAll(/<h3><a href="([^"]*)"/g)].map(([, to]) => to ?? "");

describe("a hit", () => {
  test("shows the words that matched, in kicker, title and teaser", async () => {
    const text = await textOf("/search?q=niederhafen");

    expect(text).toContain("<mark>Niederhafen</mark> gegen Elbstadt vor ausverkauftem Haus");
    expect(text).toContain("Seit neun Jahren hat <mark>Niederhafen</mark> dieses Spiel");
    expect(await textOf("/search?q=derby")).toContain('<span class="kicker"><mark>Derby</mark>');
  });

  test("that came by two feeds of its publisher stands once, and says that it is counted twice", async () => {
    const [first] = exampleItems();
    if (first === undefined) throw new Error("no items");
    const again: Placed = { ...first, item: { ...first.item, id: itemId("again"), feed: feedId("zweiter-feed") } };
    await using both = await served(await exampleView({}, [first, again]));

    const { text } = await both.get("/search?q=*");

    expect(text).toContain("2 Treffer");
    expect(titlesIn(text)).toHaveLength(1);
    expect(text).toContain("Auf dieser Seite stehen sie auf 1 Karte: Treffer unter derselben Adresse stehen zusammen");
    expect(text).toMatch(
      /1 weiterer Treffer unter derselben Adresse: <a href="\/items\/[^"]+">(?:Politik|Nordblatt: Alles)<\/a>/,
    );
    expect(text).not.toContain("zweiter-feed");
  });

  test("of a feed is not marked", async () => {
    for (const format of ["rss", "atom", "json"])
      expect(await textOf(`/search.${format}?q=niederhafen`)).not.toMatch(/mark>|&lt;mark/);
  });
});

describe("narrowing down", () => {
  test("leads by a link to fewer hits, and by another back; the order stays", async () => {
    const all = await textOf("/search?q=niederhafen&order=newest");
    const sport = linksIn(all, /<aside class="facets"[\s\S]*?<\/aside>/).find((link) => link.includes("section"));
    const narrow = await textOf(sport ?? "");
    const [back = ""] = linksIn(narrow, /<p class="filters">[\s\S]*?<\/p>/);

    expect(all).toContain("15 Treffer");
    expect(all).toMatch(/Sport <span class="count">9</);
    expect(sport).toBe("/search?q=niederhafen%20section%3Asport&order=newest");
    expect(narrow).toContain("9 Treffer");
    expect(narrow).toContain("Sport: nicht mehr darauf eingrenzen");
    expect(back).toBe("/search?q=niederhafen&order=newest");
  });

  test("by day, language and publisher is named as people say it", async () => {
    const text = await textOf("/search?q=*");

    for (const name of ["Mo., 23. Nov.", "Englisch", "Echo am Morgen", "Wirtschaft"])
      expect(text).toContain(`${name} <span class="count">`);
  });
});

test("where a search has all the words that it may have, it says why nothing narrows it", async () => {
  const full = await textOf(`/search?q=${encodeURIComponent("niederhafen OR a1 OR b2 OR c3 OR d4 OR e5 OR f6 OR g7")}`);

  expect(full).toContain("15 Treffer");
  expect(full).not.toContain('class="facets"');
  expect(full).toContain("Weiter eingrenzen lässt sich diese Suche nicht: Sie hat schon die 8 Wörter");
  expect(await textOf("/search?q=niederhafen")).not.toContain("lässt sich diese Suche nicht");
});

test("what was perhaps meant otherwise is said, and found as it is written", async () => {
  const text = await textOf("/search?q=niederhafen%20ODER%20elbstadt");

  expect(text).toContain("3 Treffer");
  expect(text).toContain("„ODER“ ist hier kein Operator: Gemeint war vielleicht „OR“?");
});

test("the help names every field, and what it is for", async () => {
  const text = await textOf("/search");

  for (const field of ["title:", "feed:", "is:", "topic:", "story.publishers", "url:", "before:"])
    expect(text).toContain(`<dt><code>${field}`);
});

describe("the order and the pages", () => {
  test("the best or the newest stand first", async () => {
    const best = titlesIn(await textOf("/search?q=niederhafen"));
    const newest = titlesIn(await textOf("/search?q=niederhafen&order=newest"));

    expect([...newest].sort()).toEqual([...best].sort());
    expect(newest).not.toEqual(best);
    const days = newest.map((to) => to.split("?")[1] ?? "0");
    expect(days).toEqual([...days].sort());
  });

  test("follow one another by links, and repeat nothing", async () => {
    const seen: string[] = [];
    let path = "/search?q=*&order=newest";
    for (let pages = 0; path !== "" && pages < 10; pages++) {
      const text = await textOf(path);
      seen.push(...titlesIn(text));
      [path = ""] = linksIn(text, /<a rel="next"[^>]*>/);
    }

    expect(seen).toHaveLength(3 * exampleItems().length);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each(["0", "-1", "1.5", "x", "99999", ""])("page=%s is a page all the same", async (page) => {
    const answer = await server.get(`/search?q=niederhafen&order=nonsense&page=${page}`);

    expect(answer.status).toBe(200);
    expect(answer.text).toContain("15 Treffer");
  });
});

describe("whoever mistypes", () => {
  test("is asked what was meant, with a link that finds it", async () => {
    const text = await textOf("/search?q=niederhaven%20elbstadt");
    const [link = ""] = linksIn(text, /<p class="meant">[\s\S]*?<\/p>/);

    expect(text).toContain("Gemeint war vielleicht:");
    expect(link).toBe("/search?q=niederhafen%20elbstadt");
    expect(await textOf(link)).toContain("3 Treffer");
  });
});

test("a search that was cut off says so", async () => {
  const view = await exampleView();
  await using slow = await served({
    ...view,
    search: async (query, turned) => {
      const found = await view.search(query, turned);
      return found.kind === "bad" ? found : { ...found, isPartial: true };
    },
  });

  expect((await slow.get("/search?q=niederhafen")).text).toContain("Durchsucht sind nur die neuesten Meldungen");
});

describe("however a search is typed", () => {
  const SPELLINGS = ["q=gold+-silber", "q=%20Gold%20%20NOT%20silber%20", "utm_source=x&q=GOLD+-SILBER&page=7"];

  test.each(["rss", "atom", "json"])("it is one feed: %s", async (format) => {
    const answers = await Promise.all(SPELLINGS.map((question) => server.get(`/search.${format}?${question}`)));

    expect(new Set(answers.map(({ headers }) => headers["etag"])).size).toBe(1);
    expect(answers[0]?.headers["link"]).toContain(`/search.${format}?q=gold+-silber>; rel="self"`);
  });

  test("its title says whose search it is", async () => {
    expect(JSON.parse(await textOf("/search.json?q=Gold%20-Silber"))).toMatchObject({ title: "Ressort: gold -silber" });
  });

  test("it is rendered once", async () => {
    const view = await exampleView();

    const [one, ...others] = await Promise.all(
      ["niederhafen OR elbe", "NIEDERHAFEN  OR  Elbe", "(niederhafen OR elbe)"].map((query) =>
        view.searchDocument(query, "rss"),
      ),
    );

    expect(one).toMatchObject({ path: "search.rss?q=niederhafen+OR+elbe" });
    for (const other of others) expect(other).toBe(one);
  });

  test("the page names that one feed", async () => {
    expect(await textOf("/search?q=Gold%20NOT%20Silber")).toContain("/search.rss?q=gold%20-silber");
  });

  test.each(["section:politk", "topic:nirgends", "publisher:nordblat"])(
    "%s is nothing that there is",
    async (query) => {
      expect((await server.get(`/search?q=${query}`)).status).toBe(400);
      expect((await server.get(`/search.rss?q=${query}`)).status).toBe(400);
    },
  );

  test("a topic may be searched within, narrowed down, and subscribed to as it is named", async () => {
    const text = await textOf("/search?q=topic:elbe%20niederhafen");

    expect(text).toContain("15 Treffer");
    expect(text).toContain("<mark>Niederhafen</mark>");
  });
});

test.each([
  ["*", "neues-thema", "Neues Thema"],
  ["section:sport", "neues-thema", "Neues Thema"],
  ["niederhafen -(silber OR gold) section:sport", "niederhafen", "Niederhafen"],
  ['title:häfen* OR "seit neun jahren hat niederhafen"', "haefen-seit-neun-jahren", "Häfen seit neun jahren"],
])("the topic that %s may become is called by its words", async (query, id, title) => {
  const text = decodeHTML(await textOf(`/search?q=${encodeURIComponent(query)}`));

  expect(text).toContain(`- id: "${id}"\n    title: "${title}"\n    description: "Nachrichten: ${title}"`);
  expect(text).toContain("ressort -- topics add FILE");
});

test.each([
  ["niederhafen within:2w", "niederhafen", 14 * DAY],
  ["WITHIN:36h niederhafen -is:copy", "niederhafen -is:copy", 36 * HOUR],
  ["within:2w", "*", 14 * DAY],
])("of a search for what is new the topic keeps the age as its window: %s", async (search, query, window) => {
  expect(await offeredFor(search)).toMatchObject({ kind: "draft", topics: [{ query, window }] });
});

test.each(["elbe OR niederhafen within:36h", "niederhafen -within:1h", "niederhafen within:2w within:3w"])(
  "what no topic can ask is not offered as one: %s",
  async (query) => {
    const text = await textOf(`/search?q=${encodeURIComponent(query)}`);

    expect(text).toContain("Treffer");
    expect(text).not.toContain("topics add FILE");
  },
);

test.each(['("FC Ähre" OR niederhafen) section:sport', "2026", "Elbe", "東京"])(
  "what is offered as a topic is one, and finds the same: %s",
  async (query) => {
    const view = await exampleView();
    const draft = await offeredFor(`${query} OR niederhafen`);

    expect(draft).toMatchObject({ kind: "draft", topics: [{ language: "de" }] });
    const topic = draft.kind === "draft" ? draft.topics[0]?.query : "";
    expect(await view.search(topic ?? "", { page: 1, order: "newest" })).toEqual(
      await view.search(`${query} OR niederhafen`, { page: 1, order: "newest" }),
    );
  },
);

/** What "save as a topic" prints, read as topics.yaml is. */
async function offeredFor(query: string) {
  const text = await textOf(`/search?q=${encodeURIComponent(query)}`);
  const [, yaml = ""] = /<pre class="copyable"[^>]*>([^<]*)<\/pre>/.exec(text) ?? [];
  const { settings } = await exampleView();
  return readTopicsDraft("topics.yaml", `topics:\n${decodeHTML(yaml)}`, settings, checkQuery);
}

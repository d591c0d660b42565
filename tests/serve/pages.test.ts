import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storyId, topicId } from "../../src/model/ids.ts";
import type { Passage } from "../../src/model/revision.ts";
import { MINUTE } from "../../src/model/time.ts";
import type { View } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { aTopic } from "../support/test-settings.ts";
import { type Served, served } from "./served.ts";

let view: View;
let server: Served;

beforeAll(async () => {
  view = await exampleView();
  server = await served(view);
});
afterAll(async () => server[Symbol.asyncDispose]());

const PAGES = [
  "/",
  "/topics",
  "/topics/elbe",
  "/topics/leise",
  "/sections/sport",
  "/publishers",
  "/feeds",
  "/publishers/bergwelt",
  "/stories/story-haushalt",
  "/items/item-0",
  "/search",
  "/search?q=niederhafen",
] as const;

describe("every page", () => {
  test.each(PAGES)("%s is whole, in the language of the settings, and allows no script", async (path) => {
    const answer = await server.get(path);

    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'; style-src 'self'");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(answer.text).toContain('<html lang="de">');
    expect(answer.text).toContain('<main id="main">');
    expect(answer.text.match(/<h1/g)).toHaveLength(1);
    expect(answer.text).not.toContain("<script");
    expect(answer.text).not.toMatch(/undefined|\[object |NaN|Invalid Date/);
    expect(answer.text.trimEnd().endsWith("</html>")).toBe(true);
  });

  test.each(PAGES)("%s leads only to pages that are there", async (path) => {
    const { text } = await server.get(path);
    const links = new Set([...text.matchAll(/ href="(\/[^"#]*)"/g)].map(([, link]) => link ?? ""));

    const statuses = await Promise.all(
      [...links].map(async (link) => [link, (await server.get(link.replaceAll("&amp;", "&"))).status] as const),
    );

    expect(links.size).toBeGreaterThan(10);
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });

  test("is compressed, and not sent again to who has it", async () => {
    const answer = await server.get("/", { "accept-encoding": "gzip, br" });
    const again = await server.get("/", { "if-none-match": answer.headers["etag"] ?? "" });

    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(answer.body).toString()).toBe((await server.get("/")).text);
    expect(again.status).toBe(304);
  });

  test("speaks English where the settings do", async () => {
    await using english = await served(await exampleView({ language: "en-gb" }));

    const { text } = await english.get("/");

    expect(text).toContain('<html lang="en">');
    expect(text).toContain("Most reported");
    expect(text).not.toMatch(/Quellen|berichtet</);
  });
});

describe("the front page", () => {
  test("tells what most publishers report first, and no story twice", async () => {
    const { text } = await server.get("/");

    const stories = [...text.matchAll(/href="(\/stories\/[^"]+)">\d/g)].map(([, path]) => path);
    expect(stories[0]).toBe("/stories/story-haushalt");
    expect(new Set(stories).size).toBe(stories.length);
  });

  test("names the other publishers of a story and links to what they wrote", async () => {
    const { text } = await server.get("/");

    expect(text).toContain('<a href="https://tagesbote.example/politik/1.html"');
    expect(text).toContain("auch bei: ");
  });

  test("says how many more publishers tell its lead than it names", async () => {
    await using english = await served(await exampleView({ language: "en" }));

    expect((await server.get("/")).text).toContain('<li><a href="/stories/story-haushalt">und eine weitere</a></li>');
    expect((await english.get("/")).text).toContain("and one more</a></li>");
  });

  test("stands the kicker apart, and marks what has to be paid", async () => {
    const { text } = await server.get("/");

    expect(text).toContain('<span class="kicker">Haushalt 2027');
    expect(text).toContain('<span class="mark">Bezahlinhalt</span>');
  });

  test("says so where there is nothing yet", async () => {
    await using empty = await served(await exampleView({}, []));

    const { text } = await empty.get("/");
    expect(text).toContain("Noch keine Meldungen");
    expect(text).not.toContain("npm run demo");
  });

  test("says which feeds are to blame where there is nothing yet and all of them fail", async () => {
    const example = await exampleView({}, []);
    const { feeds } = await example.feedsOf();
    const failing = feeds.map((report) => ({ ...report, state: { ...report.state, health: "failing" as const } }));
    await using empty = await served({ ...example, feedsOf: async () => ({ feeds: failing, stale: false }) });

    const { text } = await empty.get("/");

    expect(text).toContain(`<a href="/publishers">${failing.length} von ${failing.length} Feeds gestört</a>`);
    expect(text).not.toContain("werden gerade gelesen");
    expect(text).toContain("Ohne Netz zeigt „npm run demo“");
  });

  test("tells what nobody filed in a last part, and counts its publishers as well", async () => {
    const unfiled = exampleItems().map((placed) => {
      const { section: _, ...decision } = placed.decision;
      return { ...placed, decision };
    });
    await using plain = await served(await exampleView({}, unfiled));

    const { text } = await plain.get("/");
    const [top = "", more = ""] = text.split('id="no-section"');

    expect(text).not.toContain("Noch keine Meldungen");
    expect(top).toContain('href="/stories/story-haushalt"');
    expect(more).toContain(">Weiteres</h2>");
    expect(more).toContain("<h3");
    expect(more).not.toContain('href="/stories/story-haushalt"');
  });

  test("a story that a section tells does not stand among what nobody filed", async () => {
    const halfFiled = exampleItems().map((placed, n) => {
      const { section: _, ...decision } = placed.decision;
      return n % 2 === 0 ? placed : { ...placed, decision };
    });
    const filed = new Set(halfFiled.flatMap(({ decision, item }) => ("section" in decision ? [item.permalink] : [])));
    await using mixed = await served(await exampleView({}, halfFiled));

    const { text } = await mixed.get("/");
    const [, more = ""] = text.split('id="no-section"');

    expect(more).not.toBe("");
    const links = [...more.matchAll(/ href="(https:[^"]+)"/g)].map(([, link]) => link);
    expect(links.filter((link) => filed.has(link))).toEqual([]);
  });

  test("tells the browser where an item speaks another language", async () => {
    expect((await server.get("/")).text).toMatch(/<a href="https:\/\/worldwire[^>]* lang="en">/);
  });
});

describe("pages of topics, sections and searches", () => {
  test("a story that came out with the end of an embargo is dated by it, as in the feeds", async () => {
    const feed = await view.topicFeed(topicId("elbe"));
    const entries = feed?.entries.map((entry) => ({ ...entry, publishedAt: EXAMPLE_NOW - 5 * MINUTE })) ?? [];
    await using later = await served({ ...view, topicFeed: async () => feed && { ...feed, entries } });
    const cards = async (server: Served) =>
      [...(await server.get("/topics/elbe")).text.matchAll(/<p class="byline">.*?datetime="([^"]+)"/g)].map(
        ([, time]) => time,
      );

    expect(new Set(await cards(later))).toEqual(new Set([new Date(EXAMPLE_NOW - 5 * MINUTE).toISOString()]));
    expect(await cards(server)).not.toContain(new Date(EXAMPLE_NOW - 5 * MINUTE).toISOString());
  });

  test("the address of all sections leads to where they stand", async () => {
    const answer = await server.get("/sections");
    const [path, place] = (answer.headers["location"] ?? "").split("#");

    expect(answer.status).toBe(301);
    expect(path).toBe("/topics");
    expect((await server.get("/topics")).text).toContain(`<h2 id="${place}" class="as-h1">Ressorts</h2>`);
  });

  test.each([
    ["/topics/elbe", "/topics/elbe", ""],
    ["/sections/sport", "/sections/sport", ""],
    ["/search?q=gold%20-silber", "/search", "?q=gold%20-silber"],
  ])("%s names its three feeds to programs and to people", async (path, feed, search) => {
    const { text } = await server.get(path);

    for (const [type, suffix] of [
      ["rss+xml", "rss"],
      ["atom+xml", "atom"],
      ["feed+json", "json"],
    ]) {
      const url = `http://ressort.example${feed}.${suffix}${search}`;
      expect(text).toContain(`<link rel="alternate" type="application/${type}"`);
      expect(text).toContain(`href="${url}"`);
      expect(text.replaceAll("<wbr>", "")).toContain(`>${url}</code>`);
    }
  });

  test("a topic shows the query that makes it", async () => {
    const { text } = await server.get("/topics/elbe");

    expect(text).toContain('<a href="/search?q=topic%3Aelbe"><code>elb* OR niederhafen</code></a>');
    expect((await server.get("/sections/sport")).text).toContain(
      '<a href="/search?q=section%3Asport"><code>section:sport</code></a>',
    );
  });

  test("a topic's long query is folded, and what it finds is a search all the same", async () => {
    const query = Array.from({ length: 40 }, (_, n) => `hafen${n}`).join(" OR ");
    await using long = await served(await exampleView({ topics: [aTopic("lang", `${query} OR niederhafen`)] }));

    const { text } = await long.get("/topics/lang");
    const found = await long.get("/search?q=topic%3Alang");

    expect(text).toMatch(/<details><summary>die ganze Abfrage<\/summary><p><code>hafen0 OR hafen1/);
    expect(text).toContain('href="/search?q=topic%3Alang"');
    expect(found.status).toBe(200);
    expect(found.text).toContain("Niederhafen");
  });

  test("a topic that waits for its first rendering says so", async () => {
    await using young = await served({ ...view, topicFeed: async () => undefined });

    const answer = await young.get("/topics/elbe");

    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
  });
});

describe("a search", () => {
  test("that cannot be understood shows where", async () => {
    const answer = await server.get("/search?q=hafen%20%22offen");

    expect(answer.status).toBe(400);
    expect(answer.text).toContain("bei Zeichen 7");
    expect(answer.text).toContain("hafen <mark>&quot;</mark>offen");
  });

  test("that is too long is refused", async () => {
    const answer = await server.get(`/search?q=${"x".repeat(201)}`);

    expect(answer.status).toBe(400);
    expect(answer.text).toContain("höchstens 200 Zeichen");
    expect(answer.text).toContain(`value="${"x".repeat(201)}"`);
  });

  test("asked twice over in one address counts once", async () => {
    expect((await server.get("/search?q=niederhafen&q=x")).text).toContain("<q>niederhafen</q>");
  });
});

describe("a story", () => {
  test("is told by the best ranked publisher, the others follow", async () => {
    const { text } = await server.get("/stories/story-haushalt");

    expect(text.indexOf("Koalition einigt sich")).toBeLessThan(text.indexOf("Außerdem berichten"));
    expect(text).toContain("6 Quellen");
  });

  test("known by an older id leads to the one it has now", async () => {
    await using server = await served({
      ...view,
      story: (id) => view.story(id === "before" ? storyId("story-zins") : id),
    });

    const answer = await server.get("/stories/before");

    expect(answer.status).toBe(301);
    expect(answer.headers["location"]).toBe("/stories/story-zins");
  });
});

test("an item shows why it stands where it stands", async () => {
  const { text } = await server.get("/items/item-0");

  expect(text).toContain("Erzählt, was die anderen Meldungen der Nachricht erzählen");
  expect(text).toContain("<span>similarity</span> 0,71");
  expect(text).toContain("<span>terms</span> brücken, milliarden");
  expect(text).toContain('<a class="read-on" href="https://nordblatt.example/politik/0.html">');
});

test("a corrected item says when it was changed", async () => {
  const changed = exampleItems().map((placed) => ({
    ...placed,
    item: { ...placed.item, revisedAt: EXAMPLE_NOW - 60_000 },
  }));
  await using server = await served(await exampleView({}, changed));

  expect((await server.get("/topics/elbe")).text).toContain(
    'aktualisiert <time datetime="2026-11-23T17:04:00.000Z">18:04 Uhr</time>',
  );
});

test("what its publisher says of a mistake stands once", async () => {
  const notice = "In einer früheren Fassung stand 2027.";
  const told = (teaser: readonly Passage[]) => {
    const [first] = exampleItems();
    if (first === undefined) throw new Error("no items");
    const about = { number: 1, at: EXAMPLE_NOW - 60_000, weight: "correction", because: "notice" } as const;
    return [{ ...first, item: { ...first.item, revision: 1, revisions: [{ ...about, teaser, notice }] } }];
  };
  const shownOn = async (items: ReturnType<typeof told>, path: string) => {
    await using server = await served(await exampleView({}, items));
    return (await server.get(path)).text.split(notice).length - 1;
  };
  const within = told([{ kind: "inserted", text: `Es war 2026.\n${notice}` }]);
  const beside = told([{ kind: "inserted", text: "Es war 2026." }]);

  for (const path of ["/items/item-0", "/sections/politik/corrections"])
    expect([path, await shownOn(within, path), await shownOn(beside, path)]).toEqual([path, 1, 1]);
});

test("an item of a section that is not republished does not link to it", async () => {
  await using server = await served({
    ...view,
    topics: () => view.topics().filter(({ section }) => section === undefined),
  });

  const { text } = await server.get("/items/item-0");

  expect(text).toContain("<dd>Politik</dd>");
  expect(text).not.toContain('href="/sections/');
});

describe("for operators", () => {
  test("the ill feeds stand first, the longest ill before the others", async () => {
    const { text, headers } = await server.get("/publishers");

    const order = ["kulturblatt", "bergwelt", "kurier", "worldwire"].map((id) =>
      text.indexOf(`${id}.example/feed.rss`),
    );
    expect(text).toContain("3 von 9 Feeds gestört");
    expect(order.every((place) => place > 0)).toBe(true);
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(headers["cache-control"]).toBe("no-cache");
  });

  test("a feed tells what is wrong, since when, and when we try again and why then", async () => {
    const { text } = await server.get("/publishers/bergwelt");

    for (const words of [
      "gestört",
      "20.11.2026, 18:05",
      "7 Fehlschläge in Folge",
      "tls-expired",
      "in 5 Stunden",
      "mit jedem Fehlschlag später: 7 Fehlschläge in Folge",
    ]) {
      expect(text).toContain(words);
    }
  });

  test("the key to a paid feed is not shown", async () => {
    const { feeds } = await view.feedsOf();
    const paid = feeds.map((report) => ({
      ...report,
      feed: { ...report.feed, url: "https://me:secret1@paid.example/feed?key=secret2" },
    }));
    await using server = await served({ ...view, feedsOf: async () => ({ feeds: paid, stale: false }) });

    const { text } = await server.get("/publishers/bergwelt");

    expect(text).toContain("paid.example/feed?…");
    expect(text).not.toMatch(/secret/);
  });

  test("old knowledge is said to be old", async () => {
    await using server = await served({ ...view, feedsOf: async () => ({ ...(await view.feedsOf()), stale: true }) });

    expect((await server.get("/publishers")).text).toContain("Die Datenbank antwortet nicht");
  });

  test("readiness names its reasons, and life does not depend on it", async () => {
    await using server = await served({
      ...view,
      readiness: () => ({ ready: false, reasons: ["redis unreachable for 12 s"] }),
    });

    const readyz = await server.get("/readyz");

    expect(readyz.status).toBe(503);
    expect(JSON.parse(readyz.text)).toEqual({ ready: false, reasons: ["redis unreachable for 12 s"] });
    expect((await server.get("/livez")).status).toBe(200);
  });
});

test.each([
  "/nothing",
  "/publishers/nobody",
  "/publishers/NOT%20A%20SLUG",
  "/stories/none",
  "/items/none",
  "/items/",
  "/items//",
  "/stories/%00",
])("%s is a page that says that there is none", async (path) => {
  const answer = await server.get(path);

  expect(answer.status).toBe(404);
  expect(answer.headers["cache-control"]).toBe("public, max-age=60");
  expect(answer.text).toContain("Diese Seite gibt es nicht");
});

test("the sheet may be kept for ever: its address changes with it", async () => {
  const { text } = await server.get("/");
  const [, path = ""] = /<link rel="stylesheet" href="([^"]+)">/.exec(text) ?? [];

  const answer = await server.get(path);

  expect(path).toMatch(/^\/style\.css\?[0-9a-f]{12}$/);
  expect(answer.headers).toMatchObject({
    "content-type": "text/css; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
});

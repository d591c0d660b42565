import { parseJsonFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Item } from "../../src/model/item.ts";
import { check, searchAddresses } from "../../src/publish/publish.ts";
import { documentsOf, entry, MORNING, placed, site, topicFeed } from "./press.ts";
import { atomEntry, jsonItem, kindOf, ours, raw, rssItem } from "./raw-feed.ts";

type RawFields = Parameters<typeof raw>[0];
type Format = "rss" | "atom" | "json";

function written(fields: RawFields, format: Format): string {
  const feed = raw(fields);
  return { rss: () => feed.rss2(), atom: () => feed.atom1(), json: () => feed.json1() }[format]();
}

describe("one value costs `feed` the whole document, us nothing of it:", () => {
  // what TypeScript forbids arrives all the same, from publishers
  test.each<[name: string, theirs: object, ours: Partial<Item>, fails: readonly Format[]]>([
    ["a relative link", { link: "/artikel" }, { permalink: "/artikel" }, ["rss", "atom"]],
    ["an id that is no address", { id: "4711" }, { iri: "4711" }, ["atom"]],
    [
      "an author's relative link",
      { author: [{ name: "Änne", link: "am.html" }] },
      { authors: [{ name: "Änne", url: "am.html" }] },
      ["atom"],
    ],
    ["an empty list of authors", { author: [] }, { authors: [] }, ["json"]],
    [
      "a category's scheme that is no address",
      { category: [{ name: "Wind", term: "Wind", scheme: "eigen" }] },
      { categories: [{ term: "Wind", scheme: "eigen" }] },
      ["atom"],
    ],
    ["a relative enclosure", { enclosure: { url: "a.mp3" } }, { enclosures: [{ url: "a.mp3" }] }, ["rss", "atom"]],
    ["a title that is missing", { title: undefined }, { title: "" }, ["atom"]],
  ])("%s", (_, theirs, fields, fails) => {
    for (const format of fails) expect(() => written(theirs as RawFields, format)).toThrow();
    const { rss, atom, json } = ours(fields);
    expect([check("rss", rss), check("atom", atom), check("json", json)]).toEqual([[], [], []]);
    expect([rssItem(rss)?.title, jsonItem(json)?.id].every((value) => value !== undefined && value !== "")).toBe(true);
  });

  test.each<[name: string, date: Date | undefined, format: Format]>([
    ["a date that is missing", undefined, "atom"],
    ["a date that is none", new Date(Number.NaN), "json"],
  ])("%s", (_, date, format) => {
    expect(() => written({ date } as RawFields, format)).toThrow();
    const undated = entry({ iri: "tag:elbbote.example,2026:2" }, { publishedAt: Number.NaN, updatedAt: Number.NaN });
    expect(documentsOf(topicFeed(undated, entry()))[format].itemCount).toBe(1);
  });
});

describe("`feed` writes what is no valid document:", () => {
  test.each([
    ["a date before our era", new Date("-000044-03-15T00:00:00Z")],
    ["a year of five digits", new Date("+010000-01-01T00:00:00Z")],
  ])("%s", (_, date) => {
    expect(check("atom", written({ date, published: date }, "atom")).join()).toMatch(/RFC 3339/);
    const feed = topicFeed(entry({ iri: "tag:a.example,2026:1" }, { publishedAt: date.getTime() }), entry());
    expect(documentsOf(feed).atom).toMatchObject({ itemCount: 1, leftOut: [expect.stringContaining("dates")] });
  });

  test("an id that is short and all digits, in RSS", () => {
    expect(rssItem(written({ id: "4711" }, "rss"))?.guid?.value).toBe("4711");
    expect(rssItem(ours({ iri: "4711" }).rss)?.guid?.value).toMatch(/^tag:feeds\.example\.org,2026:id\//);
  });

  test("an author of an e-mail address only: no name in Atom, nobody in JSON", () => {
    const author = [{ email: "am@elbbote.example" }];

    expect(written({ author }, "atom")).toMatch(/<name\s*\/>|<name><\/name>/);
    expect(jsonItem(written({ author }, "json"))?.authors?.[0]?.name).toBeUndefined();
    const { atom, json } = ours({ authors: author });
    expect([atomEntry(atom)?.authors, jsonItem(json)?.authors]).toEqual([[{ name: "Elbbote" }], [{ name: "Elbbote" }]]);
  });

  test("an address of an author that is relative, in JSON", () => {
    const author = [{ name: "Änne", link: "am.html" }];

    expect(written({ author }, "json")).toContain('"am.html"');
    expect(jsonItem(ours({ authors: [{ name: "Änne", url: "am.html" }] }).json)?.authors).toEqual([{ name: "Änne" }]);
  });

  test("a relative link, in JSON", () => {
    expect(jsonItem(written({ link: "/artikel" }, "json"))?.url).toBe("/artikel");
    expect(jsonItem(ours({ permalink: "/artikel" }).json)?.url).toBe("https://feeds.example.org/stories/s1");
  });

  test("attributes of an enclosure that RSS does not know", () => {
    const enclosure = { url: "https://m.example/a.mp3", type: "audio/mpeg", length: 1, title: "Folge 1", duration: 60 };

    expect(written({ enclosure }, "rss")).toMatch(/<enclosure [^>]*duration="60"/);
    expect(ours({ enclosures: [enclosure] }).rss).toContain(
      '<enclosure url="https://m.example/a.mp3" length="1" type="audio/mpeg"/>',
    );
  });

  test.each([
    ["https://m.example/stream", "image//stream", "application/octet-stream"],
    ["https://m.example/a.jpg", "image/jpg", "image/jpeg"],
  ])("a media type made of the address: %s", (url, theirs, wanted) => {
    expect(written({ enclosure: { url } }, "atom")).toContain(theirs);
    expect(atomEntry(ours({ enclosures: [{ url }] }).atom)?.links?.[2]?.type).toBe(wanted);
    expect(rssItem(ours({ enclosures: [{ url }] }).rss)?.enclosures?.[0]?.type).toBe(wanted);
  });

  test("an empty title in Atom", () => {
    expect(atomEntry(written({ title: "" }, "atom"))?.title?.value ?? "").toBe("");
    expect(atomEntry(ours({ title: "", teaser: "" }).atom)?.title?.value).toBe("Ohne Titel");
  });

  test("an entry without a link or a text, in Atom and JSON", () => {
    const bare = { link: undefined, content: undefined } as unknown as RawFields;

    expect(written(bare, "atom")).toMatch(/<link\s*\/>/);
    expect(jsonItem(written(bare, "json"))?.content_html).toBeUndefined();
    const { atom, json } = ours({ permalink: "", teaser: "" });
    expect(atomEntry(atom)?.links?.[0]?.href).toBe("https://feeds.example.org/stories/s1");
    expect(jsonItem(json)?.content_html).toContain("Weiterlesen bei");
  });

  test("a full text in which a CDATA section ends twice", () => {
    const content = "<p>]]> und ]]> noch einmal</p>";

    expect(kindOf(written({ content }, "rss"))).toBe("malformed");
    const full = placed({ content, feed: site.feeds[1]?.id ?? placed().item.feed });
    const { rss } = documentsOf(topicFeed(entry(full.item)));
    expect(rssItem(rss.text)?.content?.encoded).toContain("<p>]]&gt; und ]]&gt; noch einmal</p>");
  });

  test("a script, a handler and a relative address in a full text", () => {
    const content = '<script>a</script><p onclick="b">c</p><img src="/d.png">';

    expect(written({ content }, "rss")).toContain("<script>");
    const full = placed({ content, feed: site.feeds[1]?.id ?? placed().item.feed });
    const { rss } = documentsOf(topicFeed(entry(full.item)));
    expect(rss.text).not.toMatch(/<script|onclick|src="\//);
  });
});

describe("`feed` writes what is valid and wrong:", () => {
  test("a title in RSS that readers take for HTML", () => {
    const title = "a<b & c";

    expect(written({ title }, "rss")).toContain("<title><![CDATA[a<b & c]]></title>");
    expect(ours({ title }).rss).toContain("a&#x3C;\u200bb &#x26; c");
  });

  test("an id in which an entity is text loses it", () => {
    const iri = "https://elbbote.example/?a=1&amp;b=2";

    expect(rssItem(written({ id: iri }, "rss"))?.guid?.value).toBe("https://elbbote.example/?a=1&b=2");
    const { rss, atom } = ours({ iri });
    expect([rssItem(rss)?.guid?.value, atomEntry(atom)?.id]).toEqual([iri, iri]);
  });

  test("a hub that JSON Feed does not hear of", () => {
    const hub = "https://feeds.example.org/hub";

    expect(raw({}, { hub }).json1()).not.toContain(hub);
    const { json } = documentsOf(topicFeed(entry()), { ...searchAddresses("a", site), hub });
    expect(parseJsonFeed(json.text).hubs).toEqual([{ type: "WebSub", url: hub }]);
  });

  test("an extension meant for RSS, in JSON too", () => {
    const extensions = [{ name: "dc:creator", objects: "Änne" }];

    expect(JSON.parse(written({ extensions } as object, "json")).items[0]).toHaveProperty("dc:creator");
    expect(Object.keys(JSON.parse(ours().json).items[0]).filter((name) => name.includes(":"))).toEqual([]);
  });

  test("a date of now where nobody gives one, so that no reader is ever told 304", () => {
    expect(raw({}, { updated: undefined } as object).rss2()).toContain(new Date().toUTCString().slice(0, 16));
    expect(documentsOf(topicFeed(entry())).rss.text).toContain(
      `<lastBuildDate>${new Date(MORNING).toUTCString()}</lastBuildDate>`,
    );
  });

  test("nothing of whom it came from", () => {
    expect(written({}, "atom") + written({}, "rss")).not.toContain("<source");
    const { rss, atom, json } = ours();
    expect(rss).toContain("<source url=");
    expect(atom).toContain("<source>");
    expect(json).toContain('"_source"');
  });
});

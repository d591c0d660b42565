import { Feed } from "feed";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { documentsOf, entry, MORNING, topic, topicFeed } from "./press.ts";
import { atomEntry, jsonItem, kindOf, LINK, ours, raw, rssItem } from "./raw-feed.ts";

/** What `feed` 6 gets wrong by itself, each beside what we publish. A test that fails on the raw side says: `feed` has mended it. */

describe("text", () => {
  test.each([
    ["a control character", "a\u000bb"],
    ["a noncharacter", "a\uffffb"],
    ["a second end of a CDATA section", "a ]]> b ]]> c"],
  ])("%s would break the document", (_, title) => {
    expect([kindOf(raw({ title }).rss2()), kindOf(raw({ title }).atom1())]).toEqual(["malformed", "malformed"]);
    expect([kindOf(ours({ title }).rss), kindOf(ours({ title }).atom)]).toEqual(["read", "read"]);
  });

  test("a lone surrogate would become a replacement character", () => {
    const title = "a\ud800b";

    expect(Buffer.from(raw({ title }).rss2()).toString()).toContain("\ufffd");
    expect(Buffer.from(ours({ title }).rss).toString()).not.toContain("\ufffd");
  });

  test("a text about an entity would lose it", () => {
    const title = "Wie man &amp; schreibt";
    const wanted = { ...topicFeed(), topic: { ...topic, title } };

    expect(parseRssFeed(raw({}, { title }).rss2()).title).toBe("Wie man & schreibt");
    expect(parseAtomFeed(documentsOf(wanted).atom.text).title?.value).toBe("Wie man &amp;amp; schreibt");
    // with a space of no width, so that it stays text to readers who take it for HTML
    expect(parseRssFeed(documentsOf(wanted).rss.text).title).toBe("Wie man &\u200bamp; schreibt");
  });

  test("a plain title would be read as HTML in Atom", () => {
    const title = "a <b c";

    expect(atomEntry(raw({ title }).atom1())?.title).toMatchObject({ value: "a <b c", type: "html" });
    expect(atomEntry(ours({ title }).atom)?.title).toMatchObject({ value: "a &lt;b c", type: "html" });
  });
});

describe("addresses and ids", () => {
  test("one relative link would cost the whole document", () => {
    expect(() => raw({ link: "/a" }).rss2()).toThrow("Invalid URL");
    expect(rssItem(ours({ permalink: "/a" }).rss)?.link).toBe("https://feeds.example.org/stories/s1");
  });

  test("Atom's id would be spelled anew, and so differ from the other formats", () => {
    const iri = "https://elbbote.example/?titel='Wind'";

    expect(atomEntry(raw({ id: iri }).atom1())?.id).toBe("https://elbbote.example/?titel=%27Wind%27");
    const { rss, atom, json } = ours({ iri });
    expect([rssItem(rss)?.guid?.value, atomEntry(atom)?.id, jsonItem(json)?.id]).toEqual([iri, iri, iri]);
  });

  test("the same id could stand twice", () => {
    const feed = raw();
    feed.addItem({ title: "Wieder", id: LINK, link: LINK, date: new Date(MORNING), content: "x" });

    expect(parseRssFeed(feed.rss2()).items).toHaveLength(2);
    expect(documentsOf(topicFeed(entry(), entry({ title: "Wieder" }))).rss.itemCount).toBe(1);
  });
});

describe("enclosures", () => {
  const audio = { url: "https://m.example/a.mp3", type: "audio/mpeg", length: 10 };

  test("Atom's media type would be made of the suffix", () => {
    expect(atomEntry(raw({ enclosure: audio }).atom1())?.links?.[1]?.type).toBe("image/mp3");
    expect(atomEntry(ours({ enclosures: [audio] }).atom)?.links?.[2]).toMatchObject({ type: "audio/mpeg", length: 10 });
  });

  test("a picture would push out the sound in RSS", () => {
    const image = "https://m.example/p.jpg";

    expect(rssItem(raw({ enclosure: audio, image }).rss2())?.enclosures).toMatchObject([{ url: image }]);
    const item = rssItem(ours({ enclosures: [audio], image: { url: image } }).rss);
    expect([item?.enclosures, item?.media?.contents]).toMatchObject([[audio], [{ url: image, medium: "image" }]]);
  });

  test("JSON Feed would have none", () => {
    expect(jsonItem(raw({ enclosure: audio }).json1())?.attachments).toBeUndefined();
    expect(jsonItem(ours({ enclosures: [audio] }).json)?.attachments).toEqual([
      { url: audio.url, mime_type: audio.type, size_in_bytes: 10 },
    ]);
  });
});

describe("people and labels", () => {
  const two = [{ name: "Änne Möller" }, { name: "B & C" }];

  test("RSS would put names where an e-mail address belongs, and two of them", () => {
    expect(rssItem(raw({ author: two }).rss2())?.authors).toHaveLength(2);
    const item = rssItem(ours({ authors: two }).rss);
    expect([item?.authors, item?.dc?.creators]).toEqual([undefined, ["Änne Möller", "B & C"]]);
  });

  test("JSON Feed would name the first author only, and throw where there is none", () => {
    expect(raw({ author: two }).json1()).not.toContain("B & C");
    expect(() => raw({ author: [] }).json1()).toThrow();
    expect(jsonItem(ours({ authors: two }).json)?.authors).toEqual(two);
    expect(jsonItem(ours({ authors: [] }).json)?.authors).toEqual([{ name: "Elbbote" }]);
  });

  test("an Atom entry would have no author where nobody is named", () => {
    expect(atomEntry(raw().atom1())?.authors).toBeUndefined();
    expect(atomEntry(ours().atom)?.authors).toEqual([{ name: "Elbbote" }]);
  });

  test("an Atom category would lack its term, or break the document", () => {
    expect(raw({ category: [{ name: "Wind" }] }).atom1()).not.toContain("term=");
    expect(kindOf(raw({ category: [{ term: "<Wind>" }] }).atom1())).toBe("malformed");
    const categories = atomEntry(ours({ categories: [{ term: "<Wind>" }] }).atom)?.categories;
    expect(categories?.[1]).toEqual({ term: "<Wind>", label: "<\u200bWind>" });
  });

  test("an RSS category's domain would break the document", () => {
    const scheme = "https://x.example/?a&b";

    expect(kindOf(raw({ category: [{ name: "Wind", domain: scheme }] }).rss2())).toBe("malformed");
    const item = rssItem(ours({ categories: [{ term: "Wind", scheme }] }).rss);
    expect(item?.categories?.[1]).toEqual({ name: "Wind", domain: scheme });
  });
});

describe("dates", () => {
  test("one bad date would cost the whole document", () => {
    const good = entry();
    const bad = entry({ iri: "tag:elbbote.example,2026:2" }, { publishedAt: Number.NaN });

    expect(() => raw({ date: new Date(Number.NaN) }).atom1()).toThrow("Invalid time value");
    expect(documentsOf(topicFeed(bad, good)).atom.itemCount).toBe(1);
  });

  test("an empty feed would be dated now", () => {
    const now = new Feed({ title: "Energie", link: LINK, id: LINK });

    expect(now.rss2()).toContain(`${new Date().getUTCFullYear()} `);
    const { rss, atom } = documentsOf(topicFeed());
    expect(rss.text).not.toContain("lastBuildDate");
    expect(parseAtomFeed(atom.text).updated).toBe("2000-01-01T00:00:00.000Z");
  });
});

describe("what feed has no words for", () => {
  test("JSON Feed 1.1 and its language", () => {
    expect(JSON.parse(raw({}, { language: "de" }).json1())).toMatchObject({
      version: "https://jsonfeed.org/version/1",
    });
    expect(JSON.parse(ours().json)).toMatchObject({ version: "https://jsonfeed.org/version/1.1", language: "de" });
  });

  test("Atom's language and the source of an entry", () => {
    expect(raw({}, { language: "de" }).atom1()).not.toContain("xml:lang");
    expect(parseAtomFeed(ours().atom).xml?.lang).toBe("de");
    expect(atomEntry(ours().atom)?.source?.title?.value).toBe("Elbbote: Wirtschaft");
  });

  test("RSS's source, the date of a change and the language of an item", () => {
    const { rss } = documentsOf(topicFeed(entry({ language: "nl" }, { updatedAt: MORNING + 60_000 })));
    const item = rssItem(rss.text);

    expect(item?.source?.url).toBe("https://elbbote.example/wirtschaft.rss?a=1&b=2");
    expect(rss.text).toContain("<atom:updated>2026-03-02T06:31:00.000Z</atom:updated>");
    expect(item?.dc?.languages).toEqual(["nl"]);
  });
});

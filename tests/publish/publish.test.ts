import { execFileSync } from "node:child_process";
import path from "node:path";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { sectionId } from "../../src/model/ids.ts";
import { publish, searchAddresses, topicAddresses } from "../../src/publish/publish.ts";
import { documentsOf, entry, item, MORNING, site, topic, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const addresses = topicAddresses(topic, site);

describe("a document", () => {
  test("says where it lives, what it is, how many items it holds and when it last changed", () => {
    const { rss, atom, json } = documentsOf(topicFeed(entry()));

    expect([rss.path, atom.path, json.path]).toEqual([
      "topics/energie.rss",
      "topics/energie.atom",
      "topics/energie.json",
    ]);
    expect([rss.contentType, atom.contentType, json.contentType]).toEqual([
      "application/rss+xml; charset=utf-8",
      "application/atom+xml; charset=utf-8",
      "application/feed+json; charset=utf-8",
    ]);
    expect(rss).toMatchObject({ itemCount: 1, modifiedAt: MORNING, leftOut: [] });
  });

  test("has the same bytes and the same etag in another process, time zone and year", () => {
    // given
    const { rss, atom, json } = documentsOf(topicFeed(told));
    const program = `import { documentsOf, topicFeed } from "./press.ts"; import { told } from "./told.ts";
      const { rss, atom, json } = documentsOf(topicFeed(told)); console.log(rss.etag, atom.etag, json.etag);`;

    // when
    const env = { PATH: process.env["PATH"] ?? "", TZ: "Asia/Tokyo", LANG: "tr_TR.UTF-8" };
    const cwd = path.join(import.meta.dirname);
    const etags = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      env,
      cwd,
      encoding: "utf8",
    });

    // then
    expect(etags.trim()).toBe([rss.etag, atom.etag, json.etag].join(" "));
    expect(rss.etag).toMatch(/^[\w-]{27}$/);
  });

  test("gets another etag when a title changes by one letter", () => {
    expect(documentsOf(topicFeed(entry({ title: "a" }))).rss.etag).not.toBe(
      documentsOf(topicFeed(entry({ title: "b" }))).rss.etag,
    );
  });
});

describe("an entry", () => {
  const { rss, atom, json } = documentsOf(topicFeed(told));
  const [item] = parseJsonFeed(json.text).items ?? [];

  test("shows the teaser, the way to the publisher's page and who else has the story, each publisher once", () => {
    expect(item?.content_html).toBe(
      "<p>Nach vier Jahren Bauzeit speist die Anlage ein.</p>" +
        '<p>Weiterlesen bei <a href="https://elbbote.example/artikel/4711">Elbbote</a></p>' +
        '<p>Auch bei: <a href="https://havelkurier.example/1?ref=a&amp;b" title="Strom aus Wustrow: &quot;Er fließt&quot;">Havelkurier &amp; Söhne</a></p>' +
        '<p><a href="https://feeds.example.org/stories/s1">Alle Meldungen dazu</a></p>',
    );
  });

  test("has the same HTML in all three formats", () => {
    expect(parseRssFeed(rss.text).items?.[0]?.content?.encoded).toBe(item?.content_html);
    expect(parseAtomFeed(atom.text).entries?.[0]?.content?.value).toBe(item?.content_html);
  });

  test("speaks the language of its topic", () => {
    const english = { ...topicFeed(told), topic: { ...topic, language: "en" } };

    const { json } = documentsOf(english);

    expect(parseJsonFeed(json.text).items?.[0]?.content_html).toContain("<p>Read on at <a");
    expect(parseJsonFeed(json.text).items?.[0]?.tags?.[0]).toBe("Business");
  });

  test("names its source and all the others of its story for programs", () => {
    const [entry] = JSON.parse(json.text).items;

    expect(entry._source).toEqual({
      title: "Elbbote: Wirtschaft",
      feed_url: "https://elbbote.example/wirtschaft.rss?a=1&b=2",
      home_page_url: "https://elbbote.example/",
    });
    expect(entry._story).toMatchObject({ id: "s1", url: "https://feeds.example.org/stories/s1" });
    expect(entry._story.others).toHaveLength(2);
  });

  test("keeps a podcast's sound as the one enclosure of RSS, whatever stands before it", () => {
    const cover = { url: "https://m.example/cover.jpg", type: "image/jpeg", length: 20 };
    const sound = { url: "https://m.example/folge.mp3?x=1&y=2", type: "audio/mpeg", length: 10 };

    const { rss, atom, json } = documentsOf(topicFeed(entry({ enclosures: [cover, sound] })));

    const [item] = parseRssFeed(rss.text).items ?? [];
    expect(item?.enclosures).toEqual([sound]);
    expect(item?.media?.contents).toMatchObject([{ url: cover.url, fileSize: 20, type: "image/jpeg" }]);
    const links = parseAtomFeed(atom.text).entries?.[0]?.links?.filter(({ rel }) => rel === "enclosure");
    expect(links).toMatchObject([{ href: cover.url }, { href: sound.url, type: "audio/mpeg", length: 10 }]);
    expect(parseJsonFeed(json.text).items?.[0]?.attachments).toMatchObject([{ url: cover.url }, { url: sound.url }]);
  });

  test("passes on no e-mail address", () => {
    expect(rss.text + atom.text + json.text).not.toContain("am@elbbote.example");
  });
});

describe("the full text", () => {
  const content = "<p>Der ganze Artikel.</p>";
  const [elbbote, isarblatt] = site.feeds;

  test("is published where the feed's settings allow it, and only there", () => {
    const allowed = documentsOf(topicFeed(entry({ ...item(), content, feed: isarblatt?.id ?? item().feed })));
    const forbidden = documentsOf(topicFeed(entry({ ...item(), content, feed: elbbote?.id ?? item().feed })));

    expect(allowed.rss.text).toContain("Der ganze Artikel");
    expect(forbidden.rss.text).not.toContain("Der ganze Artikel");
  });

  test("gives way to the teaser where it would run something", () => {
    const script = `${content}<script>alert(1)</script>`;

    const { json } = documentsOf(topicFeed(entry({ content: script, feed: isarblatt?.id ?? item().feed })));

    expect(json.text).not.toContain("<script");
    expect(json.text).toContain("Nach vier Jahren Bauzeit");
  });
});

describe("what cannot be made valid", () => {
  test("an item is left out of all three with the reason, the rest is published", () => {
    const undated = entry({ iri: "tag:elbbote.example,2026:4711" }, { publishedAt: Number.NaN });

    const { rss, atom, json } = documentsOf(topicFeed(undated, entry()));

    expect([rss.itemCount, atom.itemCount, json.itemCount]).toEqual([1, 1, 1]);
    expect(json.leftOut).toEqual(["tag:elbbote.example,2026:4711: its dates are none"]);
  });

  test("what a reader has under an id of ours is taken back under that id", () => {
    const iri = "https://elbbote.example/\u03ac\u03c1\u03b8\u03c1\u03bf";
    const { atom } = documentsOf(topicFeed(entry({ iri })));

    const taken = documentsOf({ ...topicFeed(), deleted: [{ iri, at: MORNING }] });

    expect(taken.atom.text).toContain(`<at:deleted-entry ref="${parseAtomFeed(atom.text).entries?.[0]?.id}"`);
  });

  test("an address that is spelled as others would not is no id either, of a search as little as of a publisher's feed", () => {
    const [wirtschaft, ...others] = site.feeds.map((feed) => ({
      ...feed,
      url: "https://elbbote.example/%7Ewirtschaft",
    }));
    if (wirtschaft === undefined) throw new Error("a feed was expected");
    const publishing = publish(
      topicFeed(entry()),
      { ...site, feeds: [wirtschaft, ...others] },
      searchAddresses("~wind", site),
      ["atom"],
    );

    const [atom] = publishing.flatMap((one) => (one.kind === "published" ? [parseAtomFeed(one.document.text)] : []));
    const ours = expect.stringMatching(/^tag:feeds\.example\.org,2026:id\/[\da-f]{20}$/);
    expect(atom).toMatchObject({ id: ours, entries: [{ source: { id: ours } }] });
    expect(atom?.links).toContainEqual(expect.objectContaining({ href: "https://feeds.example.org/search?q=%7Ewind" }));
  });

  test("an id that is no IRI is replaced by one of ours, the same in every document and for ever", () => {
    const { rss, atom, json } = documentsOf(topicFeed(entry({ iri: "4711" })));

    const [item] = parseJsonFeed(json.text).items ?? [];
    expect(item?.id).toBe("tag:feeds.example.org,2026:id/de650d61f5bd166a91f8");
    expect(parseRssFeed(rss.text).items?.[0]?.guid?.value).toBe(item?.id);
    expect(parseAtomFeed(atom.text).entries?.[0]?.id).toBe(item?.id);
  });

  test("a second item of the same id is left out, whatever its format says of it", () => {
    const { rss } = documentsOf(topicFeed(entry(), entry({ title: "Doppelt" })));

    expect(rss.leftOut).toEqual(["https://elbbote.example/artikel/4711: its id stands twice"]);
    expect(rss.text).not.toContain("Doppelt");
  });

  test("a topic is never emptied by what cannot be made valid: readers keep what they have", () => {
    const undated = entry({}, { publishedAt: Number.NaN });

    expect(publish(topicFeed(undated), site, addresses)).toMatchObject(
      ["rss", "atom", "json"].map((format) => ({
        kind: "refused",
        path: `topics/energie.${format}`,
        why: [expect.stringContaining("its dates are none")],
      })),
    );
    expect(publish(topicFeed(), site, addresses)).toMatchObject([1, 2, 3].map(() => ({ kind: "published" })));
  });

  test("a frame that is wrong refuses the document", () => {
    const elsewhere = { ...site, publicUrl: "ftp://feeds.example.org" };

    const all = publish(topicFeed(entry()), elsewhere, topicAddresses(topic, elsewhere));

    expect(all.map(({ kind }) => kind)).toEqual(["refused", "refused", "refused"]);
    expect(all[0]).toMatchObject({
      path: "topics/energie.rss",
      why: expect.arrayContaining([expect.stringContaining("<link>")]),
    });
  });
});

describe("addresses", () => {
  test("a section's own feed lives among the sections", () => {
    const { page, path } = topicAddresses({ ...topic, section: sectionId("wirtschaft") }, site);

    expect([page, path.atom]).toEqual(["https://feeds.example.org/sections/wirtschaft", "sections/wirtschaft.atom"]);
  });

  test("a search is a feed too, its question kept in every address", () => {
    const found = searchAddresses('gold & "silber"', site);

    expect(found.page).toBe("https://feeds.example.org/search?q=gold+%26+%22silber%22");
    expect(found.path.rss).toBe("search.rss?q=gold+%26+%22silber%22");
    expect(parseRssFeed(documentsOf(topicFeed(entry()), found).rss.text).link).toBe(found.page);
  });

  test("a hub is named in all three where there is one", () => {
    const hub = "https://feeds.example.org/hub";

    const { rss, atom, json } = documentsOf(topicFeed(), { ...addresses, hub });

    expect(parseRssFeed(rss.text).atom?.links).toContainEqual({ href: hub, rel: "hub" });
    expect(parseAtomFeed(atom.text).links).toContainEqual({ href: hub, rel: "hub" });
    expect(parseJsonFeed(json.text).hubs).toEqual([{ type: "WebSub", url: hub }]);
  });
});

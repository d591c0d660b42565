import { describe, expect, test } from "vitest";
import { readPage, usualAddresses } from "../../src/discover/discover.ts";
import { growth, LINEAR } from "./growth.ts";

const PAGE = "https://elbbote.example/hamburg/index.html";

const urlsOf = (html: string, link?: string) => readPage(html, PAGE, link).candidates.map(({ url }) => url);

describe("a page's feeds", () => {
  test("are those that it declares, in its order, with their names", () => {
    const { candidates } = readPage(
      `<html><head>
         <link rel="alternate" type="application/rss+xml" title=" Alle
            Meldungen " href="/alles.rss">
         <LINK REL='ALTERNATE' TYPE='application/atom+xml; charset=utf-8' HREF=sport.atom>
         <link rel="alternate" type="application/feed+json" href="https://feeds.elbbote.example/json">
       </head>`,
      PAGE,
    );

    expect(candidates).toEqual([
      { url: "https://elbbote.example/alles.rss", because: "declared", title: "Alle Meldungen" },
      { url: "https://elbbote.example/hamburg/sport.atom", because: "declared" },
      { url: "https://feeds.elbbote.example/json", because: "declared" },
    ]);
  });

  test("are meant against the first base, wherever it stands before them", () => {
    const html = '<base href="//cdn.example/x/"><base href="/y/"><link rel=feed href=a.xml>';

    expect(urlsOf(html)).toEqual(["https://cdn.example/x/a.xml"]);
  });

  test("may stand in the Link header", () => {
    const link =
      '</style.css>; rel=stylesheet, <https://elbbote.example/feed?a,b>; rel="alternate"; type="application/rss+xml"';

    expect(urlsOf("", link)).toEqual(["https://elbbote.example/feed?a,b"]);
  });

  test("of comments come last", () => {
    const html = `<link rel=alternate type=application/rss+xml href=/comments/feed/>
      <link rel=alternate type=application/rss+xml title="Kommentar-Feed" href=/k/>
      <link rel=alternate type=application/rss+xml href=/feed/>`;

    expect(urlsOf(html)[0]).toBe("https://elbbote.example/feed/");
  });

  test("are named once", () => {
    const html = '<link rel="feed alternate" type="application/rss+xml" href="/a#x"><a href="/a">RSS</a>';

    expect(urlsOf(html)).toEqual(["https://elbbote.example/a"]);
  });

  test.each([
    ['<a href="/rss">hier</a>', "https://elbbote.example/rss"],
    ['<a href="/politik/feed/">Politik</a>', "https://elbbote.example/politik/feed/"],
    ['<a href="/contentexport/feed/sport">Sport</a>', "https://elbbote.example/contentexport/feed/sport"],
    ['<a href="/?feed=rss2">hier</a>', "https://elbbote.example/?feed=rss2"],
    ['<a href="/news.rdf">hier</a>', "https://elbbote.example/news.rdf"],
    ['<a href="https://feeds.elbbote.example/x">hier</a>', "https://feeds.elbbote.example/x"],
    ['<a href="feed:https://elbbote.example/a">hier</a>', "https://elbbote.example/a"],
    ['<a href="/service/abo">RSS-<b>Feeds</b></a>', "https://elbbote.example/service/abo"],
  ])("are those that it links to: %s", (html, url) => {
    expect(readPage(html, PAGE).candidates).toMatchObject([{ url, because: "linked" }]);
  });

  test.each([
    ["a style sheet", '<link rel="alternate stylesheet" type="text/css" href="/feed.css">'],
    ["a translation", '<link rel="alternate" hreflang="en" href="/en/">'],
    ["WordPress' interface", '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">'],
    ["oEmbed", '<link rel="alternate" type="application/json+oembed" href="/oembed?url=feed">'],
    ["a site map", '<a href="/sitemap.xml">Feed</a>'],
    ["feedback", '<a href="/feedback">Ihr Feedback</a>'],
    ["nuclear power", '<a href="/atomkraft/energie">Atomkraft</a>'],
    ["a reader's link", '<a href="https://feedly.com/i/subscription/feed/https://elbbote.example/rss">Feedly</a>'],
    ["a headline", '<a href="/wirtschaft/1.html">Warum der RSS-Feed nach zwanzig Jahren wieder beliebt wird</a>'],
    ["script", '<a href="javascript:alert(1)">RSS</a><link rel=feed href="javascript:alert(1)">'],
    ["a password", '<link rel=feed href="https://name:word@elbbote.example/feed">'],
    ["words of a script", '<script>"<link rel=feed href=/a>"</script>'],
    ["a comment", "<!-- <link rel=feed href=/a> -->"],
  ])("are not %s", (_, html) => {
    expect(urlsOf(html)).toEqual([]);
  });

  test("come with what the page and the site are called", () => {
    const html = '<title>Start &amp; Ziel\n – Elbbote</title><meta property="og:site_name" content="Elbbote">';

    expect(readPage(html, PAGE)).toMatchObject({ title: "Start & Ziel – Elbbote", siteName: "Elbbote" });
  });
});

test("the usual addresses are those of the page's folder, then those at the top; each once, and not many", () => {
  const urls = usualAddresses("https://blogs.example/anna/?page=2").map(({ url }) => url);

  expect(urls[0]).toBe("https://blogs.example/anna/feed");
  expect(urls).toContain("https://blogs.example/?feed=rss2");
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls.length).toBeLessThan(12);
  expect(usualAddresses("https://blogs.example").length).toBe(8);
});

test.each([
  ["unclosed links", (n: number) => "<a href=/feed>".repeat(n)],
  ["tags that nobody opened", (n: number) => "<i>".repeat(n) + "</b>".repeat(n)],
  ["one endless attribute", (n: number) => `<link rel="${"x ".repeat(n)}`],
  ["many attributes", (n: number) => `<link ${"a=b ".repeat(n)}>`],
  ["a title without an end", (n: number) => `<title>${"& ".repeat(n)}`],
  ["a base for every link", (n: number) => "<base href=/a><link rel=feed href=b>".repeat(n)],
  ["a long Link header", (n: number) => ", <".repeat(n)],
])("a page made to hurt costs ten times the time for ten times the size: %s", (name, made) => {
  const isHeader = name === "a long Link header";
  const texts = new Map([20_000, 200_000].map((n) => [n, made(n)]));

  const times = growth(20_000, (n) => {
    const text = texts.get(n) ?? "";
    readPage(isHeader ? "" : text, PAGE, isHeader ? text : "");
  });

  expect(times).toBeLessThan(LINEAR);
});

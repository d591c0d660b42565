import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageKey } from "../../src/normalise/page-key.ts";
import { permalink } from "../../src/normalise/permalink.ts";
import { absoluteUrl } from "../../src/normalise/url.ts";

test.each([
  ["https://press.example/a?utm_source=rss&utm_medium=feed", "https://press.example/a"],
  ["https://press.example/a?id=5&utm_campaign=x&page=2", "https://press.example/a?id=5&page=2"],
  ["https://press.example/a?fbclid=x&gclid=y&msclkid=z", "https://press.example/a"],
  ["https://press.example/a?wt_mc=rss.red&wt_zmc=x", "https://press.example/a"],
  ["https://press.example/a?xtor=RSS-1", "https://press.example/a"],
  ["https://press.example/a#xtor=RSS-1", "https://press.example/a"],
  ["https://press.example/a#ref=rss", "https://press.example/a"],
  ["https://press.example/a?at_medium=RSS&at_campaign=x", "https://press.example/a"],
  ["https://press.example/a?maca=de-rss-de-all-1119-rdf", "https://press.example/a"],
  ["https://press.example/a?GEPC=s3", "https://press.example/a"],
  ["https://press.example/a?ref=rss", "https://press.example/a"],
  ["https://press.example/a?ref=kapitel-2", "https://press.example/a?ref=kapitel-2"],
  ["https://press.example/a?source=archiv", "https://press.example/a?source=archiv"],
  ["HTTPS://Press.EXAMPLE:443/A/b", "https://press.example/A/b"],
  ["http://press.example:80", "http://press.example/"],
  ["http://press.example:8080/a", "http://press.example:8080/a"],
  ["https://press.example/a?q=B%C3%A4cker&x=a%20b", "https://press.example/a?q=B%C3%A4cker&x=a%20b"],
  ["https://press.example/a?a=1&&b=", "https://press.example/a?a=1&&b="],
  ["https://press.example/#!/artikel/1", "https://press.example/#!/artikel/1"],
  [" https://press.example/a\n b ", "https://press.example/a%20b"],
  ["//press.example/a", "https://press.example/a"],
  ["../a", "https://home.example/a"],
  ["https://press.example/a?amp;utm_source=rss", "https://press.example/a"],
  ["https://press.example/a?source=rss----7b722bfd1b8d---4", "https://press.example/a"],
  ["https://press.example/a;jsessionid=0A1B2C?id=5", "https://press.example/a?id=5"],
  ["https://press.example/a?PHPSESSID=0a1b2c&id=5", "https://press.example/a?id=5"],
  // readers get what the publisher wrote: these may be the only ones that work
  ["https://m.press.example/rat-tagt?amp=1", "https://m.press.example/rat-tagt?amp=1"],
  ["https://press.example/a?token=a1b2c3d4e5f6a7b8c9", "https://press.example/a?token=a1b2c3d4e5f6a7b8c9"],
])("%s is %s", (written, expected) => expect(permalink(written, "https://home.example/x/y")).toBe(expected));

test.each([
  "javascript:alert(1)",
  "mailto:jo@press.example",
  "http://",
  "https://[",
  "tag:press.example,2026:1",
  `https://press.example/${"a".repeat(5000)}`,
])("%s is no page", (written) => expect(permalink(written, undefined)).toBeUndefined());

/** As Google News wrote them until 2024. */
const googleNews = (url: string): string =>
  Buffer.concat([
    Buffer.from([0x08, 0x13, 0x22, ...varint(url.length)]),
    Buffer.from(url),
    Buffer.from([0xd2, 0x01, 0]),
  ]).toString("base64url");
const varint = (length: number): readonly number[] =>
  length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
const LONG = `https://press.example/politik/${"sehr-".repeat(40)}lang-510001`;

describe("a redirect that names its target is left out", () => {
  test.each([
    [
      "https://www.google.com/url?rct=j&url=https%3A%2F%2Fpress.example%2Fa%3Futm_source%3Dx&ct=ga",
      "https://press.example/a",
    ],
    ["https://www.google.com/url?q=https://press.example/a&sa=U", "https://press.example/a"],
    ["https://www.google.de/amp/s/www.press.example/rat-tagt/amp/", "https://www.press.example/rat-tagt/amp/"],
    [
      "https://www-press-example.cdn.ampproject.org/c/s/www.press.example/rat.amp.html",
      "https://www.press.example/rat.amp.html",
    ],
    [
      `https://news.google.com/rss/articles/${googleNews("https://press.example/rat-tagt")}?oc=5`,
      "https://press.example/rat-tagt",
    ],
    [`https://news.google.com/rss/articles/${googleNews(LONG)}?oc=5`, LONG],
    [
      "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fpress.example%2fa&c=1",
      "https://press.example/a",
    ],
    ["http://us.rd.yahoo.com/dailynews/rss/x/*http://press.example/a", "http://press.example/a"],
    [
      "http://rss.feedsportal.com/c/1/f/2/s/3/l/0Lpress0Bexample0Cpolitik0Crat0E50A1/story01.htm",
      "http://press.example/politik/rat-501",
    ],
    ["https://go.theregister.com/feed/www.theregister.com/2026/11/23/a/", "https://www.theregister.com/2026/11/23/a/"],
  ])("%s", (written, page) => expect(permalink(written, undefined)).toBe(page));

  test.each([
    "https://t.co/abc",
    "http://feedproxy.google.com/~r/nordblatt/~3/abc/",
    "https://news.google.com/rss/articles/CBMiSkFVX3lxTE5abcdefghijklmnop",
    "https://www.google.com/search?q=hafen",
    "https://www.google.com/url?q=javascript:alert(1)",
    "https://press.example/weiter?url=https%3A%2F%2Fanders.example%2F",
    "https://www.bing.com/search?url=https://anders.example/",
  ])("%s does not, and stays", (written) => expect(permalink(written, undefined)).toBe(written));
});

describe("one page is known by one key", () => {
  test.each([
    "https://press.example/politik/rat-tagt-510001",
    "http://press.example/politik/rat-tagt-510001",
    "https://www.press.example/politik/rat-tagt-510001/",
    "https://m.press.example/politik/rat-tagt-510001?m=1",
    "https://amp.press.example/politik/rat-tagt-510001",
    "https://press.example/politik/rat-tagt-510001/amp/",
    "https://press.example/politik/rat-tagt-510001/amp",
    "https://press.example/politik/rat-tagt-510001.amp",
    "https://press.example/politik/rat-tagt-510001-amp",
    "https://press.example/politik/rat-tagt-510001?outputType=amp",
    "https://press.example/politik/rat-tagt-510001?amp=1&print=true",
    "https://press.example/politik/rat-tagt-510001/druckversion",
    "https://press.example/politik/rat-tagt-510001/index.html",
    "https://press.example/politik/rat%2dtagt-510001?leer=",
    "https://press.example//politik/rat-tagt-510001?token=a1b2c3d4e5f6a7b8c9",
    "https://press.example/(S(lit3py55t21z5v55vlm25s55))/politik/rat-tagt-510001",
  ])("%s", (url) => expect(pageKey(url)).toBe("https://press.example/politik/rat-tagt-510001"));

  test("whatever the order of its parameters", () => {
    expect(pageKey("https://press.example/a?id=1&seite=2&id=1")).toBe(pageKey("https://press.example/a?seite=2&id=1"));
  });

  test.each([
    ["https://press.example/a?id=1", "https://press.example/a?id=2"],
    ["https://press.example/?p=1", "https://press.example/?p=2"],
    ["https://press.example/?510001", "https://press.example/?510002"],
    ["https://press.example/artikel.pl?sid=26/11/23/1", "https://press.example/artikel.pl?sid=26/11/23/2"],
    ["https://press.example/aBc", "https://press.example/abc"],
    ["https://press.example/technik/amp", "https://press.example/technik"],
    ["https://press.example/roehren-amp", "https://press.example/roehren"],
    ["https://amp.dev/a", "https://dev/a"],
    ["https://m.de/a", "https://de/a"],
    ["https://nord.press.example/a", "https://press.example/a"],
    ["https://press.example/#!/1", "https://press.example/#!/2"],
    ["https://press.example/a?token=kurz1", "https://press.example/a?token=kurz2"],
  ])("%s and %s are two", (one, other) => expect(pageKey(one)).not.toBe(pageKey(other)));
});

test("addresses that need no reading come out as the URL Standard writes them", () => {
  const part = fc.stringMatching(/^[\w.~%?=&+,;:@!$()*#/-]{0,12}$/);
  const host = fc.stringMatching(/^[a-z\d.-]{1,12}\.(?:de|example|xn--a)$/);
  fc.assert(
    fc.property(host, part, (name, rest) => {
      const written = `https://${name}/${rest}`;

      expect(absoluteUrl(written, undefined)).toBe(URL.parse(written)?.href);
    }),
    { numRuns: 2000 },
  );
});

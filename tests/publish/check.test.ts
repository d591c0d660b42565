import { describe, expect, test } from "vitest";
import { check } from "../../src/publish/publish.ts";
import { documentsOf, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const { rss, atom, json } = documentsOf(topicFeed(told));

/** A sound document, spoilt in one place, must be refused for just that. */
function spoilt(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`"${from}" is not in the document`);
  return text.replace(from, to);
}

test("a sound document has no problems", () => {
  expect([check("rss", rss.text), check("atom", atom.text), check("json", json.text)]).toEqual([[], [], []]);
});

const SWAPPED = "<content:encoded>b</content:encoded><description>a</description>";
const PREVIOUS = '<atom:link rel="prev-archive" href="https://feeds.example.org/topics/energie/archive/1.rss"/>';

describe("RSS is refused for", () => {
  test.each([
    ["a stray ampersand", "<ttl>5</ttl>", "<ttl>&</ttl>", /entity|disallowed/i],
    ["a control character", "<ttl>5</ttl>", "<ttl>5\u0007</ttl>", /disallowed character/],
    ["a document type", "<rss ", '<!DOCTYPE rss [<!ENTITY a "b">]><rss ', /document type/],
    ["a prefix without a namespace", "<ttl>5</ttl>", "<itunes:x>5</itunes:x>", /unbound namespace prefix/],
    ["a truncated end", "</channel>", "", /unexpected close tag/],
    ["another version", 'version="2.0"', 'version="0.91"', /no RSS 2.0/],
    ["two channels", "</channel>", "</channel><channel/>", /not one channel/],
    ["a blank title", /<title>Energie.*?<\/title>/, "<title> </title>", /<title> is blank/],
    ["a missing link", "<link>https://feeds.example.org/topics/energie</link>", "", /0 <link> in <channel>/],
    [
      "a relative link",
      "<link>https://elbbote.example/artikel/4711",
      "<link>/artikel/4711",
      /item 1: <link> is no absolute/,
    ],
    ["a language that is none", "<language>de", "<language>Deutsch!", /is no language/],
    ["two links to itself", 'rel="alternate"', 'rel="self"', /2 links to itself/],
    [
      "a date in ISO 8601",
      "Mon, 02 Mar 2026 06:30:00 GMT</pubDate>",
      "2026-03-02</pubDate>",
      /<pubDate> is no RFC 822 date/,
    ],
    ["a day that never was", "02 Mar 2026 06:30:00 GMT</pubDate>", "99 Mar 2026 06:30:00 GMT</pubDate>", /RFC 822/],
    [
      "a weekday that was not",
      "Mon, 02 Mar 2026 06:30:00 GMT</pubDate>",
      "Tue, 02 Mar 2026 06:30:00 GMT</pubDate>",
      /RFC 822/,
    ],
    [
      "a February of 30 days",
      "Mon, 02 Mar 2026 06:30:00 GMT</pubDate>",
      "Mon, 30 Feb 2026 06:30:00 GMT</pubDate>",
      /RFC 822/,
    ],
    [
      "a year of two digits",
      "Mon, 02 Mar 2026 06:30:00 GMT</pubDate>",
      "Mon, 02 Mar 26 06:30:00 GMT</pubDate>",
      /RFC 822/,
    ],
    ["a named reference in a plain text", "&#x26; Klima", "&amp; Klima", /named references/],
    ["a title that some take for HTML", "Wustrow:", "&#x3C;b>Wustrow:", /<title> is HTML to some/],
    ["an element of no vocabulary", "<ttl>", "<teaser>x</teaser><ttl>", /<teaser> in <channel>/],
    [
      "an element of an item that RSS does not know",
      "<dc:creator>Änne",
      "<image>x</image><dc:creator>Änne",
      /item 1: <image> in <item>/,
    ],
    ["a time to live of nothing", "<ttl>5", "<ttl>0", /is no time to live/],
    ["a time to live of a year", "<ttl>5", "<ttl>525600", /is no time to live/],
    [
      "a description behind the text",
      /<description><!.*?<\/content:encoded>/s,
      SWAPPED,
      /no description before content:encoded/,
    ],
    [
      "two kinds of authors",
      "<dc:creator>Änne",
      "<author>a@b.example (Ä)</author><dc:creator>Änne",
      /author and dc:creator/,
    ],
    ["a language of an item that is none", "<dc:language>de-at", "<dc:language>österreichisch", /is no language/],
    [
      "an archive that leads nowhere",
      "<ttl>",
      '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/><ttl>',
      /an archive without a link/,
    ],
    [
      "two archives before it",
      /<atom:link [^>]*rel="alternate"[^>]*>/,
      PREVIOUS + PREVIOUS,
      /2 links to its prev-archive/,
    ],
    [
      "a guid of a tag: without a date",
      'false">https://elbbote.example/artikel/4711',
      'false">tag:elbbote.example:4711',
      /<guid> is no canonical URI/,
    ],
    ["an item without guid", /<guid .*?<\/guid>/, "", /0 <guid>/],
    ["a guid that says it is a link", 'isPermaLink="false"', 'isPermaLink="true"', /isPermaLink/],
    ["an author without e-mail address", "<dc:creator>Änne", "<author>A</author><dc:creator>Änne", /no e-mail address/],
    ["an enclosure without length", 'length="1048576"', "", /<enclosure length> is no count/],
    ["an enclosure without type", ' type="audio/mpeg"', "", /<enclosure type> is no media type/],
    ["an item without source", /<source .*?<\/source>/, "", /0 <source>/],
    ["a script", "<![CDATA[<p>Nach", "<![CDATA[<script>x</script><p>Nach", /holds <script>/],
    ["a handler", "<![CDATA[<p>Nach", '<![CDATA[<p onclick="x">Nach', /holds onclick/],
    ["a relative address in its HTML", "<![CDATA[<p>Nach", '<![CDATA[<img src="/a.png"><p>Nach', /holds src/],
    ["a link that runs", "<![CDATA[<p>Nach", '<![CDATA[<a href="javascript:x">a</a><p>Nach', /holds href/],
  ])("%s", (_, from, to, problem) => {
    const found = typeof from === "string" ? from : (from.exec(rss.text)?.[0] ?? "missing");

    expect(check("rss", spoilt(rss.text, found, to)).join("\n")).toMatch(problem);
  });
});

describe("Atom is refused for", () => {
  test.each([
    ["another namespace", "http://www.w3.org/2005/Atom", "http://example.org/", /no Atom 1.0/],
    ["a missing id", "<id>https://feeds.example.org/topics/energie</id>", "", /0 <id> in <feed>/],
    [
      "an id that is relative",
      "<id>https://elbbote.example/artikel/4711",
      "<id>/artikel/4711",
      /<id> is no canonical URI/,
    ],
    ["a date in RFC 822", "<published>2026-03-02T06:30:00.000Z", "<published>Mon, 02 Mar 2026", /RFC 3339/],
    ["an author without a name", "<name>Jens B.</name>", "<email>a@b.example</email>", /0 <name> in <author>/],
    ["a category without a term", 'term="wind" ', "", /<category term> is blank/],
    ["a link without an address", 'href="https://ton.elbbote.example/4711.mp3"', "", /<link href>/],
    ["two alternates", 'rel="related"', 'rel="alternate"', /not one alternate link/],
    ["a February of 30 days", "<published>2026-03-02", "<published>2026-02-30", /RFC 3339/],
    [
      "a text of no type of Atom's",
      '<content type="html">',
      '<content type="xhtml">',
      /<content type> is no type of text/,
    ],
    ["a language that is none", 'xml:lang="de"', 'xml:lang="Deutsch!"', /<feed xml:lang> is no language/],
    ["an element that Atom does not know", "<subtitle", "<teaser>x</teaser><subtitle", /<teaser> in <feed>/],
    [
      "an id that promises a UUID",
      "<id>https://elbbote.example/artikel/4711",
      "<id>urn:uuid:4711",
      /<id> is no canonical URI/,
    ],
    ["markup in a title", '<title type="html">Windpark', '<title type="html">&lt;script&gt;Windpark', /holds <script>/],
  ])("%s", (_, from, to, problem) => {
    expect(check("atom", spoilt(atom.text, from, to)).join("\n")).toMatch(problem);
  });

  test("the same id twice", () => {
    const entry = /<entry.*<\/entry>/s.exec(atom.text)?.[0] ?? "";

    expect(check("atom", spoilt(atom.text, entry, entry + entry))).toEqual(["item 2: its id stands twice"]);
  });
});

describe("JSON Feed is refused for", () => {
  test.each([
    ["what is no JSON", '"version"', "version", /is no object/],
    ["version 1", "version/1.1", "version/1", /version is not 1.1/],
    [
      "an id that is a number",
      '"id": "https://elbbote.example/artikel/4711"',
      '"id": 4711',
      /item 1: id is no printable text/,
    ],
    ["a missing body", '"content_html"', '"_content"', /has no content_html/],
    ["a member of its own making", '"summary"', '"teaser"', /teaser is no member/],
    ["a control character", '"Ostsee"', '"Ost\\u0007see"', /tags is no printable text/],
    ["half a character", '"Ostsee"', '"Ost\\ud800see"', /tags is no printable text/],
    ["an author without a name", '"name": "Jens B."', '"avatar": "https://a.example/"', /authors has no name/],
    ["an attachment without a type", '"mime_type": "audio/mpeg",', "", /attachments has no mime_type/],
    ["a relative picture", '"image": "https://bild.elbbote.example', '"image": "', /image is no absolute/],
    ["no source", '"_source"', '"_origin"', /has no _source/],
    [
      "a next page that is this one",
      '"items"',
      '"next_url": "https://feeds.example.org/topics/energie.json", "items"',
      /next_url leads to the same page/,
    ],
    ["an extension that is no object", '"_source"', '"_a": 1, "_source"', /_a is no member/],
  ])("%s", (_, from, to, problem) => {
    expect(check("json", spoilt(json.text, from, to)).join("\n")).toMatch(problem);
  });
});

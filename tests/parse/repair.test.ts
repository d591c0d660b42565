import { describe, expect, test } from "vitest";
import { atom, isXmlText, itemOf, parseBytes, parseText, rss } from "./read-text.ts";

describe("no mistake of a publisher costs a feed", () => {
  test.each([
    ["a warning before the root", `Warning: mysql_connect() failed\n${rss("<item><title>Rat tagt</title></item>")}`],
    ["blank lines before the declaration", `\n\n<?xml version="1.0"?>${rss("<item><title>Rat tagt</title></item>")}`],
    ["a page's tail after the root", `${rss("<item><title>Rat tagt</title></item>")}</body></html><!-- 0.3 s -->`],
    ["no version", "<rss><channel><item><title>Rat tagt</title></item></channel></rss>"],
    ["a version of its own", '<rss version="4.20"><channel><item><title>Rat tagt</title></item></channel></rss>'],
    ["no channel", '<rss version="2.0"><item><title>Rat tagt</title></item></rss>'],
    [
      "items after the channel",
      "<rss><channel><title>Bote</title></channel><item><title>Rat tagt</title></item></rss>",
    ],
    ["no root at all", "<item><title>Rat tagt</title></item>"],
    [
      "items in an element of their own",
      "<rss><channel><items><item><title>Rat tagt</title></item></items></channel></rss>",
    ],
    ["a page around the feed", `<html><body><pre>${rss("<item><title>Rat tagt</title></item>")}</pre></body></html>`],
    ["a comment that nothing ends", rss("<!-- Stand: heute <item><title>Rat tagt</title></item>")],
    ["an instruction that nothing ends well", `<?xml version="1.0">${rss("<item><title>Rat tagt</title></item>")}`],
    [
      "a namespace that is a form of its own",
      '<rss xmlns="http://backend.userland.com/RSS2"><channel><item><title>Rat tagt</title></item></channel></rss>',
    ],
    ["upper case", "<RSS><CHANNEL><ITEM><TITLE>Rat tagt</TITLE></ITEM></CHANNEL></RSS>"],
    ["closing tags in another case", "<rss><channel><item><title>Rat tagt</Title></ITEM></channel></rss>"],
    [
      "attributes without quotes",
      "<rss version=2.0><channel><item><title type=text>Rat tagt</title></item></channel></rss>",
    ],
    [
      "a tag that is never closed",
      "<rss><channel><item><b><title>Rat tagt</title></item></channel></rss>".replace("<b>", "<category>"),
    ],
    ["a misspelt end tag", "<rss><channel><item><title>Rat tagt</titel><guid>1</guid></item></channel></rss>"],
    ["a missing end tag of the item before", rss("<item><title>Rat tagt</title><item><title>Zweites</title></item>")],
    [
      "an unknown prefix for everything",
      '<x:rss xmlns:x="http://backend.userland.com/rss2"><x:channel><x:item><x:title>Rat tagt</x:title></x:item></x:channel></x:rss>',
    ],
    [
      "RDF with its items inside the channel",
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><item><title>Rat tagt</title></item></channel></rdf:RDF>',
    ],
    [
      "a prefixed Atom root",
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Rat tagt</a:title></a:entry></a:feed>',
    ],
    ["an undeclared Atom prefix", "<atom:feed><atom:entry><atom:title>Rat tagt</atom:title></atom:entry></atom:feed>"],
    ["an empty entry beside it", atom("<entry><title>Rat tagt</title></entry><entry/>")],
    ["a date that is none", atom("<entry><title>Rat tagt</title><updated>gestern</updated><published/></entry>")],
    ["a link without address", atom("<entry><title>Rat tagt</title><link/><link rel='alternate'/></entry>")],
  ])("%s", async (_mistake, text) => {
    const { items } = await parseText(text);

    expect(items[0]?.title?.text).toBe("Rat tagt");
  });

  test("an ampersand and a less-than sign may stand alone", async () => {
    const item = await itemOf(
      "<title>Müller & Söhne: 1 < 2 <3</title><link>https://press.example/?a=1&copy=2&b=3</link>",
    );

    expect(item.title?.text).toBe("Müller & Söhne: 1 < 2 <3");
    expect(item.link).toBe("https://press.example/?a=1&copy=2&b=3");
  });

  test("entities of HTML are known, unknown ones stay as they are", async () => {
    expect((await itemOf("<title>Caf&eacute;&nbsp;&unheard; &#8364; &#150;</title>")).title?.text).toBe(
      "Café\u00a0&unheard; € –",
    );
  });

  test("control characters and halves of characters vanish", async () => {
    const item = await itemOf("<title>Rat\u0001 tagt\u000b &#x1f; &#xd800;</title>");

    expect(item.title?.text).toMatch(/^Rat tagt/);
    expect(item.title?.text).toSatisfy(isXmlText);
  });

  test("a document cut short keeps what was whole, and drops the field that was being said", async () => {
    const whole = rss(
      "<item><title>Erstes</title></item><item><title>Zweites</title><link>https://press.example/zweites</link>",
    );
    const { items, repairs } = await parseText(whole.slice(0, whole.indexOf("zweites</link>") + 3));

    expect(items.map((item) => [item.title?.text, item.link])).toEqual([
      ["Erstes", undefined],
      ["Zweites", undefined],
    ]);
    expect(repairs).toContain("truncated");
  });

  test.each([
    ["in plain text", "Der Rat der St", "Der Rat der St"],
    ["in CDATA", "<![CDATA[<p>Der Rat der St", "<p>Der Rat der St"],
    ["in escaped markup", "&lt;p&gt;Der Rat&lt;/p", "<p>Der Rat</p"],
    ["in a tag", "Der Rat <b", "Der Rat"],
  ])("a text that is cut short %s is read as far as it goes", async (_where, description, text) => {
    const { items, repairs } = await parseText(
      `<rss><channel><item><title>Rat tagt</title><guid>1</guid><description>${description}`,
    );

    expect(items).toMatchObject([{ guid: "1", title: { text: "Rat tagt" }, summary: { text } }]);
    expect(repairs).toContain("truncated");
  });

  test("half a headline is no headline", async () => {
    const { items } = await parseText("<rss><channel><item><guid>1</guid><title>Rat ta");

    expect(items[0]?.guid).toBe("1");
    expect(items[0]?.title).toBeUndefined();
  });

  test.each([
    ["the next section would end it", "<description><![CDATA[Zwei]]></description>"],
    ["nothing would end it", "<description>Zwei</description>"],
  ])("CDATA whose end is missing ends with its element, where %s", async (_how, second) => {
    const { items, repairs } = await parseText(
      rss(`<item><description><![CDATA[<p>Eins</description></item><item>${second}<guid>2</guid></item>`),
    );

    expect(items).toMatchObject([{ summary: { text: "<p>Eins" } }, { guid: "2", summary: { text: "Zwei" } }]);
    expect(repairs).toContain("unclosed-cdata");
  });

  test("CDATA that tells of CDATA is left alone", async () => {
    const { items, repairs } = await parseText(
      rss("<item><description><![CDATA[So beginnt es: <![CDATA[ und so weiter]]></description></item>"),
    );

    expect(items[0]?.summary?.text).toBe("So beginnt es: <![CDATA[ und so weiter");
    expect(repairs).toEqual([]);
  });

  test("one bad item does not cost the others", async () => {
    const { items } = await parseText(
      rss("<item><title>A</title></item><item><<<>&&&</item><item><title>C</title></item>"),
    );

    expect([items[0]?.title?.text, items.at(-1)?.title?.text]).toEqual(["A", "C"]);
  });

  test("an empty item inside an item is noise", async () => {
    const { items } = await parseText(rss("<item><title>A</title><item /><guid>1</guid></item>"));

    expect(items).toHaveLength(1);
    expect(items[0]?.guid).toBe("1");
  });
});

describe("a document type is taken out", () => {
  test("its simple entities are put in once", async () => {
    const { feed } = await parseText(
      `<!DOCTYPE rss [<!ENTITY ort "Köln"><!ENTITY % x SYSTEM "http://evil.example/">]>${rss("<title>&ort; heute</title>")}`,
    );

    expect(feed.title?.text).toBe("Köln heute");
  });

  test("entities of entities do not multiply", async () => {
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join("");
    const { feed } = await parseText(`<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>${rss("<title>&l9;</title>")}`);

    expect(feed.title?.text.length).toBeLessThan(1000);
  });

  test("many of them do not either", async () => {
    const text = `<!DOCTYPE rss [<!ENTITY a "${"b".repeat(900)}">]>${rss(`<description>${"&a;".repeat(100_000)}</description>`)}`;
    const { feed } = await parseText(text);

    expect(feed.subtitle?.text.length).toBeLessThan(2_000_000);
  });

  test("no file is ever read", async () => {
    const { feed } = await parseText(
      `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>${rss("<title>&f;</title>")}`,
    );

    expect(feed.title?.text).toBe("&f;");
  });
});

describe("what is no feed is said to be none", () => {
  test.each([
    ["", "empty"],
    ["  \n ", "empty"],
    ["<!DOCTYPE html><html><body><h1>404</h1></body></html>", "HTML"],
    ["just text", "no RSS"],
    ["{", "JSON"],
    ['{"a": 1}', "JSON"],
    ["<opml><body><outline/></body></opml>", "no RSS"],
  ])("%j", async (text, why) => {
    const parsed = await parseBytes(Buffer.from(text));

    expect(parsed).toMatchObject({ kind: "unreadable", why: expect.stringContaining(why) });
  });
});

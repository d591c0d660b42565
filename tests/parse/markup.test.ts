import { describe, expect, test } from "vitest";
import { entryOf, itemOf, parseText } from "./read-text.ts";

describe("text constructs of Atom", () => {
  test("type=text is text, even where it looks like markup", async () => {
    expect((await entryOf('<title type="text">Das &lt;b&gt;-Element</title>')).title).toEqual({
      text: "Das <b>-Element",
      type: "text",
    });
  });

  test("type=html is escaped markup", async () => {
    expect((await entryOf('<summary type="html">Ein &lt;b&gt;Wort&lt;/b&gt;</summary>')).summary).toEqual({
      text: "Ein <b>Wort</b>",
      type: "html",
    });
  });

  test("type=xhtml keeps the order of words and elements", async () => {
    const { content } = await entryOf(
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Eins <b>zwei</b> drei<br/> &lt;vier&gt; <i>f&amp;nf</i></div></content>',
    );

    expect(content?.type).toBe("html");
    expect(content?.text.replace(/<\/?div>/g, "")).toBe("Eins <b>zwei</b> drei<br> &lt;vier&gt; <i>f&amp;nf</i>");
  });

  test("xhtml under a prefix is the same", async () => {
    const { content } = await entryOf(
      '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">Eins <h:b>zwei</h:b></h:div></content>',
    );

    expect(content?.text).toContain("Eins <b>zwei</b>");
  });

  test("elements of xhtml that are called like elements of feeds stay where they are", async () => {
    const { content, title } = await entryOf(
      '<title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><summary>auf</summary><author>x</author></div></content>',
    );

    expect(title?.text).toBe("T");
    expect(content?.text).toContain("<author>x</author>");
  });

  test("base64 is decoded", async () => {
    const encoded = Buffer.from("<p>Ein Wort</p>").toString("base64");

    expect((await entryOf(`<content type="application/octet-stream">${encoded}</content>`)).content).toEqual({
      text: "<p>Ein Wort</p>",
      type: "html",
    });
    expect((await entryOf(`<content mode="base64">${encoded}</content>`)).content?.text).toBe("<p>Ein Wort</p>");
  });

  test("content that lies elsewhere is the item's page where it has no other", async () => {
    expect((await entryOf('<content src="https://press.example/a" type="text/html"/>')).link).toBe(
      "https://press.example/a",
    );
  });
});

describe("text constructs of RSS", () => {
  test("a description is HTML, escaped, in CDATA, or simply written down", async () => {
    const written = [
      "&lt;p&gt;Ein &lt;b&gt;Wort&lt;/b&gt;&lt;/p&gt;",
      "<![CDATA[<p>Ein <b>Wort</b></p>]]>",
      "<p>Ein <b>Wort</b></p>",
    ];

    for (const description of written)
      expect((await itemOf(`<description>${description}</description>`)).summary).toEqual({
        text: "<p>Ein <b>Wort</b></p>",
        type: "html",
      });
  });

  test("a title is text unless it holds a tag or an entity", async () => {
    expect((await itemOf("<title>1 &lt; 2</title>")).title).toEqual({ text: "1 < 2", type: "text" });
    expect((await itemOf("<title>Q&amp;amp;A</title>")).title).toEqual({ text: "Q&amp;A", type: "html" });
    expect((await itemOf("<title>Ein &lt;i&gt;Wort&lt;/i&gt;</title>")).title?.type).toBe("html");
  });

  test("content:encoded is the content under any prefix, media and iTunes texts only stand in", async () => {
    const { items } = await parseText(
      `<rss xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"><channel><item>
        <m:title>Bildtitel</m:title><m:description>Bildtext</m:description>
        <title>Titel</title><description>Anriss</description><c:encoded>Ganzer Text</c:encoded>
      </item></channel></rss>`,
    );

    expect(items[0]).toMatchObject({
      title: { text: "Titel" },
      summary: { text: "Anriss" },
      content: { text: "Ganzer Text" },
    });
  });

  test("names of other vocabularies are not mistaken for those of the feed", async () => {
    const { items } = await parseText(
      `<rss xmlns:o="http://other.example/"><channel><item><o:title>falsch</o:title><o:box><title>falsch</title></o:box><title>richtig</title></item></channel></rss>`,
    );

    expect(items[0]?.title?.text).toBe("richtig");
  });

  test("xml:base says what relative addresses are meant against, at every depth", async () => {
    const { items } = await parseText(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://press.example/a/"><entry xml:base="b/"><link href="c"/>
        <content type="xhtml"><div xml:base="d/"><a href="e">x</a></div></content></entry></feed>`,
    );

    expect(items[0]).toMatchObject({ link: "https://press.example/a/b/c", base: "https://press.example/a/b/" });
    expect(items[0]?.content).toMatchObject({ base: "https://press.example/a/b/" });
    expect(items[0]?.content?.text).toContain('href="https://press.example/a/b/d/e"');
  });
});

import { createRequire } from "node:module";
import Parser from "rss-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { atom, parseText, rss } from "./read-text.ts";

/** rss-parser makes a snippet of every content it sees, in quadratic time: 117 KB of "x<p" take seconds. */
interface SnippetMakers {
  getSnippet: (html: string) => string;
  stripHtml: (html: string) => string;
}
const makers: SnippetMakers = createRequire(import.meta.url)("rss-parser/lib/utils");
const { getSnippet, stripHtml } = makers;

beforeAll(() => {
  makers.getSnippet = makers.stripHtml = () => {
    throw new Error("a snippet was made");
  };
});
afterAll(() => {
  Object.assign(makers, { getSnippet, stripHtml });
});

const EVERY_TEXT = `<title>T</title><description>D</description><content>C</content><content:encoded>E</content:encoded><summary>S</summary>
  <itunes:summary>I</itunes:summary><media:description>M</media:description><body>B</body><subtitle>U</subtitle>`;

test("rss-parser left to itself makes snippets", async () => {
  await expect(new Parser().parseString(rss(`<item>${EVERY_TEXT}</item>`))).rejects.toThrow("a snippet was made");
});

test("nothing that we hand to rss-parser makes it make snippets", async () => {
  const documents = [
    rss(`${EVERY_TEXT}<item>${EVERY_TEXT}</item>`),
    atom(`${EVERY_TEXT}<entry>${EVERY_TEXT}</entry>`),
    `<rdf:RDF><channel>${EVERY_TEXT}</channel><item>${EVERY_TEXT}</item></rdf:RDF>`,
    JSON.stringify({ rss: { channel: { description: "D", item: [{ description: "D", "content:encoded": "E" }] } } }),
  ];

  for (const document of documents) {
    const { items } = await parseText(document);

    expect(items[0]?.summary?.text).toBeDefined();
  }
});

import { atom, rss } from "./read-text.ts";

/** Documents, about `size` characters long, that are each the worst case of some careless way to read. */
export const HOSTILE: readonly (readonly [string, (size: number) => string])[] = [
  ["unclosed tags in CDATA", (size) => described(`<![CDATA[${repeat("x<p")(size)}]]>`)],
  ["less-than signs in CDATA", (size) => described(`<![CDATA[${repeat("<")(size)}]]>`)],
  ["ends of CDATA", (size) => described(repeat("]]>&amp;")(size))],
  ["CDATA that nothing ends", repeat("<item><description><![CDATA[x</description></item>")],
  ["CDATA within CDATA", (size) => described(repeat("<![CDATA[")(size))],
  ["CDATA that the next one ends", repeat("<item><title><![CDATA[x</title><link><![CDATA[y]]></link></item>")],
  ["comments that nothing ends", (size) => rss(repeat("<!--<item>")(size))],
  ["instructions that nothing ends", (size) => rss(repeat("<?php ")(size))],
  ["declarations that nothing ends", (size) => rss(repeat("<!x ")(size))],
  ["document types within document types", repeat('<!DOCTYPE rss [ ] "')],
  ["document type that nothing ends", (size) => `<!DOCTYPE rss [${repeat("<!ENTITY a ' ]")(size)}`],
  ["spaces in a document type", (size) => `<!DOCTYPE rss [${repeat("]     ")(size)}<rss>`],
  ["declared entities", (size) => `<!DOCTYPE rss [${repeat("<!ENTITY ")(size)}]>${described("x")}`],
  [
    "a bomb of entities",
    (size) => `<!DOCTYPE rss [<!ENTITY a "${"b".repeat(900)}">]>${described(repeat("&a;")(size))}`,
  ],
  ["ampersands", (size) => described(repeat("&")(size))],
  ["entities that are none", (size) => described(repeat("&am&#&#x&#99999999")(size))],
  ["escaped tags", (size) => described(repeat("&lt;i>")(size / 2) + repeat("&lt;/b>")(size / 2))],
  ["elements within elements", (size) => described(repeat("<i>")(size))],
  ["end tags that match nothing", (size) => described(repeat("<i>")(size / 2) + repeat("</b>")(size / 2))],
  ["tables within tables", (size) => described(`<![CDATA[${repeat("<table><tr><td>")(size)}]]>`)],
  ["XHTML within XHTML", (size) => atom(`<entry><content type="xhtml">${repeat("<div>")(size)}</content></entry>`)],
  ["roots within roots", repeat("<rss>")],
  ["channels within an item", (size) => `<rss><item>${repeat("<channel>")(size)}`],
  ["items that never end", (size) => `<rss><channel>${repeat("<item><title>a")(size)}`],
  ["items in every wrong place", repeat("<title><item><image><item/></title></item><entry>")],
  ["groups within groups", (size) => rss(`<item>${repeat("<author><name><image>")(size)}</item>`)],
  ["attributes", (size) => rss(`<item ${numbered((n) => `a${n}="${n}"`)(size)}></item>`)],
  [
    "a long attribute",
    (size) => rss(`<item><enclosure url="https://press.example/${repeat("a/../ ")(size)}"/></item>`),
  ],
  ["quotes that never end", (size) => `<rss>${repeat('<a "')(size)}`],
  ["namespaces within namespaces", (size) => `<rss>${numbered((n) => `<a xmlns:p${n}="u${n}">`)(size)}`],
  ["bases within bases", (size) => `<feed>${repeat("<a xml:base='x/'>")(size)}`],
  ["a long base", (size) => atom(repeat("<entry xml:base='/abcdefgh'><link href='x'/></entry>")(size))],
  ["categories of one item", (size) => rss(`<item>${numbered((n) => `<category>${n}</category>`)(size)}</item>`)],
  ["keywords of one item", (size) => rss(`<item><keywords>${numbered((n) => `w${n},`)(size)}</keywords></item>`)],
  ["authors of one item", (size) => rss(`<item>${numbered((n) => `<author>a${n}@b.example</author>`)(size)}</item>`)],
  ["links of one item", (size) => rss(`<item>${numbered((n) => `<link>https://b.example/${n}</link>`)(size)}</item>`)],
  ["enclosures of one item", (size) => rss(`<item>${numbered((n) => `<enclosure url="/${n}.jpg"/>`)(size)}</item>`)],
  ["dates of one item", (size) => rss(`<item>${repeat("<pubDate>heute</pubDate>")(size)}</item>`)],
  ["items of one page", (size) => rss(numbered((n) => `<item><link>https://b.example/#${n}</link></item>`)(size))],
  ["a giant date", (size) => rss(`<item><pubDate>${repeat("1 Jan ")(size)}</pubDate></item>`)],
  ["an author's name", (size) => rss(`<item><author>${repeat("a.")(size)}@</author></item>`)],
  ["an author in brackets", (size) => rss(`<item><author>${repeat("( <[")(size)}</author></item>`)],
  ["a link's query", (size) => rss(`<item><link>https://press.example/${repeat("?&#")(size)}</link></item>`)],
  ["a giant title", (size) => rss(`<item><title>${repeat("Rat &amp; ")(size)}</title></item>`)],
  ["marks in a title", (size) => rss(`<item><title>${repeat("[( + | ")(size)}</title></item>`)],
  ["spaces in a title", (size) => rss(`<item><title>${repeat(" ")(size / 2)}x${repeat(" ")(size / 2)}</title></item>`)],
  ["dots", (size) => described(`${repeat(".")(size / 2)}x${repeat(".")(size / 2)}`)],
  ["pictures", (size) => described(`<![CDATA[${repeat("<img src='a.jpg' srcset='")(size)}]]>`)],
  ["brackets of JSON", (size) => `{"version":"1","items":${repeat("[")(size)}`],
  ["objects of JSON within each other", (size) => `{"version":"1","items":[${repeat('{"a":[{},')(size)}`],
  ["quotes of JSON", (size) => `{"version":"1","items":[{"id":"${repeat('\\"')(size)}`],
  ["items of JSON without an end", (size) => `{"version":"1","items":[${repeat('{"id":"1","tags":["a"]},')(size)}`],
];

function repeat(piece: string): (size: number) => string {
  return (size) => piece.repeat(Math.ceil(size / piece.length));
}

function numbered(piece: (n: number) => string): (size: number) => string {
  return (size) => Array.from({ length: Math.ceil(size / piece(1000).length) }, (_, n) => piece(n)).join(" ");
}

function described(description: string): string {
  return rss(`<item><title>a</title><description>${description}</description></item>`);
}

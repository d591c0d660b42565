import { describe, expect, test } from "vitest";
import { parse, splitItems } from "../../src/parse/parse.ts";

const HEAD = '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Haus &#38; Hof</title>';
const TAIL = "</channel></rss>";

describe("a document is cut into its items", () => {
  test("word for word, whatever their text says of items", () => {
    const items = [
      "<item><title><![CDATA[Ein </item> im Text]]></title></item>",
      "<item><!-- <item> auskommentiert --><title>Zwei</title><br/></item>",
      `<item><media:thumbnail url="https://haus.example/a?b=1" alt='ein "Wort" > zwei'/></item>`,
    ];

    const split = splitItems(documentOf(HEAD + items.join("\n") + TAIL));

    expect(split?.items).toEqual(items);
  });

  test("and what is left of it reads as if the others had never been there", async () => {
    const items = [1, 2, 3, 4].map((n) => `<item><guid>g${n}</guid><title>Käse ${n}</title></item>`);
    const document = documentOf(HEAD + items.join("\n") + TAIL, "latin1");

    const rest = splitItems(document)?.without(new Set([0, 2]));

    const parsed = await parse(rest ?? document);
    expect(parsed).toMatchObject({
      kind: "parsed",
      feed: { title: { text: "Haus & Hof" } },
      items: [
        { guid: "g2", title: { text: "Käse 2" } },
        { guid: "g4", title: { text: "Käse 4" } },
      ],
    });
  });

  test("the dates of the document, its comments and white space are no part of what items are read by", () => {
    const context = (around: string) => splitItems(documentOf(`${HEAD}${around}<item></item>${TAIL}`))?.context;

    expect(context("<lastBuildDate>Fri, 20 Nov 2026 10:00:00 GMT</lastBuildDate>\n<!-- gebaut in 3 ms -->")).toEqual(
      context("\n<lastBuildDate>Sat, 21 Nov 2026 10:00:00 GMT</lastBuildDate>"),
    );
    expect(context("<language>fr</language>")).not.toEqual(context("<language>de</language>"));
  });
});

describe("what is not beyond doubt is not cut", () => {
  const doubtful: Readonly<Record<string, string>> = {
    "an end tag is missing": "<item><title>Eins</item><item></item>",
    "an item is in an item": "<item><item></item></item>",
    "an item is empty": "<item/><item></item>",
    "a section has no end": "<item><title><![CDATA[Eins</title></item><item><title><![CDATA[Zwei]]></title></item>",
    "a comment is doubtful": "<item><!-- eins -- zwei --></item>",
    "a comment ends at once": "<item><!--></item><item>--></item>",
    "a tag is in an attribute": '<item><a title="<item>"></a></item>',
    "an attribute has no quotes": "<item><a title=eins></a></item>",
    "a lone bracket is in a text": "<item><title>1 < 2</title></item>",
    "another channel follows": "<item></item></channel><channel><language>fr</language><item></item>",
    "the namespace may make it an item": "<item></item><rss:item></rss:item>",
    "a control character hides in it": "<it\u0001em></item><item></item>",
  };

  for (const [what, items] of Object.entries(doubtful))
    test(what, () => {
      expect(splitItems(documentOf(HEAD + items + TAIL))).toBeUndefined();
    });

  test("a document type declaration has entities", () => {
    const text = `<!DOCTYPE rss [<!ENTITY x "y">]>${HEAD}<item>&x;</item>${TAIL}`;

    expect(splitItems(documentOf(text))).toBeUndefined();
  });
});

test("an item with a million attributes is in doubt, and its feed is read all the same", async () => {
  const rss2 = '<rss version="2.0"><channel><title>Haus</title>';
  const good = "<item><guid>g1</guid><title>Gut</title></item>";
  const document = documentOf(`${rss2}${good}<item ${"a='b' ".repeat(1_000_000)}><title>x</title></item>${TAIL}`);

  expect(splitItems(document)).toBeUndefined();
  expect(await parse(document)).toMatchObject({ kind: "parsed", items: [{ guid: "g1" }, { title: { text: "x" } }] });
});

test("a long document takes its length's time, also where it is broken late", () => {
  const took = (count: number, item: string): number => {
    const document = documentOf(HEAD + item.repeat(count) + TAIL);
    const started = performance.now();
    splitItems(document);
    return performance.now() - started;
  };
  for (const item of [
    "<item><a b='c' d='e' ></a></item>",
    "<item><![CDATA[<]]></item>",
    "<a b='c' d='e'",
    "<!--",
    "<![CDATA[",
  ]) {
    took(2000, item);
    const short = Math.max(1, took(2000, item));

    expect(took(20_000, item), item).toBeLessThan(40 * short);
  }
});

const documentOf = (text: string, encoding: BufferEncoding = "utf8") => ({
  url: "https://haus.example/feed",
  headers: {},
  bytes: Buffer.from(text, encoding),
});

import process from "node:process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "../../src/normalise/normalise.ts";
import { atom, isXmlText, parseBytes, rss } from "./read-text.ts";

async function everyTextOf(bytes: Uint8Array): Promise<readonly string[]> {
  const parsed = await parseBytes(bytes);
  return parsed.kind === "unreadable"
    ? [parsed.why]
    : textsOf(normalise(parsed, "https://press.example/feed", ["Politik"]));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const SEEDS = [
  rss(`<title>Bote</title><item><title>Rat &amp; Tat</title><link>https://press.example/1</link><guid isPermaLink="false">1</guid>
       <description><![CDATA[<p onclick="x()">Ein <b>Wort</b><script>alert(1)</script></p>]]></description><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item>`),
  atom(
    `<title>Bote</title><entry><id>tag:press.example,2026:1</id><link href="/1"/><content type="xhtml"><div>Ein <b>Wort</b><script>x</script></div></content></entry>`,
  ),
  '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<img src=x onerror=alert(1)>"}]}',
];

const PIECES = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "</item>",
  "<item>",
  "<!--",
  "-->",
  '"',
  "\0",
  "\u0007",
  "\ufffe",
  "&#0;",
  "&#x1f;",
  "&lt;script&gt;",
  "<script>",
  "<?",
  "<!DOCTYPE",
  "xmlns:a=''",
];

const cut = fc.record({
  at: fc.nat(700),
  length: fc.nat(30),
  piece: fc.oneof(fc.constantFrom(...PIECES), fc.string()),
});
const mutated = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(cut, { maxLength: 6 }))
  .map(([seed, cuts]) =>
    cuts.reduce((text, { at, length, piece }) => text.slice(0, at) + piece + text.slice(at + length), seed),
  );
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  mutated.map((text) => Buffer.from(text)),
  mutated.map((text) => Buffer.from(text, "utf16le")),
);

test("whatever the bytes, nothing throws, nothing forbidden comes out, no script", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      const texts = await everyTextOf(given);

      expect(texts.filter((text) => !isXmlText(text))).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

test("no safe HTML has a script in it, whatever was cut and pasted into a feed", async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const parsed = await parseBytes(Buffer.from(text));
      const drafts = parsed.kind === "parsed" ? normalise(parsed, "https://press.example/feed", []).drafts : [];

      for (const { summary = "", content = "" } of drafts)
        expect(`${summary}${content}`).not.toMatch(/<script|<[^>]*\son\w+=/i);
    }),
    { numRuns: 1000 },
  );
});

describe("ten times the size takes about ten times as long", () => {
  const item = (description: string): string =>
    rss(`<item><title>a</title><description>${description}</description></item>`);
  const repeat = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length));

  test.each<[string, (size: number) => string]>([
    ["unclosed tags in CDATA", (size) => item(`<![CDATA[${repeat("x<p")(size)}]]>`)],
    ["less-than signs in CDATA", (size) => item(`<![CDATA[${repeat("<")(size)}]]>`)],
    ["elements within elements", (size) => item(repeat("<i>")(size))],
    ["end tags that match nothing", (size) => item(repeat("<i>")(size / 2) + repeat("</b>")(size / 2))],
    ["the same, escaped", (size) => item(repeat("&lt;i>")(size / 2) + repeat("&lt;/b>")(size / 2))],
    ["tables within tables", (size) => item(`<![CDATA[${repeat("<table><tr><td>")(size)}]]>`)],
    ["XHTML within XHTML", (size) => atom(`<entry><content type="xhtml">${repeat("<div>")(size)}</content></entry>`)],
    ["roots within roots", repeat("<rss>")],
    ["channels within an item", (size) => `<rss><item>${repeat("<channel>")(size)}`],
    ["items that never end", (size) => `<rss><channel>${repeat("<item><title>a")(size)}`],
    [
      "namespaces within namespaces",
      (size) => `<rss>${Array.from({ length: size / 20 }, (_, at) => `<a xmlns:p${at}="u${at}">`).join("")}`,
    ],
    ["bases within bases", (size) => `<feed>${repeat("<a xml:base='x/'>")(size)}`],
    ["quotes that never end", (size) => `<rss>${repeat('<a "')(size)}`],
    ["ampersands", (size) => item(repeat("&")(size))],
    ["entities", (size) => `<!DOCTYPE rss [<!ENTITY a "${"b".repeat(900)}">]>${item(repeat("&a;")(size))}`],
    ["declarations", (size) => `<!DOCTYPE rss [${repeat("<!ENTITY ")(size)}]>${item("x")}`],
    ["dots", (size) => item(`${repeat(".")(size / 2)}x${repeat(".")(size / 2)}`)],
    [
      "spaces in a title",
      (size) => rss(`<item><title>${repeat(" ")(size / 2)}x${repeat(" ")(size / 2)}</title></item>`),
    ],
    ["marks in a title", (size) => rss(`<item><title>${repeat("[( + | ")(size)}</title></item>`)],
    ["an author's name", (size) => rss(`<item><author>${repeat("a.")(size)}@</author></item>`)],
    ["a link's query", (size) => rss(`<item><link>https://press.example/${repeat("?&#")(size)}</link></item>`)],
    ["brackets of JSON", (size) => `{"version":"1","items":${repeat("[")(size)}`],
  ])("%s", async (_kind, make) => {
    const small = await timeOf(make(60_000));
    const large = await timeOf(make(600_000));

    // in the first milliseconds the compiler speaks louder than the code; what is quadratic takes seconds at this size
    expect(large).toBeLessThan(15 * Math.max(small, 40));
  });

  async function timeOf(text: string): Promise<number> {
    const given = Buffer.from(text);
    const times: number[] = [];
    for (let round = 0; round < 2; round++) {
      const before = process.threadCpuUsage();
      await everyTextOf(given);
      const { user, system } = process.threadCpuUsage(before);
      times.push((user + system) / 1000);
    }
    return Math.min(...times);
  }
});

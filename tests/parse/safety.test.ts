import fc from "fast-check";
import { expect, test } from "vitest";
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

// each was found by tests/fuzz
test.each([
  [
    "references in the title of a JSON Feed",
    '{"version":"1","items":[{"id":"1","title":"Rat &#x1f;&#xfffe;&#150; tagt"}]}',
  ],
  ["references escaped twice", rss("<item><title>Rat &amp;amp;#x1f; &amp;#xfffe; tagt</title></item>")],
])("nothing forbidden comes out of %s", async (_where, text) => {
  const texts = await everyTextOf(Buffer.from(text));

  expect(texts.join("")).toContain("tagt");
  expect(texts.filter((each) => !isXmlText(each))).toEqual([]);
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

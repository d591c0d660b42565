import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { inert } from "../../src/publish/inert.ts";

/** What a reader shows who takes a text for HTML. */
function asHtml(html: string): string {
  const parts: string[] = [];
  const parser = new Parser({
    ontext: (part) => void parts.push(part),
    onopentagname: (name) => void parts.push(`[tag ${name}]`),
    oncomment: () => void parts.push("[comment]"),
    onprocessinginstruction: () => void parts.push("[instruction]"),
  });
  parser.end(html);
  return parts.join("");
}

const visible = (text: string): string => text.replaceAll("\u200b", "");

test.each(["AT&T", "R&B, Q&A", "a < b > c", "1 <2", "<3 &c.", "Rat & Tat;", "100 % & mehr"])(
  "what is no markup stays as it is: %s",
  (text) => {
    expect(inert(text)).toBe(text);
  },
);

test.each(["<b>fett</b>", "a<b", "<!-- x -->", "<?php ?>", "&amp; &lt;i&gt; &#60; &#x3C;", "<img src=x onerror=a()>"])(
  "what looks like markup is shown as it was written by those who take it for HTML too: %s",
  (text) => {
    expect(visible(asHtml(inert(text)))).toBe(text);
    expect(visible(inert(text))).toBe(text);
  },
);

test("whatever a title says, it holds no tag and no reference", () => {
  const unit = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(..."< > & ; / ! ? # a b lt amp script 60".split(" ")),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
      const html = inert(text.replaceAll("\u200b", ""));

      expect(html).not.toMatch(/<[a-z/!?]|&(?:#\w{1,8}|[a-z]\w{1,31});/i);
      expect(visible(html)).toBe(visible(text));
    }),
    { numRuns: 500 },
  );
});

import { expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import type { Reading } from "../../src/model/reading.ts";
import { offencesOf } from "./offences.ts";

const readingOf = (draft: Draft): Reading => ({
  kind: "read",
  format: "rss",
  profile: {},
  drafts: [draft],
  hints: {},
  repairs: [],
});

test.each<[string, Draft]>([
  ["a script", { content: "<p>a</p><SCRIPT >x</script>" }],
  ["half a script", { summary: "a <script" }],
  ["an event handler", { content: '<p title="a>b" onclick="x">a</p>' }],
  ["a script in an address", { content: '<a href="java\tscript:x">a</a>' }],
  ["a script in an address, in references", { content: '<a href="&#106;avascript&colon;x">a</a>' }],
  ["a style", { content: '<p style="x">a</p>' }],
  ["a frame", { content: "<iframe>" }],
  ["a control character", { title: "a\u0001" }],
  ["half a character", { guid: "a\ud800" }],
  ["a permalink that is a script", { permalink: "javascript:x" }],
  ["a picture that is data", { image: { url: "data:image/png,x" } }],
])("%s is an offence", (_kind, draft) => {
  expect(offencesOf(readingOf(draft))).not.toEqual([]);
});

test("what any feed may say is none", () => {
  const draft: Draft = {
    title: "Das <script>-Element",
    content:
      '<p>Ein <a href="https://press.example/?a=1&amp;b=2" title="javascript: was ist das?">Wort</a> &lt;script&gt;</p>',
    permalink: "https://press.example/1",
  };

  expect(offencesOf(readingOf(draft))).toEqual([]);
});

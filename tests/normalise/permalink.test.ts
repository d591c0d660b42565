import { expect, test } from "vitest";
import { permalink } from "../../src/normalise/permalink.ts";

test.each([
  ["https://press.example/a?utm_source=rss&utm_medium=feed", "https://press.example/a"],
  ["https://press.example/a?id=5&utm_campaign=x&page=2", "https://press.example/a?id=5&page=2"],
  ["https://press.example/a?fbclid=x&gclid=y&msclkid=z", "https://press.example/a"],
  ["https://press.example/a?wt_mc=rss.red&wt_zmc=x", "https://press.example/a"],
  ["https://press.example/a?xtor=RSS-1", "https://press.example/a"],
  ["https://press.example/a#xtor=RSS-1", "https://press.example/a"],
  ["https://press.example/a#ref=rss", "https://press.example/a"],
  ["https://press.example/a?at_medium=RSS&at_campaign=x", "https://press.example/a"],
  ["https://press.example/a?maca=de-rss-de-all-1119-rdf", "https://press.example/a"],
  ["https://press.example/a?GEPC=s3", "https://press.example/a"],
  ["https://press.example/a?ref=rss", "https://press.example/a"],
  ["https://press.example/a?ref=kapitel-2", "https://press.example/a?ref=kapitel-2"],
  ["https://press.example/a?source=archiv", "https://press.example/a?source=archiv"],
  ["HTTPS://Press.EXAMPLE:443/A/b", "https://press.example/A/b"],
  ["http://press.example:80", "http://press.example/"],
  ["http://press.example:8080/a", "http://press.example:8080/a"],
  ["https://press.example/a?q=B%C3%A4cker&x=a%20b", "https://press.example/a?q=B%C3%A4cker&x=a%20b"],
  ["https://press.example/a?a=1&&b=", "https://press.example/a?a=1&&b="],
  ["https://press.example/#!/artikel/1", "https://press.example/#!/artikel/1"],
  [" https://press.example/a\n b ", "https://press.example/a%20b"],
  ["//press.example/a", "https://press.example/a"],
  ["../a", "https://home.example/a"],
])("%s is %s", (written, expected) => expect(permalink(written, "https://home.example/x/y")).toBe(expected));

test.each([
  "javascript:alert(1)",
  "mailto:jo@press.example",
  "http://",
  "https://[",
  "tag:press.example,2026:1",
  `https://press.example/${"a".repeat(5000)}`,
])("%s is no page", (written) => expect(permalink(written, undefined)).toBeUndefined());

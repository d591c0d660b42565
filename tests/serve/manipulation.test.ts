import { expect, test } from "vitest";
import { asksForNewEntries, heldTags } from "../../src/serve/manipulation.ts";
import { processorTime } from "../support/processor-time.ts";

test.each([
  ["feed", true],
  ["gzip, feed", true],
  ["FEED;q=0.5 , vcdiff", true],
  ["feed;q=1.0", true],
  ["feed;q=0", false],
  ["feed;q=0.000", false],
  ["vcdiff, gzip", false],
  ["feeder", false],
  ["feed;q=", false],
  ["", false],
])("A-IM: %s asks for new entries only: %s", (wanted, expected) => {
  expect(asksForNewEntries({ method: "GET", headers: { "a-im": wanted } })).toBe(expected);
});

test("who says nothing, or wants no body, asks for none", () => {
  expect(asksForNewEntries({ method: "GET", headers: {} })).toBe(false);
  expect(asksForNewEntries({ method: "HEAD", headers: { "a-im": "feed" } })).toBe(false);
});

test("a client's tags are those of the document, whatever the encoding in which it got it", () => {
  expect(heldTags('"abc-gz", W/"def-br","ghi-zst" , "jkl"')).toEqual(["abc", "def", "ghi", "jkl"]);
  expect(heldTags("*")).toEqual([]);
  expect(heldTags(undefined)).toEqual([]);
  expect(heldTags('"x",'.repeat(1000))).toHaveLength(10);
});

test("a header of 16 KB costs next to nothing", () => {
  const took = processorTime(() => {
    asksForNewEntries({ method: "GET", headers: { "a-im": `feed${" ".repeat(16_000)};${"q".repeat(300)}` } });
    asksForNewEntries({ method: "GET", headers: { "a-im": `feed;q=0.${"9".repeat(16_000)}x` } });
    heldTags('"'.repeat(16_383));
  });

  expect(took).toBeLessThan(100);
});

import { describe, expect, test } from "vitest";
import { isUnmodified } from "../../src/serve/conditional.ts";
import { processorTime } from "../support/processor-time.ts";

const TAGS = ["h-br", "h-gz", "h"];
/** Sun, 06 Nov 1994 08:49:37 GMT, and a bit */
const MODIFIED_AT = 784_111_777_345;
const NOW = MODIFIED_AT + 86_400_000;

function unmodified(ifNoneMatch?: string, ifModifiedSince?: string): boolean {
  return isUnmodified({ ifNoneMatch, ifModifiedSince }, TAGS, MODIFIED_AT, NOW);
}

describe("If-None-Match", () => {
  test.each([
    ['"h"', "the tag itself"],
    ['"h-gz"', "the tag of another encoding"],
    ['W/"h-br"', "a tag that a proxy made weak"],
    ['"x", W/"y" , "h"', "one of a list"],
    ['"with, comma", "h"', "a list whose tags hold commas"],
    ["*", "a star"],
    [" * ", "a star among spaces"],
  ])("%s is answered with 304: %s", (header) => {
    expect(unmodified(header)).toBe(true);
  });

  test.each([
    ['"other"', "another tag"],
    ["h", "a tag without its quotes"],
    ['"h', "half a tag"],
    ["", "nothing"],
    ['"*"', "a tag that looks like a star"],
    ['"a""h-gzip"', "tags that only begin like ours"],
  ])("%s is answered with 200: %s", (header) => {
    expect(unmodified(header)).toBe(false);
  });

  test("wins over If-Modified-Since", () => {
    expect(unmodified('"other"', "Sun, 06 Nov 1994 08:49:37 GMT")).toBe(false);
    expect(unmodified('"h"', "Sun, 06 Nov 1994 08:49:36 GMT")).toBe(true);
  });

  test("a header full of quotes costs next to nothing", () => {
    const header = '"'.repeat(16_383);

    expect(processorTime(() => unmodified(header))).toBeLessThan(100);
    expect(unmodified(header)).toBe(false);
  });
});

describe("If-Modified-Since", () => {
  test.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", "the very second"],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "the form of RFC 850"],
    ["Sun Nov  6 08:49:37 1994", "the form of asctime, which is GMT without saying so"],
    ["Mon, 07 Nov 1994 08:49:37 GMT", "later"],
  ])("%s is answered with 304: %s", (date) => {
    expect(unmodified(undefined, date)).toBe(true);
  });

  test.each([
    ["Sun, 06 Nov 1994 08:49:36 GMT", "a second before"],
    ["Fri, 01 Jan 2100 00:00:00 GMT", "a date to come, which cannot be when we sent it"],
    ["yesterday", "no date"],
    ["0", "no date either"],
    ["784111777", "a number"],
    ["", "nothing"],
  ])("%s is answered with 200: %s", (date) => {
    expect(unmodified(undefined, date)).toBe(false);
  });

  test("says nothing of a document without a date", () => {
    const asked = { ifNoneMatch: undefined, ifModifiedSince: "Mon, 07 Nov 1994 08:49:37 GMT" };

    expect(isUnmodified(asked, TAGS, undefined, NOW)).toBe(false);
  });
});

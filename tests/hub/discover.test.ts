import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/hub/hub.ts";
import { processorTime } from "../support/processor-time.ts";

const URL_OF_FEED = "https://blatt.example/ressort/feed.xml";

function discovered(link: string | undefined, hints: { readonly hub?: string; readonly self?: string } = {}) {
  return discover({ url: URL_OF_FEED, headers: link === undefined ? {} : { link } }, hints);
}

describe("A-37: hub and topic are discovered", () => {
  test.each([
    ['<https://hub.example/>; rel="hub", <https://blatt.example/feed>; rel="self"'],
    ["<https://blatt.example/feed>; rel=self, <https://hub.example/>; rel=hub"],
    [
      '<https://blatt.example/feed>;rel="SELF alternate";type="a/b",<https://hub.example/> ; title="a, <b>; \\" c" ; rel="x hub"',
    ],
    ['</next>; rel="next" , ,<https://hub.example/>; rel="hub"; rel="next",<https://blatt.example/feed>; rel="self"'],
  ])("in the Link header %s", (link) => {
    expect(discovered(link)).toEqual({ hub: "https://hub.example/", topic: "https://blatt.example/feed" });
  });

  test("in the Link header first, whatever stands in the document (websub.rocks 104)", () => {
    const link = '<https://hub.example/>; rel="hub", <https://blatt.example/feed>; rel="self"';

    const found = discovered(link, { hub: "https://wrong.example/", self: "https://blatt.example/wrong" });

    expect(found).toEqual({ hub: "https://hub.example/", topic: "https://blatt.example/feed" });
  });

  test("in the document where the header has neither", () => {
    const hints = { hub: "https://hub.example/", self: "https://blatt.example/feed?a=Ä" };

    expect(discovered('<https://other.example/>; rel="license"', hints)).toEqual({
      hub: "https://hub.example/",
      topic: "https://blatt.example/feed?a=%C3%84",
    });
  });

  test("relative ones against the address that was read; without rel=self that address is the topic", () => {
    expect(discovered("</hub>; rel=hub, <feed>; rel=self")).toEqual({
      hub: "https://blatt.example/hub",
      topic: "https://blatt.example/ressort/feed",
    });
    expect(discovered("</hub>; rel=hub")?.topic).toBe(URL_OF_FEED);
  });

  test("a topic is kept letter by letter, as hubs compare it", () => {
    const topic = "HTTPS://Blatt.example:443/feed/../Feed?b=%c3%a4";

    expect(discovered(`<https://hub.example>; rel=hub, <${topic}>; rel=self`)).toEqual({
      hub: "https://hub.example",
      topic,
    });
  });

  test.each([
    ["no hub at all", undefined],
    ["a hub that is no web address", '<mailto:hub@example>; rel="hub"'],
    ["a hub that belongs to another document", '<https://hub.example/>; rel="hub"; anchor="https://other.example/"'],
    ["a hub that is too long", `<https://hub.example/${"a".repeat(3000)}>; rel="hub"`],
    ["a header that is none", "hub=https://hub.example/"],
  ])("%s is none", (_, link) => {
    expect(discovered(link)).toBeUndefined();
  });
});

test("any header is read in linear time, and what is found is a web address", () => {
  const pieces = fc.constantFrom("<", ">", ";", ",", "=", '"', "\\", " ", "rel", "hub", "https://h.example/");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const found = discovered(parts.join(""));
      expect(found === undefined || /^https?:/.test(found.hub)).toBe(true);
    }),
    { numRuns: 2000 },
  );
  for (const piece of ["<", "; ", ' ;rel="', "\\", "<a>;", ",", " "]) {
    const header = piece.repeat(100_000);
    expect(processorTime(() => discovered(header))).toBeLessThan(200);
  }
});

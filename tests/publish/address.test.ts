import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicId, isWebAddress, publicIri, webAddress } from "../../src/publish/address.ts";

test.each(['http://a"b.example/1', "http://a'b.example/", "http://a{b}.example/", "http://a`b.example/"])(
  "a host that URL takes and nobody else does is no address of ours: %s",
  (address) => {
    const given = webAddress(address);

    expect(given === undefined || isWebAddress(given)).toBe(true);
  },
);

test("whatever is made an address passes as one", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string().map((text) => `http://${text}`),
        fc.string(),
      ),
      (text) => {
        const address = webAddress(text);

        expect(address === undefined || isWebAddress(address)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

const SITE = "https://feeds.example.org";

describe("an id that every reader takes stays as its publisher spelled it", () => {
  test.each([
    "https://elbbote.example/",
    "http://elbbote.example:8080/artikel/4711?a=1&b='2';c#d",
    "https://elbbote.example/b%C3%BCcher/~wind/a%20b%2Fc,(d)!",
    "https://xn--bcher-kva.example/?",
    "tag:elbbote.example,2026:4711",
    "tag:redaktion@elbbote.example,2026-03-02:/a?b#c",
    "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a",
    "urn:isbn:0451450523",
  ])("%s", (id) => {
    expect(publicIri(id, SITE)).toBe(id);
  });

  test("whatever its path and question say, in UTF-8 and encoded where it must be", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => text.normalize());
    const encoded = part.filter((text) => !/^\.+$|%[\da-f]{2}/i.test(text)).map(encodeURIComponent);

    fc.assert(
      fc.property(fc.domain(), fc.array(encoded), encoded, (host, path, question) => {
        const id = `https://${host.toLowerCase()}/${path.join("/")}?q=${question}`;
        fc.pre(URL.canParse(id));

        expect(publicIri(id, SITE)).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("an id that some readers would spell anew, or refuse, is one of ours:", () => {
  test.each([
    ["another scheme", "at://did:plc:4711/post"],
    ["a scheme in capitals", "HTTPS://elbbote.example/1"],
    ["a host in capitals", "https://Elbbote.example/1"],
    ["a host with a dot at its end", "https://elbbote.example./1"],
    ["a host of numbers in brackets", "http://[::1]/1"],
    ["no host", "https:///1"],
    ["a name and a password", "https://me:secret@elbbote.example/1"],
    ["the port that it has anyway", "https://elbbote.example:443/1"],
    ["a port of no digits", "https://elbbote.example:/1"],
    ["no path", "https://elbbote.example"],
    ["a question without a path", "https://elbbote.example?p=1"],
    ["a path that goes up", "https://elbbote.example/a/../b"],
    ["letters in Greek", "https://elbbote.example/άρθρο"],
    ["quotes", 'https://elbbote.example/?a="1"'],
    ["a space at its end", "https://elbbote.example/1 "],
    ["two fragments", "https://elbbote.example/#a#b"],
    ["brackets", "https://elbbote.example/?a[]=1"],
    ["lower-case hexadecimal", "https://elbbote.example/b%c3%bccher"],
    ["a tilde that need not be encoded", "https://elbbote.example/%7Ewind"],
    ["a letter that is encoded in vain", "https://elbbote.example/%41"],
    ["what is encoded twice", "https://elbbote.example/%25C3%25BC"],
    ["a per cent sign that encodes nothing", "https://elbbote.example/100%"],
    ["another encoding than UTF-8", "https://elbbote.example/b%FCcher"],
    ["an umlaut in two parts", "https://elbbote.example/bu%CC%88cher"],
    ["a tag: without a date", "tag:elbbote.example:4711"],
    ["a tag: in capitals", "tag:Elbbote.example,2026:4711"],
    ["a urn: that promises a UUID", "urn:uuid:4711"],
    ["a urn: of one letter", "urn:x:4711"],
    ["a urn: with a path", "urn:elbbote:a/b"],
    ["a word that every object knows", "__proto__:4711"],
  ])("%s", (_, id) => {
    expect(publicIri(id, SITE)).toMatch(/^tag:feeds\.example\.org,2026:id\/[\da-f]{20}$/);
  });
});

test("whatever the ids are and wherever we are, ours are always the same, as different as they were, and taken by every reader", () => {
  const wild = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string().map((text) => `tag:elbbote.example,2026:${text}`),
    fc.constantFrom("%", "%c3", "%C3%BC", "%c3%bc", "%7E", "~").map((text) => `https://elbbote.example/${text}`),
  );
  const places = fc.constantFrom(SITE, "http://localhost:8080", "http://[::1]:8080", "https://bücher.example");

  fc.assert(
    fc.property(fc.uniqueArray(wild, { minLength: 1, maxLength: 20 }), places, (ids, place) => {
      const ours = ids.map((id) => publicIri(id, place));

      expect(ours.map((id) => publicIri(id, place))).toEqual(ours);
      expect(new Set(ours).size).toBe(ids.length);
      expect(ours.filter((id) => !isPublicId(id))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

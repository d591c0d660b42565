import fc from "fast-check";
import { expect, test } from "vitest";
import { isWebAddress, webAddress } from "../../src/publish/address.ts";

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

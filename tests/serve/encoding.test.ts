import { expect, test } from "vitest";
import { acceptedEncodings } from "../../src/serve/encoding.ts";
import { heapUsed } from "../support/heap-used.ts";
import { processorTime } from "../support/processor-time.ts";

test.each<[header: string | undefined, expected: string | undefined, why: string]>([
  [undefined, "identity", "who says nothing gets what everybody can read"],
  ["", "identity", "an empty list allows identity only"],
  ["gzip", "gzip", "what is named"],
  ["gzip, deflate, br", "br", "of equals the smallest"],
  ["br;q=0.5, gzip;q=0.8", "gzip", "the higher weight"],
  ["gzip;q=0.5, identity", "identity", "identity where it was named first"],
  ["*", "br", "anything"],
  ["*;q=0.1, gzip;q=0.2", "gzip", "a named one before the star"],
  ["gzip;q=0", "identity", "what is forbidden is not sent"],
  ["GZIP ; Q=1.0", "gzip", "upper case and spaces"],
  ["x-gzip", "gzip", "gzip's old name"],
  ["deflate, compress", "identity", "codings that we do not make"],
  ["gzip, deflate, br, zstd", "br", "of four equals the smallest"],
  ["gzip, zstd", "zstd", "of the two the smaller"],
  ["zstd;q=0.5, gzip", "gzip", "the higher weight, though it is larger"],
  ["gzip;q=nonsense", "identity", "a weight that is none says nothing"],
  ["gzip;q=1.5", "identity", "nor does one above 1"],
  ["identity;q=0", undefined, "identity forbidden and nothing else named"],
  ["identity;q=0, br", "br", "identity forbidden"],
  ["*;q=0", undefined, "everything forbidden"],
  ["*;q=0, identity", "identity", "everything else forbidden"],
  ["*;q=0, gzip", "gzip", "everything else forbidden, identity too"],
])("Accept-Encoding %j means %s: %s", (header, expected) => {
  expect(acceptedEncodings(header)[0]).toBe(expected);
});

test("what is wanted less comes after, and what nobody wants not at all: there may be nothing else", () => {
  expect(acceptedEncodings("gzip, br, zstd;q=0.5")).toEqual(["br", "gzip", "zstd", "identity"]);
  expect(acceptedEncodings("br, identity;q=0")).toEqual(["br"]);
});

test("a header of 16 KB of commas costs next to nothing", () => {
  const header = ",".repeat(16_384);

  expect(processorTime(() => acceptedEncodings(header))).toBeLessThan(100);
  expect(acceptedEncodings(header)).toEqual(["identity"]);
});

test("headers that somebody makes up are not remembered: long ones never, others only while they are few", () => {
  const before = heapUsed();

  for (let n = 0; n < 2000; n += 1) acceptedEncodings(`gzip,${String(n).padEnd(10_000, "x")}`);
  for (let n = 0; n < 50_000; n += 1) acceptedEncodings(`gzip,${String(n).padEnd(150, "x")}`);

  expect(heapUsed() - before).toBeLessThan(2_000_000);
});

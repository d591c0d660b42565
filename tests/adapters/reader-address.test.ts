import { expect, test } from "vitest";
import { readerAddress } from "../../src/adapters/reader-address.ts";

test.each([
  ["203.0.113.7", "198.51.100.9"],
  ["::ffff:203.0.113.7", "198.51.100.9"],
])("without proxies that are trusted %s is who asks, whatever the header says", (remote, forwarded) => {
  expect(readerAddress([])("9.9.9.9", undefined)).toBe("9.9.9.9");
  expect(readerAddress([])(remote.replace("203.0.113.7", "9.9.9.9"), forwarded)).toBe("9.9.9.9");
});

test.each([
  ["8.8.8.8", "8.8.8.8"],
  ["1.2.3.4, 8.8.8.8", "8.8.8.8"],
  ["8.8.8.8, 10.0.0.2", "8.8.8.8"],
  ["8.8.8.8:4711", "8.8.8.8"],
  ["[2a00:1450::1]:4711", "42.0.20.80.0.0.0.0"],
])("of a trusted proxy's %s the last stranger is who asks", (forwarded, expected) => {
  expect(readerAddress(["10.0.0.0/8"])("10.0.0.1", forwarded)).toBe(expected);
});

test("a stranger who writes the header is not believed", () => {
  expect(readerAddress(["10.0.0.0/8"])("9.9.9.9", "8.8.8.8")).toBe("9.9.9.9");
});

test.each(["127.0.0.1", "::1", "192.168.1.5", "10.0.0.9", "fe80::1", "fd00::1", "100.64.0.1", "", "unknown", "1.2.3"])(
  "%j is nobody: many may be behind it",
  (remote) => {
    expect(readerAddress([])(remote, undefined)).toBeUndefined();
    expect(readerAddress(["127.0.0.0/8"])("127.0.0.1", remote)).toBeUndefined();
  },
);

test("of IPv6 the /64 counts, which is one household or server", () => {
  const addressOf = readerAddress([]);

  expect(addressOf("2a00:1450:4001:81b::2003", undefined)).toBe(addressOf("2a00:1450:4001:81b:ffff::1", undefined));
  expect(addressOf("2a00:1450:4001:81b::2003", undefined)).not.toBe(addressOf("2a00:1450:4001:81c::2003", undefined));
});

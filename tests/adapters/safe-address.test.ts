import { describe, expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { addressCheck, type Lookup } from "../../src/adapters/safe-address.ts";
import { openPublisher } from "../support/publisher-server.ts";

/** facts A-33: every spelling of an address that is nobody's business. */
const PRIVATE_HOSTS = [
  "127.0.0.1",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "127.0.0.1.",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::7f00:1]",
  "0.0.0.0",
  "[::]",
  "169.254.169.254",
  "10.0.0.1",
  "100.64.0.1",
  "192.168.1.1",
  "172.16.0.1",
  "172.31.255.255",
  "198.18.0.1",
  "255.255.255.255",
  "224.0.0.1",
  "[fc00::1]",
  "[fd12:3456::1]",
  "[fe80::1]",
  "[fec0::1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:1::1]",
  "[2001:db8::1]",
  "[ff02::1]",
];

const lookupOf = (answers: Readonly<Record<string, readonly string[]>>): Lookup & { readonly asked: string[] } => {
  const asked: string[] = [];
  const lookup = async (hostname: string) => {
    asked.push(hostname);
    return (answers[hostname] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return Object.assign(lookup, { asked });
};

describe("A-33: addresses that are refused", () => {
  test.each(PRIVATE_HOSTS)("a literal %s is refused before anything is sent", async (host) => {
    await using fetcher = openFetcher({ allowNetworks: [], ports: [80, 443] });

    const plain = await fetcher.fetch({ url: `http://${host}/`, headers: {} });
    const secure = await fetcher.fetch({ url: `https://${host}/`, headers: {} });

    expect(plain).toMatchObject({ kind: "failed", code: "blocked-address" });
    expect(secure).toMatchObject({ kind: "failed", code: "blocked-address" });
  });

  test.each(PRIVATE_HOSTS)("a redirect to %s is refused at that hop", async (host) => {
    // Given a publisher that we may ask and a machine of ours that we may not, both listening
    await using publisher = await openPublisher("127.0.0.2");
    publisher.answer("/feed", { status: 302, headers: { location: `http://${host}:${publisher.port}/secret` } });
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.2/32"], ports: [publisher.port] });

    const answer = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "blocked-address" });
    expect(publisher.requests.map(({ path }) => path)).toEqual(["/feed"]);
  });

  test.each(["127.0.0.1", "::1", "::ffff:10.0.0.1", "fd00::1", "169.254.169.254", "64:ff9b::7f00:1"])(
    "a name that stands for %s is refused",
    async (address) => {
      const lookup = lookupOf({ "news.example": [address] });
      await using fetcher = openFetcher({ allowNetworks: [], ports: [80], lookup });

      const answer = await fetcher.fetch({ url: "http://news.example/", headers: {} });

      expect(answer).toMatchObject({ kind: "failed", code: "blocked-address" });
    },
  );

  test("one private record among public ones is enough to refuse a name", async () => {
    await using secret = await openPublisher("127.0.0.1");
    const lookup = lookupOf({ "mixed.example": ["93.184.216.34", "127.0.0.1"] });
    await using fetcher = openFetcher({ allowNetworks: [], ports: [secret.port], lookup });

    const answer = await fetcher.fetch({ url: `http://mixed.example:${secret.port}/`, headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "blocked-address" });
    expect(secret.requests).toEqual([]);
  });

  test("a name that is rebound to a private address is refused on the next connection", async () => {
    // Given a name whose first answer may be asked and whose second may not
    await using publisher = await openPublisher("127.0.0.2");
    publisher.answer("/", { headers: { connection: "close" }, body: "<rss/>" });
    const answers = ["127.0.0.2", "127.0.0.1"];
    const lookup: Lookup = async () => [{ address: answers.shift() ?? "127.0.0.1", family: 4 }];
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.2/32"], ports: [publisher.port], lookup });
    const url = `http://rebinding.example:${publisher.port}/`;

    const first = await fetcher.fetch({ url, headers: {} });
    const second = await fetcher.fetch({ url, headers: {} });

    expect(first).toMatchObject({ kind: "answered", status: 200 });
    expect(second).toMatchObject({ kind: "failed", code: "blocked-address" });
  });

  test("a name is resolved once: the address that was checked is the one that is connected to", async () => {
    await using publisher = await openPublisher("127.0.0.2");
    publisher.answer("/", { body: "<rss/>" });
    const lookup = lookupOf({ "once.example": ["127.0.0.2"] });
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.2/32"], ports: [publisher.port], lookup });

    const answer = await fetcher.fetch({ url: `http://once.example:${publisher.port}/`, headers: {} });

    expect(answer).toMatchObject({ kind: "answered", status: 200 });
    expect(lookup.asked).toEqual(["once.example"]);
    expect(publisher.requests[0]?.headers.host).toBe(`once.example:${publisher.port}`);
  });
});

describe("A-35: ports", () => {
  test("a name's port that is not among the allowed ones is refused, also behind a redirect", async () => {
    await using publisher = await openPublisher();
    await using other = await openPublisher();
    const named = `http://other.example:${other.port}/`;
    publisher.answer("/feed", { status: 301, headers: { location: named } });
    const lookup = lookupOf({ "other.example": ["127.0.0.1"] });
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.0/8"], ports: [publisher.port], lookup });

    const straight = await fetcher.fetch({ url: named, headers: {} });
    const redirected = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    expect(straight).toMatchObject({ kind: "failed", code: "blocked-port" });
    expect(redirected).toMatchObject({ kind: "failed", code: "blocked-port" });
    expect(other.requests).toEqual([]);
  });

  test("an address of an allowed network may be asked on any port", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/", { body: "<rss/>" });
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.0/8"], ports: [80] });

    expect(await fetcher.fetch({ url: publisher.url("/"), headers: {} })).toMatchObject({
      kind: "answered",
      status: 200,
    });
  });
});

describe("A-34, A-35: the check of one address", () => {
  test("public addresses of both families may be connected to", () => {
    const refusal = addressCheck([]);

    for (const address of ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:81c::200e"])
      expect(refusal(address)).toBeUndefined();
  });

  test("an allowed network opens itself and nothing else", () => {
    const refusal = addressCheck(["10.1.0.0/16", "fd00:1::/32"]);

    expect(refusal("10.1.2.3")).toBeUndefined();
    expect(refusal("::ffff:10.1.2.3")).toBeUndefined();
    expect(refusal("fd00:1::9")).toBeUndefined();
    expect(refusal("10.2.0.1")).toMatch(/not public/);
    expect(refusal("fd00:2::9")).toMatch(/not public/);
  });

  test("behind NAT64 an address is judged by the IPv4 address that it stands for, where the operator says so", () => {
    const [shut, wellKnown, own] = [
      addressCheck([]),
      addressCheck([], "64:ff9b::/96"),
      addressCheck([], "2a02:1:2::/96"),
    ];

    expect(shut("64:ff9b::5db8:d822")).toMatch(/rfc6052/);
    expect(wellKnown("64:ff9b::5db8:d822")).toBeUndefined();
    expect(own("2a02:1:2::5db8:d822")).toBeUndefined();
    for (const [check, prefix] of [
      [wellKnown, "64:ff9b::"],
      [own, "2a02:1:2::"],
    ] as const)
      for (const hidden of ["7f00:1", "a00:1", "c0a8:101", "a9fe:a9fe", "6440:1", "e000:1"])
        expect(check(prefix + hidden)).toMatch(/not public/);
    expect(wellKnown("::1")).toMatch(/not public/);
    expect(wellKnown("2a00:1450:4001:81c::200e")).toBeUndefined();
  });

  test("a network that is none is said at once", () => {
    expect(() => addressCheck(["10.0.0.0/99"])).toThrow();
  });
});

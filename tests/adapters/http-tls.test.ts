import { describe, expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import type { Lookup } from "../../src/adapters/safe-address.ts";
import { certify } from "../support/certificate.ts";
import { openSecurePublisher } from "../support/secure-publisher.ts";

const LOOPBACK = { allowNetworks: ["127.0.0.0/8"] };

describe("HTTP/2", () => {
  test("A-31: is spoken to a server that offers it, over one connection that is kept a while", async () => {
    await using publisher = await openSecurePublisher((_, response) => {
      response.writeHead(200, { etag: '"a"', "content-type": "text/xml" }).end("<rss/>");
    });
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port], ca: publisher.ca });

    const first = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });
    const second = await fetcher.fetch({ url: publisher.url("/feed"), headers: { "if-none-match": '"a"' } });

    expect(first).toMatchObject({ kind: "answered", status: 200, headers: { etag: '"a"' } });
    expect(Buffer.from(first.kind === "answered" ? first.bytes : "").toString()).toBe("<rss/>");
    expect(second).toMatchObject({ kind: "answered", status: 200 });
    expect(publisher.versions).toEqual(["2.0", "2.0"]);
    expect(publisher.connections()).toBe(1);
  });

  test("A-31: is left for HTTP/1.1 once it went wrong, at that host and no other", async () => {
    // Given a publisher whose HTTP/2 breaks off, and one whose HTTP/2 is well
    const certified = certify("paper.example");
    await using broken = await openSecurePublisher((request, response) => {
      if (request.httpVersionMajor === 2) response.stream.close(2);
      else response.end("<rss/>");
    }, certified);
    await using well = await openSecurePublisher((_, response) => response.end("<rss/>"), certified);
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [], ca: certified.cert });

    // When each is asked twice
    const answers = [];
    for (const url of [broken.url("/"), broken.url("/"), well.url("/"), well.url("/")])
      answers.push(await fetcher.fetch({ url, headers: {} }));

    // Then nobody notices but the servers
    expect(answers).toMatchObject(Array(4).fill({ kind: "answered", status: 200 }));
    expect(broken.versions).toEqual(["2.0", "1.1", "1.1"]);
    expect(well.versions).toEqual(["2.0", "2.0"]);
  });

  test("A-31: that goes wrong in the middle of a body gives the whole body all the same", async () => {
    await using publisher = await openSecurePublisher((request, response) => {
      if (request.httpVersionMajor === 1) return void response.end("<rss>whole</rss>");
      response.write("<rss>ha", () => response.stream.close(1));
    });
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [], ca: publisher.ca });

    const answer = await fetcher.fetch({ url: publisher.url("/"), headers: {} });

    expect(Buffer.from(answer.kind === "answered" ? answer.bytes : "").toString()).toBe("<rss>whole</rss>");
  });
});

describe("certificates", () => {
  const lookup: Lookup = async () => [{ address: "127.0.0.1", family: 4 }];

  test("A-32: one that nobody vouches for is refused, with a code of its own, and nothing is sent", async () => {
    await using publisher = await openSecurePublisher((_, response) => response.end("<rss/>"));
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port] });

    const answer = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "certificate", why: expect.stringContaining("self-signed") });
    expect(publisher.versions).toEqual([]);
  });

  test("A-32: one for another name, and one that has run out, are refused", async () => {
    await using publisher = await openSecurePublisher((_, response) => response.end("<rss/>"));
    const old = certify("paper.example", Date.now() - 86_400_000);
    await using late = await openSecurePublisher((_, response) => response.end("<rss/>"), old);
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port], ca: publisher.ca, lookup });
    await using trusting = openFetcher({ ...LOOPBACK, ports: [late.port], ca: late.ca, lookup });

    const named = await fetcher.fetch({ url: `https://paper.example:${publisher.port}/`, headers: {} });
    const misnamed = await fetcher.fetch({ url: `https://other.example:${publisher.port}/`, headers: {} });
    const expired = await trusting.fetch({ url: `https://paper.example:${late.port}/`, headers: {} });

    expect(named).toMatchObject({ kind: "answered", status: 200 });
    expect(misnamed).toMatchObject({ kind: "failed", code: "certificate" });
    expect(expired).toMatchObject({ kind: "failed", code: "certificate", why: expect.stringContaining("expired") });
  });

  test("A-32: Node's own switch to believe everybody switches nothing", async () => {
    await using publisher = await openSecurePublisher((_, response) => response.end("<rss/>"));
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port] });
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";

    const answer = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    expect(answer).toMatchObject({ kind: "failed", code: "certificate" });
  });
});

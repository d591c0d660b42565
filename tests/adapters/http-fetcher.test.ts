import { describe, expect, test } from "vitest";
import { type FetchLimits, fetchDocument, openFetcher } from "../../src/adapters/http-fetcher.ts";
import type { Answer } from "../../src/model/answer.ts";
import { openPublisher, type PublisherServer } from "../support/publisher-server.ts";

const LOOPBACK = { allowNetworks: ["127.0.0.0/8"] };

async function fetchFrom(
  publisher: PublisherServer,
  path: string,
  options: { headers?: Record<string, string>; limits?: Partial<FetchLimits>; ports?: readonly number[] } = {},
): Promise<Answer> {
  const { headers = {}, limits = {}, ports = [publisher.port] } = options;
  await using fetcher = openFetcher({ ...LOOPBACK, ports, limits });
  return await fetcher.fetch({ url: publisher.url(path), headers });
}

const textOf = (answer: Answer): string =>
  answer.kind === "answered" ? Buffer.from(answer.bytes).toString() : `${answer.code}: ${answer.why}`;

describe("a request", () => {
  test("A-07: carries what it was given, byte for byte, and nothing that tells on readers", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed?x=1", { body: "<rss/>" });
    const headers = {
      "user-agent": "Ressort/1 (+https://example.org)",
      "if-none-match": 'W/"\u00e4 b-gzip',
      accept: "*/*",
    };

    await fetchFrom(publisher, "/feed?x=1#top", { headers });

    const [request] = publisher.requests;
    expect(request?.path).toBe("/feed?x=1");
    expect(request?.headers).toMatchObject(headers);
    for (const name of ["cookie", "referer", "authorization", "from"]) expect(request?.headers[name]).toBeUndefined();
  });

  test("A-07: sends back no cookie that it was given", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { headers: { "set-cookie": "id=1" }, body: "<rss/>" });
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port] });

    const first = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });
    await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    expect(publisher.requests[1]?.headers.cookie).toBeUndefined();
    expect(first.kind === "answered" && first.headers["set-cookie"]).toBeUndefined();
  });

  test("can post to a hub", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/hub", { status: 307, headers: { location: "/hub2" } });
    publisher.answer("/hub2", { status: 202 });
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port] });

    const answer = await fetcher.fetch({
      url: publisher.url("/hub"),
      method: "POST",
      headers: {},
      body: "hub.mode=subscribe",
    });

    expect(answer).toMatchObject({ kind: "answered", status: 202 });
    expect(publisher.requests.map(({ method, body }) => [method, body])).toEqual([
      ["POST", "hub.mode=subscribe"],
      ["POST", "hub.mode=subscribe"],
    ]);
  });
});

describe("an answer", () => {
  test("keeps status, headers in lower case and final address", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { headers: { ETag: '"a"', "Cache-Control": ["max-age=60", "public"] }, body: "<rss/>" });

    const answer = await fetchFrom(publisher, "/feed");

    expect(answer).toMatchObject({ kind: "answered", status: 200, url: publisher.url("/feed") });
    expect(answer).toMatchObject({ headers: { etag: '"a"', "cache-control": "max-age=60, public" } });
    expect(answer).not.toHaveProperty("movedTo");
  });

  test("keeps the bytes of an odd ETag", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { headers: { etag: "W/abc-gzip \u00ff" }, body: "<rss/>" });

    const answer = await fetchFrom(publisher, "/feed");

    expect(answer).toMatchObject({ headers: { etag: "W/abc-gzip \u00ff" } });
  });

  test("of an error status keeps the beginning of its page, whatever its size or encoding", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/blocked", { status: 403, body: "<title>Just a moment...</title>" });
    publisher.answer("/huge", { status: 500, body: Buffer.alloc(3_000_000, 97) });
    publisher.answer("/broken", { status: 429, headers: { "content-encoding": "gzip" }, body: "no gzip" });

    expect(textOf(await fetchFrom(publisher, "/blocked"))).toContain("Just a moment");
    expect(await fetchFrom(publisher, "/huge")).toMatchObject({ kind: "answered", status: 500 });
    expect(await fetchFrom(publisher, "/broken")).toMatchObject({ kind: "answered", status: 429 });
  });

  test("of 304 has no body", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { status: 304, headers: { etag: '"b"' } });

    const answer = await fetchFrom(publisher, "/feed");

    expect(answer).toMatchObject({ kind: "answered", status: 304, headers: { etag: '"b"' } });
    expect(textOf(answer)).toBe("");
  });
});

describe("A-21: redirects", () => {
  test("of permanent kind end with the address to remember", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/old", { status: 301, headers: { location: "/newer" }, body: "moved" });
    publisher.answer("/newer", { status: 308, headers: { location: publisher.url("/newest#x") } });
    publisher.answer("/newest", { body: "<rss/>" });

    const answer = await fetchFrom(publisher, "/old");

    expect(answer).toMatchObject({ status: 200, url: publisher.url("/newest"), movedTo: publisher.url("/newest") });
  });

  test.each([302, 303, 307])("with one %i among them end with no address to remember", async (status) => {
    await using publisher = await openPublisher();
    publisher.answer("/old", { status: 301, headers: { location: "/now" } });
    publisher.answer("/now", { status, headers: { location: "/today" } });
    publisher.answer("/today", { body: "<rss/>" });

    const answer = await fetchFrom(publisher, "/old");

    expect(answer).toMatchObject({ status: 200, url: publisher.url("/today") });
    expect(answer).not.toHaveProperty("movedTo");
  });

  test("are followed five times and no further", async () => {
    await using publisher = await openPublisher();
    for (let n = 0; n < 10; n += 1) publisher.answer(`/${n}`, { status: 302, headers: { location: `/${n + 1}` } });
    publisher.answer("/10", { body: "<rss/>" });

    expect(await fetchFrom(publisher, "/5")).toMatchObject({ kind: "answered", status: 200 });
    expect(await fetchFrom(publisher, "/4")).toMatchObject({ kind: "failed", code: "redirect-limit" });
  });

  test("in a circle are a failure", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/a", { status: 301, headers: { location: "/b" } });
    publisher.answer("/b", { status: 301, headers: { location: "/a" } });

    expect(await fetchFrom(publisher, "/a")).toMatchObject({ kind: "failed", code: "redirect-loop" });
  });

  test.each(["ftp://127.0.0.1/feed", "file:///etc/passwd", "javascript:alert(1)", "data:text/xml,<rss/>"])(
    "to %s are a failure",
    async (location) => {
      await using publisher = await openPublisher();
      publisher.answer("/feed", { status: 302, headers: { location } });

      expect(await fetchFrom(publisher, "/feed")).toMatchObject({ kind: "failed", code: "bad-scheme" });
    },
  );

  test("to no URL at all are a failure, without a Location an answer", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/bad", { status: 302, headers: { location: "http://[nonsense" } });
    publisher.answer("/none", { status: 302 });

    expect(await fetchFrom(publisher, "/bad")).toMatchObject({ kind: "failed", code: "bad-url" });
    expect(await fetchFrom(publisher, "/none")).toMatchObject({ kind: "answered", status: 302 });
  });

  test("may name a path in UTF-8", async () => {
    await using publisher = await openPublisher();
    const location = Buffer.from("/über").toString("latin1");
    publisher.answer("/feed", { status: 302, headers: { location } });
    publisher.answer("/%C3%BCber", { body: "<rss/>" });

    expect(await fetchFrom(publisher, "/feed")).toMatchObject({ kind: "answered", status: 200 });
  });

  test("keep credentials within their origin, and never take any from a Location", async () => {
    await using publisher = await openPublisher();
    await using other = await openPublisher();
    publisher.answer("/feed", { status: 302, headers: { location: "/same" } });
    publisher.answer("/same", { status: 302, headers: { location: `http://a:b@127.0.0.1:${other.port}/feed` } });
    other.answer("/feed", { body: "<rss/>" });

    const headers = { authorization: "Basic eA==", "user-agent": "Ressort" };
    const answer = await fetchFrom(publisher, "/feed", { headers, ports: [publisher.port, other.port] });

    expect(answer).toMatchObject({ status: 200, url: other.url("/feed") });
    expect(publisher.requests[1]?.headers.authorization).toBe("Basic eA==");
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
    expect(other.requests[0]?.headers["user-agent"]).toBe("Ressort");
  });
});

describe("a look at one address", () => {
  test("is the document, or why there is none", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { headers: { "content-type": "text/xml" }, body: "<rss/>" });
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [publisher.port] });

    const document = await fetchDocument(fetcher, { url: publisher.url("/feed"), headers: {} });
    const missing = await fetchDocument(fetcher, { url: publisher.url("/nothing"), headers: {} });

    expect(document).toMatchObject({ url: publisher.url("/feed"), headers: { "content-type": "text/xml" } });
    expect(missing).toMatchObject({ kind: "failed", code: "http-404" });
  });
});

import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FetchLimits, openFetcher } from "../../src/adapters/http-fetcher.ts";
import type { Lookup } from "../../src/adapters/safe-address.ts";
import type { Answer } from "../../src/model/answer.ts";
import { openPublisher, type PublisherServer, type Scripted } from "../support/publisher-server.ts";

const MIB = 1024 * 1024;
const LOOPBACK = ["127.0.0.0/8"];

async function fetchFrom(
  publisher: PublisherServer,
  script: Scripted,
  limits: Partial<FetchLimits> = {},
): Promise<Answer> {
  publisher.answer("/feed", script);
  await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [publisher.port], limits });
  return await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });
}

const encoded = (coding: string, body: Uint8Array): Scripted => ({ headers: { "content-encoding": coding }, body });

describe("A-27: content encodings", () => {
  const text = Buffer.from(`<rss>${"Grüße ".repeat(1000)}</rss>`);

  test.each([
    ["gzip", zlib.gzipSync(text)],
    ["GZIP", zlib.gzipSync(text)],
    ["x-gzip", zlib.gzipSync(text)],
    ["br", zlib.brotliCompressSync(text)],
    ["zstd", zlib.zstdCompressSync(text)],
    ["deflate", zlib.deflateSync(text)],
    ["deflate", zlib.deflateRawSync(text)],
    ["identity", text],
    ["", text],
    ["gzip, identity", zlib.gzipSync(text)],
  ])("%s is read", async (coding, body) => {
    await using publisher = await openPublisher();

    const answer = await fetchFrom(publisher, encoded(coding, body));

    expect(answer.kind === "answered" && Buffer.from(answer.bytes).equals(text)).toBe(true);
  });

  test.each(["compress", "gzip, br", "utf-8", "gzip, gzip"])("%s is a failure, not a crash", async (coding) => {
    await using publisher = await openPublisher();

    expect(await fetchFrom(publisher, encoded(coding, text))).toMatchObject({ kind: "failed", code: "encoding" });
  });

  test.each([
    ["gzip", text],
    ["gzip", zlib.gzipSync(text).subarray(0, 60)],
    ["br", Buffer.from("no brotli at all")],
    ["zstd", Buffer.from("no zstd at all")],
    ["deflate", Buffer.from("\u0000no deflate")],
  ])("%s with other or missing bytes is a failure, not half a feed", async (coding, body) => {
    await using publisher = await openPublisher();

    expect(await fetchFrom(publisher, encoded(coding, body))).toMatchObject({ kind: "failed", code: "bad-encoding" });
  });

  test("a zstd frame cannot ask for more than 8 MiB of window", async () => {
    await using publisher = await openPublisher();
    const params = { [zlib.constants.ZSTD_c_windowLog]: 27, [zlib.constants.ZSTD_c_enableLongDistanceMatching]: 1 };
    const greedy = zlib.createZstdCompress({ params });
    const chunks: Buffer[] = [];
    greedy.on("data", (chunk: Buffer) => chunks.push(chunk));
    greedy.end(Buffer.alloc(MIB, "abc"));
    await new Promise((resolve) => greedy.on("end", resolve));

    const answer = await fetchFrom(publisher, encoded("zstd", Buffer.concat(chunks)));

    expect(answer).toMatchObject({ kind: "failed", code: "bad-encoding" });
  });
});

describe("A-28: size", () => {
  test("a bomb ends when it has unpacked a hundred times its size, at little cost in memory", async () => {
    await using publisher = await openPublisher();
    const bomb = zlib.gzipSync(Buffer.alloc(10 * MIB));
    await fetchFrom(publisher, encoded("gzip", zlib.gzipSync("<rss/>")));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;

    const answer = await fetchFrom(publisher, encoded("gzip", bomb));

    expect(bomb.length).toBeLessThan(16 * 1024);
    expect(answer).toMatchObject({ kind: "failed", code: "bomb" });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * MIB);
  });

  test.each(["gzip", "br", "zstd"])("a %s body may be repetitive below one mebibyte", async (coding) => {
    await using publisher = await openPublisher();
    const body = Buffer.alloc(MIB - 1, 32);
    const compress = { gzip: zlib.gzipSync, br: zlib.brotliCompressSync, zstd: zlib.zstdCompressSync }[coding];

    expect(await fetchFrom(publisher, encoded(coding, compress?.(body) ?? body))).toMatchObject({ kind: "answered" });
  });

  test("more compressed bytes than allowed are not read", async () => {
    await using publisher = await openPublisher();
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n * 7919) % 251));
    const body = zlib.gzipSync(noise, { level: 0 });

    expect(await fetchFrom(publisher, encoded("gzip", body), { compressed: 20_000 })).toMatchObject({
      code: "too-large",
    });
  });

  test("more unpacked bytes than allowed are not unpacked", async () => {
    await using publisher = await openPublisher();
    const body = zlib.gzipSync(Buffer.alloc(500_000, "abcdefgh"));

    expect(await fetchFrom(publisher, encoded("gzip", body), { decoded: 400_000 })).toMatchObject({
      code: "too-large-unpacked",
    });
  });

  test("an endless body without encoding ends at the limit, and the connection with it", async () => {
    await using publisher = await openPublisher();
    let closed = false;
    const answer = await fetchFrom(publisher, (_, response) => {
      response.on("close", () => {
        closed = true;
      });
      const pump = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", pump);
      pump();
    });

    expect(answer).toMatchObject({ kind: "failed", code: "too-large", why: `more than ${20 * MIB} bytes` });
    await expect.poll(() => closed).toBe(true);
  });

  test("headers without end are a failure", async () => {
    await using publisher = await openPublisher();
    const headers = { "x-policy": "a".repeat(100_000) };

    expect(await fetchFrom(publisher, { headers, body: "<rss/>" })).toMatchObject({ code: "headers-too-large" });
  });
});

describe("A-28: time", () => {
  test("a byte now and then does not keep a transfer alive beyond its time", async () => {
    await using publisher = await openPublisher();
    const started = performance.now();

    const answer = await fetchFrom(
      publisher,
      (_, response) => {
        const drip = setInterval(() => response.write("<"), 30);
        response.on("close", () => clearInterval(drip));
      },
      { total: 500 },
    );

    expect(answer).toMatchObject({ kind: "failed", code: "timeout" });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test("nor does a header now and then", async () => {
    await using publisher = await openPublisher();
    const started = performance.now();

    const answer = await fetchFrom(
      publisher,
      (request) => {
        const { socket } = request;
        socket.write("HTTP/1.1 200 OK\r\n");
        const drip = setInterval(() => socket.write("x-a: b\r\n"), 30);
        socket.on("close", () => clearInterval(drip));
      },
      { headers: 10_000, total: 500 },
    );

    expect(answer).toMatchObject({ kind: "failed", code: "timeout" });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test("headers that do not come have a limit of their own", async () => {
    await using publisher = await openPublisher();

    expect(await fetchFrom(publisher, () => {}, { headers: 300 })).toMatchObject({ code: "headers-timeout" });
  });

  test("a name server that does not answer counts as connecting", async () => {
    const lookup: Lookup = () => new Promise(() => {});
    await using fetcher = openFetcher({ allowNetworks: [], ports: [80], lookup, limits: { connect: 300 } });

    const answer = await fetcher.fetch({ url: "http://slow.example/", headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "connect-timeout" });
  });

  test("redirects share the time of one transfer", async () => {
    await using publisher = await openPublisher();
    for (let n = 0; n < 5; n += 1)
      publisher.answer(`/${n}`, (_, response) => {
        setTimeout(() => response.writeHead(302, { location: `/${n + 1}` }).end(), 200);
      });
    await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [publisher.port], limits: { total: 500 } });

    const answer = await fetcher.fetch({ url: publisher.url("/0"), headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "timeout" });
  });

  test("whoever asked can call it off", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", () => {});
    await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [publisher.port] });

    const answer = await fetcher.fetch({ url: publisher.url("/feed"), headers: {}, signal: AbortSignal.timeout(100) });

    expect(answer).toMatchObject({ kind: "failed", code: "aborted", wait: 0 });
  });
});

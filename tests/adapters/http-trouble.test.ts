import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import type { Lookup } from "../../src/adapters/safe-address.ts";
import { openPublisher } from "../support/publisher-server.ts";

const LOOPBACK = ["127.0.0.0/8"];

describe("trouble on the wire", () => {
  test("a name that does not exist, a closed port and a bad URL each have their code", async () => {
    const lookup: Lookup = async () => Promise.reject(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
    await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [80, 9], lookup });

    expect(await fetcher.fetch({ url: "http://nowhere.example/", headers: {} })).toMatchObject({ code: "dns" });
    expect(await fetcher.fetch({ url: "http://127.0.0.1:9/", headers: {} })).toMatchObject({ code: "connect" });
    expect(await fetcher.fetch({ url: "no url", headers: {} })).toMatchObject({ code: "bad-url" });
    expect(await fetcher.fetch({ url: "gopher://example.org/", headers: {} })).toMatchObject({ code: "bad-scheme" });
  });

  test("a transfer that breaks off is a failure, not half a feed", async () => {
    await using publisher = await openPublisher();

    publisher.answer("/feed", (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("<rss>", () => response.destroy());
    });
    await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [publisher.port] });

    const answer = await fetcher.fetch({ url: publisher.url("/feed"), headers: {} });

    expect(answer).toMatchObject({ kind: "failed", code: "cut-off" });
  });

  test.each([
    ["no HTTP at all", "SSH-2.0-OpenSSH_9.2\r\n", "protocol"],
    ["TLS expected, none spoken", undefined, "tls"],
  ])("%s has its code", async (_, greeting, code) => {
    const server = createServer((socket: Socket) => {
      socket.on("error", () => {});
      socket.end(greeting ?? "HTTP/1.0 400 Bad Request\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await using fetcher = openFetcher({ allowNetworks: LOOPBACK, ports: [port] });

    const scheme = greeting === undefined ? "https" : "http";
    const answer = await fetcher.fetch({ url: `${scheme}://127.0.0.1:${port}/`, headers: {} });

    server.close();
    expect(answer).toMatchObject({ kind: "failed", code });
  });
});

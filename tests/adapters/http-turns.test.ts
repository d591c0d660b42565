import { describe, expect, test } from "vitest";
import { type Admit, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { openSecurePublisher } from "../support/secure-publisher.ts";

const LOOPBACK = { allowNetworks: ["127.0.0.0/8"], ports: [] };

/** Lets everybody in but those who ask for `busy`, and writes down who came and went. */
function doorkeeper(busy?: string) {
  const book: string[] = [];
  const admit: Admit = async (url) => {
    book.push(`in ${url}`);
    if (busy !== undefined && url.endsWith(busy)) return { kind: "wait", wait: 5000 };
    return { kind: "go", leave: async () => void book.push(`out ${url}`) };
  };
  return { book, admit };
}

describe("A-21: every request of a way", () => {
  test("waits for its host's turn, and gives it back before the next one", async () => {
    await using publisher = await openPublisher();
    await using other = await openPublisher("127.0.0.2");
    publisher.answer("/old", { status: 301, headers: { location: "/new" } });
    publisher.answer("/new", { status: 302, headers: { location: other.url("/feed") } });
    other.answer("/feed", { body: "<rss/>" });
    const { book, admit } = doorkeeper();
    await using fetcher = openFetcher(LOOPBACK);

    const answer = await fetcher.fetch({ url: publisher.url("/old"), headers: {}, admit });

    expect(answer).toMatchObject({ kind: "answered", status: 200 });
    const way = [publisher.url("/old"), publisher.url("/new"), other.url("/feed")];
    expect(book).toEqual(way.flatMap((url) => [`in ${url}`, `out ${url}`]));
  });

  test("lasts as long as a large document is held by whoever reads it", async () => {
    await using publisher = await openPublisher();
    publisher.answer("/feed", { body: "<rss/>" });
    publisher.answer("/large", { body: "x".repeat(2_000_000) });
    const [small, large] = [publisher.url("/feed"), publisher.url("/large")];
    const { book, admit } = doorkeeper();
    await using fetcher = openFetcher(LOOPBACK);
    const held = new AsyncDisposableStack();

    for (const url of [small, large]) await fetcher.fetch({ url, headers: {}, admit, held });
    expect(book).toEqual([`in ${small}`, `out ${small}`, `in ${large}`]);
    await held.disposeAsync();

    expect(book).toEqual([`in ${small}`, `out ${small}`, `in ${large}`, `out ${large}`]);
  });

  test("is not made where its host is busy; how long that lasts is the answer", async () => {
    await using publisher = await openPublisher();
    await using other = await openPublisher("127.0.0.2");
    publisher.answer("/old", { status: 302, headers: { location: other.url("/feed") } });
    const { admit } = doorkeeper("/feed");
    await using fetcher = openFetcher(LOOPBACK);

    const answer = await fetcher.fetch({ url: publisher.url("/old"), headers: {}, admit });

    expect(answer).toMatchObject({ kind: "failed", code: "host-busy", wait: 5000 });
    expect(other.requests).toEqual([]);
  });

  test("gives its turn back when it fails, too", async () => {
    const { book, admit } = doorkeeper();
    await using fetcher = openFetcher({ ...LOOPBACK, ports: [9] });

    await fetcher.fetch({ url: "http://127.0.0.1:9/", headers: {}, admit });

    expect(book).toEqual(["in http://127.0.0.1:9/", "out http://127.0.0.1:9/"]);
  });

  test("that is repeated in HTTP/1.1 waits for a turn of its own", async () => {
    await using publisher = await openSecurePublisher((request, response) => {
      if (request.httpVersionMajor === 2) response.stream.close(2);
      else response.end("<rss/>");
    });
    const { book, admit } = doorkeeper();
    await using fetcher = openFetcher({ ...LOOPBACK, ca: publisher.ca });

    await fetcher.fetch({ url: publisher.url("/"), headers: {}, admit });

    expect(book).toHaveLength(4);
  });

  test("throws what the doorkeeper throws: a Redis that is away is no fault of the publisher", async () => {
    await using fetcher = openFetcher(LOOPBACK);
    const admit: Admit = () => Promise.reject(new Error("Redis is away"));

    await expect(fetcher.fetch({ url: "http://127.0.0.1:9/", headers: {}, admit })).rejects.toThrow("Redis is away");
  });
});

test("A-21: a way that leads from https to http is followed and never remembered", async () => {
  await using plain = await openPublisher();
  plain.answer("/feed", { body: "<rss/>" });
  await using secure = await openSecurePublisher((request, response) => {
    const location = request.url === "/down" ? plain.url("/feed") : "/feed";
    response.writeHead(request.url === "/feed" ? 200 : 301, { location }).end("<rss/>");
  });
  await using fetcher = openFetcher({ ...LOOPBACK, ca: secure.ca });

  const down = await fetcher.fetch({ url: secure.url("/down"), headers: {} });
  const within = await fetcher.fetch({ url: secure.url("/old"), headers: {} });

  expect(down).toMatchObject({ kind: "answered", status: 200, url: plain.url("/feed") });
  expect(down).not.toHaveProperty("movedTo");
  expect(within).toMatchObject({ movedTo: secure.url("/feed") });
});

describe("A-31: connections", () => {
  test("are kept for the next request, and closed after four idle seconds", async () => {
    const open = new Set<unknown>();
    let opened = 0;
    await using publisher = await openPublisher();
    publisher.answer("/", (request, response) => {
      const { socket } = request;
      if (!open.has(socket)) {
        opened += 1;
        open.add(socket);
        socket.once("close", () => open.delete(socket));
      }
      response.end("<rss/>");
    });
    await using fetcher = openFetcher(LOOPBACK);

    for (let n = 0; n < 5; n += 1) await fetcher.fetch({ url: publisher.url("/"), headers: {} });

    expect(opened).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(open.size).toBe(opened);
    await expect.poll(() => open.size, { timeout: 4000 }).toBe(0);
  });

  test("beyond the cap do not stay, whoever asks", async () => {
    const cap = 20;
    const publishers = await Promise.all(Array.from({ length: 60 }, (_, n) => openPublisher(`127.0.1.${n + 1}`)));
    const open = new Set<unknown>();
    for (const publisher of publishers)
      publisher.answer("/", (request, response) => {
        open.add(request.socket);
        request.socket.once("close", () => open.delete(request.socket));
        response.end("<rss/>");
      });
    await using fetcher = openFetcher({ ...LOOPBACK, sockets: cap });

    for (const publisher of publishers) await fetcher.fetch({ url: publisher.url("/"), headers: {} });

    await expect.poll(() => open.size).toBe(cap);
    await Promise.all(publishers.map((publisher) => publisher[Symbol.asyncDispose]()));
  });

  test("to one host are two at the most, however many ask", async () => {
    const sockets = new Set<unknown>();
    await using publisher = await openPublisher();
    publisher.answer("/", (request, response) => {
      sockets.add(request.socket);
      setTimeout(() => response.end("<rss/>"), 20);
    });
    await using fetcher = openFetcher(LOOPBACK);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetcher.fetch({ url: publisher.url("/"), headers: {} })),
    );

    expect(answers.every(({ kind }) => kind === "answered")).toBe(true);
    expect(sockets.size).toBe(2);
  });
});

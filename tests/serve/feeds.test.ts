import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { topicId } from "../../src/model/ids.ts";
import type { View } from "../../src/serve/serve.ts";
import { exampleView } from "../support/example-view.ts";
import { type Served, served } from "./served.ts";

let view: View;
let server: Served;

beforeAll(async () => {
  view = { ...(await exampleView()), hubUrl: "https://hub.example/" };
  server = await served(view);
});
afterAll(async () => server[Symbol.asyncDispose]());

describe("a topic feed", () => {
  test.each([
    ["/topics/elbe.rss", "application/rss+xml; charset=utf-8"],
    ["/topics/elbe.atom", "application/atom+xml; charset=utf-8"],
    ["/topics/elbe.json", "application/feed+json; charset=utf-8"],
    ["/sections/sport.rss", "application/rss+xml; charset=utf-8"],
  ])("%s is sent as the document that the view holds", async (path, contentType) => {
    const document = view.document(path.slice(1));

    const answer = await server.get(path);

    expect(answer.status).toBe(200);
    expect(answer.body.equals(document?.bodies.identity ?? Buffer.alloc(0))).toBe(true);
    expect(answer.headers).toMatchObject({
      "content-type": contentType,
      "content-length": String(answer.body.length),
      etag: `"${document?.etag}"`,
      "last-modified": new Date(document?.modifiedAt ?? 0).toUTCString(),
      "cache-control": "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "ETag, Last-Modified, Link",
      link: `<http://ressort.example${path}>; rel="self", <https://hub.example/>; rel="hub"`,
    });
    expect(answer.headers["date"]).toBeDefined();
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test.each([
    ["gzip", gunzipSync, "gz"],
    ["br", brotliDecompressSync, "br"],
    ["zstd", zstdDecompressSync, "zst"],
  ])("comes as %s, with a tag of its own and the same content", async (encoding, decompress, suffix) => {
    const plain = await server.get("/topics/elbe.rss");

    const answer = await server.get("/topics/elbe.rss", { "accept-encoding": encoding });

    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(answer.headers["etag"]).toBe(plain.headers["etag"]?.replace(/"$/, `-${suffix}"`));
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
    expect(decompress(answer.body).equals(plain.body)).toBe(true);
  });

  test("is refused where the reader accepts no encoding of ours", async () => {
    const answer = await server.get("/topics/elbe.rss", { "accept-encoding": "identity;q=0, compress" });

    expect(answer.status).toBe(406);
    expect(answer.headers["vary"]).toBe("Accept-Encoding");
  });

  test("comes whole, though a part was asked for: ranges of what is encoded now and then mean nothing", async () => {
    const plain = await server.get("/topics/elbe.rss");

    const answer = await server.get("/topics/elbe.rss", { range: "bytes=0-99" });

    expect(answer.status).toBe(200);
    expect(answer.headers["accept-ranges"]).toBe("none");
    expect(answer.body.equals(plain.body)).toBe(true);
  });

  test("is one for all query strings", async () => {
    const plain = await server.get("/topics/elbe.rss");

    const answer = await server.get("/topics/elbe.rss?utm_source=x&n=1");

    expect(answer.headers).toMatchObject({ etag: plain.headers["etag"], link: plain.headers["link"] });
  });
});

describe("a reader that has it already", () => {
  test.each(["identity", "gzip", "br", "zstd"])(
    "gets 304 with the tag that it got as %s, whatever it accepts now",
    async (encoding) => {
      const { headers } = await server.get("/topics/elbe.rss", { "accept-encoding": encoding });

      const answer = await server.get("/topics/elbe.rss", {
        "accept-encoding": "gzip",
        "if-none-match": headers["etag"] ?? "",
      });

      expect(answer.status).toBe(304);
      expect(answer.body).toHaveLength(0);
      expect(answer.headers).toMatchObject({
        etag: expect.stringMatching(/-gz"$/),
        "cache-control": headers["cache-control"],
        "last-modified": headers["last-modified"],
        vary: "Accept-Encoding",
      });
      expect(answer.headers["date"]).toBeDefined();
      for (const name of ["content-type", "content-length", "content-encoding"])
        expect(answer.headers[name]).toBeUndefined();
    },
  );

  test("gets 304 by date alone", async () => {
    const { headers } = await server.get("/topics/elbe.rss");

    const answer = await server.get("/topics/elbe.rss", { "if-modified-since": headers["last-modified"] ?? "" });

    expect(answer.status).toBe(304);
  });

  test("gets 200 with an old tag, though the date is new", async () => {
    const { headers } = await server.get("/topics/elbe.rss");

    const answer = await server.get("/topics/elbe.rss", {
      "if-none-match": '"old"',
      "if-modified-since": headers["last-modified"] ?? "",
    });

    expect(answer.status).toBe(200);
  });
});

describe("other methods", () => {
  test("HEAD has the headers of GET and no body", async () => {
    const get = await server.get("/topics/elbe.rss", { "accept-encoding": "gzip" });

    const head = await server.ask("HEAD", "/topics/elbe.rss", { "accept-encoding": "gzip" });

    expect(head.body).toHaveLength(0);
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" });
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused, its body unread", async (method) => {
    const answer = await server.ask(method, "/topics/elbe.rss", { "content-type": "application/x-strange" }, "x");

    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("GET, HEAD, OPTIONS");
  });

  test("OPTIONS lets other websites read feeds, and only feeds", async () => {
    const feed = await server.ask("OPTIONS", "/topics/elbe.rss");
    const page = await server.ask("OPTIONS", "/publishers");

    expect(feed.status).toBe(204);
    expect(feed.headers).toMatchObject({ "access-control-allow-origin": "*", "access-control-max-age": "86400" });
    expect(page.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("what is not there", () => {
  test("a topic that is known but not rendered yet asks for patience, never an empty feed", async () => {
    await using young = await served({ ...view, document: () => undefined });

    const answer = await young.get("/topics/elbe.rss");

    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ "retry-after": "5", "cache-control": "no-store" });
  });

  test.each([
    "/topics/elbee.rss",
    "/topics/elbee",
    "/topics/elbe.xml",
    "/topics/sport.rss",
    "/sections/elbe.rss",
    "/topics/ELBE.rss",
    "/topics/..%2fetc.rss",
    "/topics/elbe.rss%00",
  ])("%s is not found, for a minute", async (path) => {
    const answer = await server.get(path);

    expect(answer.status).toBe(404);
    expect(answer.headers["cache-control"]).toBe("public, max-age=60");
  });

  test("a mistyped topic is told the nearest one", async () => {
    const answer = await server.get("/topics/elbee.rss");

    expect(answer.text).toContain('<a href="/topics/elbe">An der Elbe</a>');
  });
});

describe("a search as a feed", () => {
  test.each(["rss", "atom", "json"])("is answered as %s under the rules of feeds, for a minute", async (format) => {
    const answer = await server.get(`/search.${format}?q=niederhafen+werft`);
    const again = await server.get(`/search.${format}?q=niederhafen+werft`, {
      "if-none-match": answer.headers["etag"] ?? "",
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain("baut wieder Schiffe");
    expect(answer.headers["cache-control"]).toContain("max-age=60,");
    expect(answer.headers["link"]).toContain(`/search.${format}?q=niederhafen+werft>; rel="self"`);
    expect(again.status).toBe(304);
  });

  test("says where its document is at home, however the search was typed", async () => {
    const answer = await server.get("/search.atom?q=NOT+elbe");

    expect(answer.text).toContain(`<link rel="self" href="${answer.headers["content-location"]}"/>`);
    expect(answer.headers["content-location"]).toBe("http://ressort.example/search.atom?q=-elbe");
    expect((await server.get("/topics/elbe.atom")).headers["content-location"]).toBeUndefined();
  });

  test("a bad query is answered in plain words, with the place", async () => {
    const answer = await server.get("/search.rss?q=%22nie%20zu");

    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.text).toContain("Character 1:");
  });

  test.each(["/search.rss", "/search.rss?q=", `/search.rss?q=${"x".repeat(201)}`])(
    "%s is a bad query",
    async (path) => {
      expect((await server.get(path)).status).toBe(400);
    },
  );

  test("a query cannot put a header into the answer", async () => {
    const answer = await server.get("/search.rss?q=elbe%0d%0aX-Evil:%201");

    expect(answer.headers["x-evil"]).toBeUndefined();
  });
});

describe("an archive", () => {
  const place = "topics/elbe/archive";
  const archives = (): View => {
    const document = view.document("topics/elbe.atom");
    const two = document && { ...document, path: `${place}/2.atom` };
    return {
      ...view,
      document: (path) => (path === `${place}/2.atom` ? two : view.document(path)),
      archives: (at) => (at === "topics/elbe" ? { first: 2, last: 2 } : undefined),
    };
  };

  test("never changes, so nobody need ask again", async () => {
    await using server = await served(archives());

    const answer = await server.get(`/${place}/2.atom`);

    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(answer.headers["link"]).toContain(`/${place}/2.atom>; rel="self"`);
  });

  test.each([
    ["3.atom", 302, "the next one, which is not there yet: the current document has what came since"],
    ["1.atom", 410, "one that is kept no longer"],
    ["4.atom", 404, "one that nobody named yet"],
    ["0.atom", 404, "none"],
    ["2.xml", 404, "none of our formats"],
  ])("%s is answered with %i: %s", async (file, status) => {
    await using server = await served(archives());

    const answer = await server.get(`/${place}/${file}`);

    expect(answer.status).toBe(status);
    expect(answer.headers["location"]).toBe(status === 302 ? "http://ressort.example/topics/elbe.atom" : undefined);
  });

  test.each([
    ["topics/oder/archive/2.atom", 301, "/topics/elbe/archive/2.atom", "of a renamed topic is where the topic is"],
    ["topics/neisse/archive/2.atom", 410, undefined, "of a topic that is gone is gone with it"],
    ["topics/oder/archive/2.atom%0d%0ax", 404, undefined, "of no number of ours is none, whatever its topic is called"],
  ])("%s is answered with %i %s: one %s", async (path, status, location, _) => {
    const gone = new Map([
      ["oder", { into: topicId("elbe") }],
      ["neisse", {}],
    ]);
    await using server = await served({ ...archives(), goneTopic: (id) => gone.get(id) });

    const answer = await server.get(`/${path}`);

    expect([answer.status, answer.headers["location"]]).toEqual([status, location]);
  });

  test("of a topic without archives is not there", async () => {
    expect((await server.get(`/${place}/1.atom`)).status).toBe(404);
  });
});

test("the list of all feeds is OPML, with validators", async () => {
  const answer = await server.get("/opml");
  const again = await server.get("/opml", { "if-none-match": answer.headers["etag"] ?? "" });

  expect(answer.headers).toMatchObject({
    "content-type": "text/x-opml; charset=utf-8",
    "access-control-allow-origin": "*",
  });
  expect(answer.text).toContain("http://ressort.example/topics/elbe.rss");
  expect(again.status).toBe(304);
});

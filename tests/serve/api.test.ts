import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aPublisher, aTopic, ROOT, temporaryFolder, testSettings } from "../support/test-settings.ts";

const TOKENS = { anna: "annas-own-long-secret", ben: "bens-own-long-secret" };
const TOPICS = [aTopic("gold", "gold"), aTopic("geld", "topic:gold"), aTopic("still", "gold", { unlisted: true })];
const WATER = { title: "Wasser", description: "Flüsse und Seen", query: "wasser OR fluss*" };

const stack = new AsyncDisposableStack();
let origin = "";
let closed = "";

beforeAll(async () => {
  const open = async (tokens?: Readonly<Record<string, string>>) => {
    const settings = testSettings({
      ...{ dataDir: stack.use(temporaryFolder()).path, topics: TOPICS },
      publishers: [aPublisher("blatt")],
      ...(tokens !== undefined && { api: { tokens } }),
    });
    return `http://127.0.0.1:${stack.use(await startTestDaemon(settings, ["web"])).port}`;
  };
  [origin, closed] = await Promise.all([open(TOKENS), open()]);
}, 30_000);
afterAll(() => stack.disposeAsync());

interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
  readonly at?: string;
}

async function ask(method: string, path: string, { body, headers, at = origin, ...rest }: Asked = {}) {
  const token = "token" in rest ? rest.token : TOKENS.anna;
  const answer = await fetch(`${at}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = /json/.test(answer.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined;
  return { status: answer.status, headers: answer.headers, type: answer.headers.get("content-type"), json };
}

describe("who may write", () => {
  test("nobody without a token of ours, and none by a browser's own doing", async () => {
    for (const given of [
      { token: undefined },
      { token: "annas-own-long-secreT" },
      { token: undefined, headers: { authorization: `Basic ${btoa(`anna:${TOKENS.anna}`)}` } },
      { token: undefined, headers: { cookie: `token=${TOKENS.anna}` } },
    ]) {
      const answer = await ask("PUT", "/api/topics/wasser", { body: WATER, ...given });
      expect(answer.status).toBe(401);
      expect(answer.type).toContain("application/problem+json");
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
      expect(answer.json.detail).toContain(
        "token" in given && (given.token !== undefined || given.headers?.authorization !== undefined)
          ? "this token is none of ours"
          : "this takes a token",
      );
    }
    expect((await ask("GET", "/api/audit", { token: undefined })).status).toBe(401);
    expect((await ask("GET", "/api/topics/gold/embargoes", { token: undefined })).status).toBe(401);
    expect((await ask("GET", "/api/topics/wasser", { token: undefined })).status).toBe(404);
  });

  test("who mistypes an id is led to the topic that was meant, but never to one that is not listed", async () => {
    for (const [method, path] of [
      ["GET", "/api/topics/glod"],
      ["PATCH", "/api/topics/glod"],
      ["DELETE", "/api/topics/glod"],
    ] as const)
      expect((await ask(method, path, { ...(method === "PATCH" && { body: {} }) })).json.detail).toContain(
        "did you mean gold?",
      );
    expect((await ask("GET", "/api/topics/stil")).json.detail).not.toContain("still");
    expect((await ask("DELETE", "/api/topics/stil")).json.detail).not.toContain("still");
  });

  test("what is to be removed needs no body, whatever type it is said to have", async () => {
    await ask("PUT", "/api/topics/weg", { body: WATER });

    const answer = await ask("DELETE", "/api/topics/weg", { headers: { "content-type": "application/json" } });

    expect(answer.status).toBe(204);
  });

  test("a search whose order or page makes no sense is no search for something else", async () => {
    const answer = await ask("GET", "/api/search?q=gold&order=bogus&page=x");

    expect(answer.status).toBe(400);
    expect(answer.json.errors).toEqual([
      { path: "page", message: "page is no number of a page", hint: "count from 1" },
      { path: "order", message: "there is no such order", hint: "write relevance or newest" },
    ]);
    for (const fine of ["order=newest", "page=2", "page=1&order=relevance"])
      expect((await ask("GET", `/api/search?q=gold&${fine}`)).status).toBe(200);
  });

  test("what a query perhaps meant otherwise is said, and nothing is changed by it", async () => {
    const hints = ['"ODER" is no operator here: did you mean "OR"?'];

    const made = await ask("PUT", "/api/topics/gewaesser", { body: { ...WATER, query: "wasser ODER flut" } });
    const found = await ask("GET", "/api/search?q=wasser%20ODER%20flut", { token: undefined });
    await ask("DELETE", "/api/topics/gewaesser");

    expect(made.json).toMatchObject({ topic: { query: "wasser ODER flut" }, hints });
    expect(found.json).toMatchObject({
      query: "wasser flut",
      hints: [{ written: "ODER", meant: "OR", message: hints[0] }],
    });
    expect((await ask("GET", "/api/search?q=wasser%20OR%20flut")).json).not.toHaveProperty("hints");
  });

  test("an unlisted topic is not in the list, and there for who knows it", async () => {
    const { topics } = (await ask("GET", "/api/topics", { token: undefined })).json;

    expect(topics.map(({ id }: { readonly id: string }) => id)).toContain("gold");
    expect(JSON.stringify(topics)).not.toContain("still");
    expect((await ask("GET", "/api/topics/still", { token: undefined })).status).toBe(200);
  });

  test("alerts are written in config/ only: their channels have secrets", async () => {
    const alerts = [{ webhook: "https://desk.example/hook" }];
    const answer = await ask("PUT", "/api/topics/wasser", { body: { ...WATER, alerts } });

    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.json)).toContain("alerts stand in topics.yaml of the config folder only");
  });

  test("where no token is set, writing is off, and the answer says how it is switched on", async () => {
    const answer = await ask("PUT", "/api/topics/wasser", { body: WATER, at: closed });

    expect(answer.status).toBe(403);
    expect(answer.json.detail).toContain("RESSORT_API_TOKEN");
    expect((await ask("GET", "/api/topics", { at: closed, token: undefined })).status).toBe(200);
  });

  test("who guesses has to wait, and who was right before does not", async () => {
    await ask("GET", "/api/audit");
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, n) => ask("GET", "/api/audit", { token: `guess-number-${n}` })),
    );

    expect(guesses.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThanOrEqual(4);
    expect((await ask("GET", "/api/audit", { token: "one-more" })).headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await ask("GET", "/api/audit", { token: TOKENS.ben })).status).toBe(429);
    expect((await ask("GET", "/api/audit")).status).toBe(200);
  });

  test("other websites learn nothing from it", async () => {
    for (const [method, path] of [
      ["OPTIONS", "/api/topics/wasser"],
      ["GET", "/api/topics"],
      ["PUT", "/api/topics/wasser"],
    ] as const) {
      const { headers } = await ask(method, path, { headers: { origin: "https://evil.example" } });
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});

describe("topics over the API", () => {
  test("edits never overwrite one another: an etag that is no longer true is refused", async () => {
    const made = await ask("PUT", "/api/topics/wasser", { body: WATER });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ id: "wasser", source: "edited", topic: { ...WATER, window: "7d", size: 50 } });
    const etag = made.headers.get("etag") ?? "";

    const ifMatch = { "if-match": etag };
    expect((await ask("PUT", "/api/topics/wasser", { body: { ...WATER, size: 10 }, headers: ifMatch })).status).toBe(
      200,
    );
    expect((await ask("PUT", "/api/topics/wasser", { body: { ...WATER, size: 20 }, headers: ifMatch })).status).toBe(
      412,
    );
    expect((await ask("DELETE", "/api/topics/wasser", { headers: ifMatch })).status).toBe(412);
    expect((await ask("PUT", "/api/topics/wasser", { body: WATER, headers: { "if-none-match": "*" } })).status).toBe(
      412,
    );

    expect((await ask("DELETE", "/api/topics/wasser/spikes/i0", { headers: ifMatch })).status).toBe(412);

    // of many at once each is made on what the one before it left
    await Promise.all(
      ["size", "minimumPublishers", "mostPerPublisher"].map((key) =>
        ask("PATCH", "/api/topics/wasser", { body: { [key]: 3 } }),
      ),
    );
    const { json, headers } = await ask("GET", "/api/topics/wasser", { token: undefined });
    expect(json.topic).toMatchObject({ size: 3, minimumPublishers: 3, mostPerPublisher: 3, title: "Wasser" });
    const unchanged = await ask("GET", "/api/topics/wasser", {
      headers: { "if-none-match": headers.get("etag") ?? "" },
    });
    expect(unchanged.status).toBe(304);
    // what was read can be written
    expect((await ask("PUT", "/api/topics/wasser", { body: json.topic })).headers.get("etag")).toBe(
      headers.get("etag"),
    );
  });

  test("what stands in config/ is edited there, and what others ask for stays", async () => {
    const fixed = await ask("PATCH", "/api/topics/gold", { body: { size: 3 } });
    expect(fixed.status).toBe(409);
    expect(fixed.json.detail).toContain("this topic stands in topics.yaml of the config folder");
    expect((await ask("PUT", "/api/topics/politik", { body: WATER })).json.detail).toContain("section");

    await ask("PUT", "/api/topics/quelle", { body: { ...WATER, query: "quelle*" } });
    await ask("PUT", "/api/topics/fragt", { body: { ...WATER, query: "topic:quelle fluss" } });
    for (const answer of [
      await ask("DELETE", "/api/topics/quelle"),
      await ask("POST", "/api/topics/quelle/rename", { body: { to: "brunnen" } }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.json.detail).toContain("fragt asks for topic:quelle");
    }
    const circle = await ask("PATCH", "/api/topics/quelle", { body: { query: "topic:fragt" } });
    expect(circle.status).toBe(422);
  });

  test.each([
    [{ ...WATER, query: "titel:wasser" }, "query"],
    [{ ...WATER, query: "topic:nirgends" }, "query"],
    [{ ...WATER, query: "wasser within:24h" }, "query"],
    [{ ...WATER, sise: 3 }, "sise"],
    [{ ...WATER, size: "viele" }, "size"],
    [{ ...WATER, window: "bald" }, "window"],
    [{ ...WATER, ranks: { niemand: 1 } }, "ranks.niemand"],
    [{ title: "Wasser" }, "query"],
    [{ ...WATER, id: "anders" }, "id"],
  ])("a topic that makes no sense is refused with the place and what would be right: %j", async (body, path) => {
    const { status, json } = await ask("PUT", "/api/topics/unsinn", { body });

    expect(status).toBe(422);
    const fault = json.errors.find((one: { readonly path: string }) => one.path === path);
    expect(fault?.message).toMatch(/\S/);
    expect(fault?.hint).toMatch(/\S/);
    expect((await ask("GET", "/api/topics/unsinn")).status).toBe(404);
  });

  test("whatever an attacker sends is refused cleanly", async () => {
    const deep = `${'{"ranks":'.repeat(5000)}1${"}".repeat(5000)}`;
    const bodies: readonly (readonly [string, number])[] = [
      [`{"query":"${"a".repeat(70_000)}"}`, 413],
      ["{", 400],
      ["", 400],
      ['{"__proto__":{"isAdmin":true},"title":"x"}', 400],
      ['{"constructor":{"prototype":{"isAdmin":true}},"title":"x"}', 400],
      [deep, 400],
      [`${"[".repeat(20_000)}${"]".repeat(20_000)}`, 400],
      ["[[[1]]]", 422],
      ["null", 422],
      ['"text"', 422],
      ["[]", 422],
      ["17", 422],
      ['{"title":null,"description":[],"query":{"a":1}}', 422],
      [JSON.stringify({ ...WATER, query: `${"(".repeat(1000)}a${")".repeat(1000)}` }), 422],
      [JSON.stringify({ ...WATER, title: "\u0000" }), 422],
      [JSON.stringify({ ...WATER, title: "\ud800" }), 422],
      [JSON.stringify({ ...WATER, title: "W".repeat(30_000) }), 422],
    ];
    for (const [body, status] of bodies) {
      const answer = await ask("PUT", "/api/topics/angriff", { body });
      expect([answer.status, body.slice(0, 40)]).toEqual([status, body.slice(0, 40)]);
      if (status >= 400) expect(answer.type).toContain("application/problem+json");
    }
    for (const id of ["..%2f..", "__proto__", "A", "%00", "x".repeat(65)])
      expect((await ask("PUT", `/api/topics/${id}`, { body: WATER })).status).toBe(422);
    expect((await ask("PUT", "/api/topics/x", { body: "a=1", headers: { "content-type": "text/plain" } })).status).toBe(
      415,
    );
    const packed = await ask("PUT", "/api/topics/x", { body: WATER, headers: { "content-encoding": "gzip" } });
    expect([packed.status, packed.headers.get("accept-encoding")]).toEqual([415, "identity"]);
    expect((await ask("POST", "/api/nothing", { body: {} })).status).toBe(404);
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });

  test.each<readonly [string, string]>([
    ["GET", "/api"],
    ["GET", "/api/"],
    ["GET", "/api?x"],
    ["POST", "/api/nothing"],
    ["GET", "/api/docs/nothing"],
    ["GET", `/api/${"x".repeat(500)}`],
    ["GET", `/api/topics/${"x".repeat(500)}`],
    ["PROPFIND", "/api/topics"],
    ["OPTIONS", "/api/topics"],
    ["DELETE", "/api/topics"],
    ...["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => [method, "/api/topics/%ff"] as const),
    ["GET", "/api/%ff"],
    ["GET", "/api/docs/%ff"],
    ["GET", "/api/search?q=%22"],
  ])("%s %s goes wrong as everything here does: as a problem, for programs", async (method, path) => {
    const answer = await ask(method, path);

    expect([answer.status, answer.type]).toEqual([expect.any(Number), "application/problem+json; charset=utf-8"]);
    expect(answer.json).toEqual({
      ...{ type: "about:blank", status: answer.status, title: expect.stringMatching(/\S/) },
      ...{
        detail: expect.stringMatching(/\S/),
        ...(answer.json.errors !== undefined && { errors: [expect.anything()] }),
      },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("acts name an item that is there, a moment that is to come, a title that is one", async () => {
    for (const [kind, body, status] of [
      ["pins", { item: "nobody" }, 404],
      ["pins", { item: 3 }, 422],
      ["pins", { item: "a", until: "gestern" }, 422],
      ["pins", { item: "a", until: "2020-01-01T00:00:00Z" }, 422],
      ["retitles", { item: "a", title: "   " }, 422],
      ["embargoes", { item: "a" }, 422],
      ["spikes", { item: "a", more: 1 }, 422],
    ] as const)
      expect([kind, (await ask("POST", `/api/topics/gold/${kind}`, { body })).status]).toEqual([kind, status]);
    expect((await ask("POST", "/api/topics/nirgends/pins", { body: { item: "a" } })).status).toBe(404);
    const errorsOf = async (kind: string, body: unknown) =>
      (await ask("POST", `/api/topics/gold/${kind}`, { body })).json.errors;
    expect(await errorsOf("pins", { itme: "a" })).toEqual([
      { path: "itme", message: "this key means nothing here", hint: "write item" },
    ]);
    expect(await errorsOf("retitles", { item: "a" })).toEqual([
      { path: "title", message: "is missing", hint: "add it: a text" },
    ]);
    expect(await errorsOf("pins", {})).toEqual([
      { path: "item", message: "is missing", hint: "name an item, or a story" },
    ]);
    expect(await errorsOf("spikes", [])).toMatchObject([{ message: "this is no object" }]);
    expect((await ask("DELETE", "/api/topics/gold/pins/nobody")).status).toBe(404);
  });

  test("the log says who did what, before and after", async () => {
    await ask("PUT", "/api/topics/log", { body: WATER });
    await ask("PATCH", "/api/topics/log", { body: { size: 7 } });
    await ask("DELETE", "/api/topics/log");

    const { json } = await ask("GET", "/api/audit?topic=log&limit=10");
    expect(json.entries).toMatchObject([
      { by: "anna", via: "api", topic: "log", what: "removed", before: { size: 7 } },
      { by: "anna", via: "api", topic: "log", what: "changed", before: { query: WATER.query }, after: { size: 7 } },
      { by: "anna", via: "api", topic: "log", what: "made", after: { title: "Wasser" } },
    ]);
    expect((await ask("GET", "/api/audit?limit=-5")).json.entries.length).toBe(1);
  });
});

describe("its description", () => {
  test("is OpenAPI, made from the routes and the schema of topics.yaml", async () => {
    const { json } = await ask("GET", "/api/openapi.json", { token: undefined });

    expect(json.openapi).toBe("3.1.0");
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining(["/api/topics/{id}", "/api/topics/{id}/pins/{item}", "/api/audit", "/api/search"]),
    );
    const contentOf = (path: string, method: string) =>
      json.paths[path][method].requestBody.content["application/json"];
    const body = contentOf("/api/topics/{id}", "put").schema;
    expect(body.properties.query.type).toBe("string");
    expect(json.paths["/api/topics/{id}"].put.security).toEqual([{ token: [] }]);
    const docs = readFileSync(path.join(ROOT, "docs", "api.md"), "utf8");
    const plain = docs.replaceAll(/\s+/g, " ");
    for (const [place, method] of [
      ["/api/topics/{id}", "put"],
      ["/api/topics/{id}", "patch"],
      ["/api/topics/{id}/rename", "post"],
      ["/api/topics/preview", "post"],
      ...["pins", "spikes", "retitles", "embargoes"].map((kind) => [`/api/topics/{id}/${kind}`, "post"] as const),
    ] as const) {
      const { example } = contentOf(place, method);
      expect(plain).toContain(JSON.stringify(example, null, 1).replaceAll(/\s+/g, " "));
    }
  });

  test("is a page that may run its own scripts and nobody else's", async () => {
    const answer = await fetch(`${origin}/api/docs`);
    const csp = answer.headers.get("content-security-policy") ?? "";

    expect(answer.status).toBe(200);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).not.toMatch(/https?:|\*/);
    expect((await fetch(`${origin}/`)).headers.get("content-security-policy")).not.toContain("script-src");
  });
});

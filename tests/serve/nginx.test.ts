import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportFiles } from "../../src/adapters/export-files.ts";
import { type View, written } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { eventually, ROOT, temporaryFolder } from "../support/test-settings.ts";
import { type Served, served } from "./served.ts";

const NGINX = "nginx";
const missing = spawnSync(NGINX, ["-v"]).error !== undefined;
if (missing) console.warn("SKIPPED: config/nginx/ressort.conf is not tested: there is no nginx on the PATH");

const RSS = "/topics/elbe.rss";

describe.skipIf(missing)("nginx with the exported documents", () => {
  const stack = new AsyncDisposableStack();
  let view: View;
  let daemon: Served;
  let base: string;
  let config: string;

  beforeAll(async () => {
    view = await exampleView();
    daemon = stack.use(await served(view));
    const folder = stack.use(temporaryFolder()).path;
    // nginx reads as nobody where it is started by root
    chmodSync(folder, 0o755);
    const root = path.join(folder, "public");
    for (const format of ["rss", "atom", "json"]) {
      const document = view.document(`topics/elbe.${format}`);
      if (document !== undefined) await exportFiles(root).write(document);
    }
    await exportFiles(root).write({ path: "opml", bodies: written(view.opml(), "text/x-opml").bodies });
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    config = configIn(folder, { root, port, upstream: new URL(daemon.url).host });
    stack.defer(await running(config, folder));
    await eventually("nginx", () => ask("GET", "/opml").catch(() => undefined));
  });
  afterAll(() => stack.disposeAsync());

  async function ask(method: "GET" | "HEAD" | "OPTIONS" | "POST", place: string, headers: Record<string, string> = {}) {
    const answer = await request(base + place, { method, headers });
    const body = Buffer.from(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  test("is a configuration that nginx takes", () => {
    const { status, stderr } = spawnSync(NGINX, ["-t", "-c", config], { encoding: "utf8" });

    expect([status, stderr]).toEqual([0, expect.stringContaining("test is successful")]);
  });

  test.each(["rss", "atom", "json"])(
    "sends %s as the daemon does: bytes, type, date and what caches may do",
    async (format) => {
      const place = `/topics/elbe.${format}`;
      const [ours, its] = [await daemon.get(place), await ask("GET", place)];

      expect(its.status).toBe(200);
      expect(its.headers["server"]).toBe("nginx");
      expect(its.body.equals(ours.body)).toBe(true);
      for (const name of [
        "content-type",
        "last-modified",
        "cache-control",
        "access-control-allow-origin",
        "vary",
        "content-length",
        "content-security-policy",
      ])
        expect([name, its.headers[name]]).toEqual([name, ours.headers[name]]);
    },
  );

  test("sends the gzip body that we made, under a strong tag of its own", async () => {
    const [plain, packed] = [await ask("GET", RSS), await ask("GET", RSS, { "accept-encoding": "gzip" })];

    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(packed.body.equals(Buffer.from(view.document(RSS.slice(1))?.bodies.gzip ?? []))).toBe(true);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.headers["etag"]).toMatch(/^"[^"]+"$/);
    expect(packed.headers["etag"]).not.toBe(plain.headers["etag"]);
  });

  test("answers 304 by tag and by date, with what a cache may do", async () => {
    const { headers } = await ask("GET", RSS, { "accept-encoding": "gzip" });
    const byTag = await ask("GET", RSS, { "accept-encoding": "gzip", "if-none-match": String(headers["etag"]) });
    const byDate = await ask("GET", RSS, { "if-modified-since": String(headers["last-modified"]) });

    const byLaterDate = await ask("GET", RSS, { "if-modified-since": new Date(EXAMPLE_NOW).toUTCString() });

    expect([byTag.status, byDate.status, byLaterDate.status]).toEqual([304, 304, 304]);
    expect(byTag.headers).toMatchObject({ "cache-control": headers["cache-control"], etag: headers["etag"] });
  });

  test("leaves everything else to the daemon: pages, searches, what is not there, preflights, and news since a version", async () => {
    const page = await ask("GET", "/topics/elbe");
    const search = await ask("GET", "/search.rss?q=werft");
    const unknown = await ask("GET", "/topics/elbee.rss");
    const preflight = await ask("OPTIONS", RSS);
    const post = await ask("POST", RSS);
    const { headers } = await daemon.get(RSS);
    const since = await ask("GET", RSS, { "a-im": "feed", "if-none-match": headers["etag"] ?? "" });

    expect([page, search, unknown, preflight, post, since].map(({ status }) => status)).toEqual([
      200, 200, 404, 204, 405, 304,
    ]);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(search.body.toString()).toContain("/search.rss?q=werft");
    expect(unknown.body.toString()).toContain("/topics/elbe");
  });

  test("sends the list of feeds", async () => {
    const { status, headers, body } = await ask("GET", "/opml");

    expect([status, headers["content-type"], headers["server"]]).toEqual([200, "text/x-opml; charset=utf-8", "nginx"]);
    expect(body.toString()).toBe(view.opml());
  });

  test("goes on while the daemon is away", async () => {
    await daemon[Symbol.asyncDispose]();

    expect((await ask("GET", RSS)).status).toBe(200);
    expect((await ask("GET", "/topics/elbe")).status).toBe(502);
  });
});

function configIn(
  folder: string,
  { root, port, upstream }: { readonly root: string; readonly port: number; readonly upstream: string },
): string {
  const shipped = readFileSync(path.join(ROOT, "config", "nginx", "ressort.conf"), "utf8");
  const server = shipped
    .replace("server web:8080;", `server ${upstream};`)
    .replace("listen 8080;", `listen 127.0.0.1:${port};`)
    .replace("root /srv/ressort;", `root ${root};`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = path.join(folder, "nginx.conf");
  const around = `pid ${folder}/pid; error_log stderr error; events {} http { access_log off; ${temporary.join(" ")}`;
  writeFileSync(file, `${around}\n${server}}\n`);
  return file;
}

/** @returns what ends it */
async function running(config: string, folder: string): Promise<() => Promise<void>> {
  const child = spawn(NGINX, ["-p", folder, "-c", config, "-g", "daemon off;"], { stdio: "ignore" });
  return async () => {
    const ended = once(child, "exit");
    if (child.exitCode === null && child.kill()) await ended;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

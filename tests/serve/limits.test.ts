import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, readerLimits, type View } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { heapUsed } from "../support/heap-used.ts";
import { type Served, served } from "./served.ts";

let view: View;
let server: Served;

beforeAll(async () => {
  view = await exampleView();
  server = await served(view);
});
afterAll(async () => server[Symbol.asyncDispose]());

test("headers of more than 16 KB are refused", async () => {
  const answer = await server.get("/", { "x-long": "x".repeat(17_000) });

  expect(answer.status).toBe(431);
});

test.each([["/%ff"], ["/items/%E0%A4%A"], [`/items/${"x".repeat(400)}`]])("%s is refused with a page", async (path) => {
  const answer = await server.get(path);

  expect([400, 404, 414]).toContain(answer.status);
  expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
});

test("a fault of ours is a page that tells nothing of it, and a line in the log", async () => {
  const lines: string[] = [];
  const broken = {
    ...view,
    frontPage: () => {
      throw new Error("secret detail");
    },
  };
  await using server = await served(broken, { log: pino({ level: "error" }, { write: (line) => lines.push(line) }) });

  const answer = await server.get("/");

  expect(answer.status).toBe(500);
  expect(answer.text).toContain("Da ist etwas schiefgegangen");
  expect(answer.text).not.toMatch(/secret detail|at .*\.ts|node_modules/);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(lines.join()).toContain("secret detail");
});

test("who sends headers a byte at a time is cut off, and costs the others nothing", async () => {
  const began = Date.now();
  const closed = slowly(new URL(server.url).port);

  expect((await server.get("/topics/elbe.rss")).status).toBe(200);
  await closed;

  expect(Date.now() - began).toBeGreaterThan(8000);
  expect(Date.now() - began).toBeLessThan(18_000);
});

test("headers that somebody makes up for each request are not kept beside the documents", async () => {
  const ask = async (made: (n: number) => string): Promise<void> => {
    for (const format of ["rss", "atom", "json"])
      for (let n = 0; n < 80; n += 1)
        await server.ask("HEAD", `/topics/elbe.${format}`, { "accept-encoding": made(n) });
  };
  await ask(() => `gzip,${"x".repeat(12_000)}`);
  const before = heapUsed();

  await ask((n) => `gzip,${String(n).padEnd(12_000, "x")}`);

  expect(heapUsed() - before).toBeLessThan(1_500_000);
});

test("one address cannot take all connections: beyond its share they are closed, and others are served", async () => {
  const isTheOther = (socket: Socket) => socket.remoteAddress?.endsWith("127.0.0.2");
  const addressOf = (socket: Socket) => (isTheOther(socket) ? "192.0.2.1" : "192.0.2.2");
  const nobody = readerLimits({ searches: 0, wholeFeeds: 0 }, () => undefined, Date.now);
  await using own = await served(await exampleView({}, undefined, { readers: { ...nobody, addressOf } }));
  const port = Number(new URL(own.url).port);
  const sockets = Array.from({ length: 600 }, () => connect({ port, host: "127.0.0.1", localAddress: "127.0.0.2" }));
  let closed = 0;
  for (const socket of sockets) socket.on("error", () => undefined).on("close", () => closed++);

  await expect.poll(() => closed, { timeout: 10_000 }).toBe(100);

  expect((await own.get("/topics/elbe.rss")).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => closed, { timeout: 10_000 }).toBe(600);
  const anew = async (): Promise<string> => {
    const socket = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.2" });
    socket.write("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return await text(socket).catch(() => "closed");
  };
  await expect.poll(anew, { timeout: 10_000 }).toContain("200 OK");
});

test("closing does not wait for a client that connected and never asked", async () => {
  const app = await openServer(view, { now: () => EXAMPLE_NOW });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => undefined);
  await once(socket, "connect");
  const began = Date.now();

  await app.close();

  expect(Date.now() - began).toBeLessThan(6000);
});

/** Resolves when the server hangs up. */
function slowly(port: string): Promise<void> {
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  const drip = setInterval(() => socket.write("x"), 500);
  socket.resume();
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drip);
      resolve();
    });
  });
}

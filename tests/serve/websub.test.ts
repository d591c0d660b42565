import { type ClientRequest, request } from "node:http";
import { fastify } from "fastify";
import { expect, test } from "vitest";
import { addHubCallbacks, type HubCallbacks, type HubPush } from "../../src/serve/serve.ts";

/** Callbacks that remember what they were asked. */
async function serve(own: Partial<HubCallbacks> = {}) {
  const pushes: HubPush[] = [];
  const app = fastify();
  addHubCallbacks(app, {
    verify: async () => ({ challenge: "<script>1</script>" }),
    mayPush: async (token) => (token === "mine" ? "yes" : "ended"),
    push: async (_, push) => {
      pushes.push(push);
      return "taken";
    },
    ...own,
  });
  await app.ready();
  return { app, pushes };
}

test("a challenge is echoed as plain text that no browser takes for anything else", async () => {
  const { app } = await serve();

  const answer = await app.inject({ url: "/websub/mine?hub.mode=subscribe" });

  expect(answer.body).toBe("<script>1</script>");
  expect(answer.headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
});

test("the bytes of a push arrive as they were sent, whatever type it claims to be, or none", async () => {
  const { app, pushes } = await serve();
  const bytes = Buffer.from([0xff, 0x00, 0x7b, 0xfe]);
  for (const type of ["application/json", "text/plain", "application/atom+xml; charset=x", undefined])
    await app.inject({
      method: "POST",
      url: "/websub/mine",
      payload: bytes,
      headers: type === undefined ? {} : { "content-type": type },
    });
  await app.inject({ method: "POST", url: "/websub/mine" });

  expect(pushes.map(({ body }) => Buffer.from(body).toString("hex"))).toEqual([...Array(4).fill("ff007bfe"), ""]);
});

test("a stranger's push ends before it is received, a busy server says when to come again", async () => {
  const { app, pushes } = await serve({ push: async () => "busy" });

  const stranger = await app.inject({ method: "POST", url: "/websub/other", payload: "x" });
  const busy = await app.inject({ method: "POST", url: "/websub/mine", payload: "x" });

  expect(stranger.statusCode).toBe(410);
  expect(pushes).toEqual([]);
  expect([busy.statusCode, busy.headers["retry-after"]]).toEqual([503, "60"]);
});

test("a hub sends two bodies at a time, whatever it holds back; others are not kept waiting", async () => {
  const { app } = await serve({ mayPush: async () => "yes" });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const push = (token: string) => app.inject({ method: "POST", url: `/websub/${token}`, payload: "x" });

  // Given a hub that begins two bodies and ends none of them
  const held = [await beginPush(`${address}/websub/slow`), await beginPush(`${address}/websub/slow`)];
  await expect.poll(async () => (await push("slow")).statusCode, { timeout: 5000 }).toBe(503);
  const third = await push("slow");
  const other = await push("other");
  for (const one of held) one.destroy();

  expect([third.statusCode, third.headers["retry-after"]]).toEqual([503, "60"]);
  expect(other.statusCode).toBe(202);
  await expect.poll(async () => (await push("slow")).statusCode, { timeout: 5000 }).toBe(202);
  await app.close();
});

test("a hub that hangs up while it is looked up keeps nothing back", async () => {
  const lookup = Promise.withResolvers<"yes">();
  let asked = 0;
  const mayPush = () => {
    asked += 1;
    return lookup.promise;
  };
  const { app } = await serve({ mayPush });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const connections = () => new Promise((resolve) => app.server.getConnections((_, open) => resolve(open)));

  // Given a hub that began two pushes and was gone before it was known
  const begun = [await beginPush(`${address}/websub/hasty`), await beginPush(`${address}/websub/hasty`)];
  await expect.poll(() => asked, { timeout: 5000 }).toBe(2);
  for (const one of begun) one.destroy();
  await expect.poll(connections, { timeout: 5000 }).toBe(0);
  lookup.resolve("yes");

  const { statusCode } = await app.inject({ method: "POST", url: "/websub/hasty", payload: "x" });
  expect(statusCode).toBe(202);
  await app.close();
});

/** A push whose body does not end. */
async function beginPush(url: string): Promise<ClientRequest> {
  const one = request(url, { method: "POST", headers: { "content-length": "1000" } });
  one.on("error", () => undefined);
  await new Promise((resolve) => one.write("<rss>", resolve));
  return one;
}

test("a hub that asks while nothing can be looked up is told to come again", async () => {
  const { app } = await serve({ verify: async () => "busy", mayPush: async () => "busy" });

  const asked = await app.inject({ url: "/websub/mine?hub.mode=subscribe" });
  const pushed = await app.inject({ method: "POST", url: "/websub/mine", payload: "x" });

  expect([asked.statusCode, asked.headers["retry-after"]]).toEqual([503, "60"]);
  expect(pushed.statusCode).toBe(503);
});

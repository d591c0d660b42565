import { fastify } from "fastify";
import { expect, test } from "vitest";
import { addHubCallbacks, type HubCallbacks, type HubPush } from "../../src/serve/serve.ts";

/** Callbacks that remember what they were asked. */
async function serve(own: Partial<HubCallbacks> = {}) {
  const pushes: HubPush[] = [];
  const app = fastify();
  addHubCallbacks(app, {
    verify: async () => "<script>1</script>",
    knows: async (token) => token === "mine",
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

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { openWebhooks } from "../../src/adapters/webhook.ts";
import { HOUR, SECOND } from "../../src/model/time.ts";
import { openPublisher, type Scripted } from "../support/publisher-server.ts";

const LOCAL = { allowNetworks: ["127.0.0.0/8"], ports: [] };
const message = (url: string) =>
  ({ url, method: "POST", headers: { "content-type": "application/json" }, body: "{}" }) as const;

describe("a message by HTTP", () => {
  test.each<[string, Scripted, object]>([
    ["taken with 204", { status: 204 }, { kind: "taken", answer: "status 204" }],
    ["taken with words", { body: "thank\n you\u0007" }, { kind: "taken", answer: "status 200: thank you" }],
    ["not taken with 500", { status: 500 }, { kind: "failed", why: "status 500" }],
    [
      "not taken for now",
      { status: 429, headers: { "retry-after": "120" } },
      { kind: "failed", why: "status 429", wait: 120 * SECOND },
    ],
    [
      "asked to wait for ages",
      { status: 503, headers: { "retry-after": "999999" } },
      { kind: "failed", why: "status 503", wait: 6 * HOUR },
    ],
    ["told that nobody is there any more", { status: 410 }, { kind: "gone", why: "status 410" }],
  ])("is %s", async (_, answer, sent) => {
    await using receiver = await openPublisher();
    await using webhooks = openWebhooks(LOCAL, "Ressort/test");
    receiver.answer("/hook?desk=1", answer);

    expect(await webhooks.post(message(receiver.url("/hook?desk=1")))).toEqual(sent);
    expect(receiver.requests[0]).toMatchObject({
      method: "POST",
      body: "{}",
      headers: { "user-agent": "Ressort/test" },
    });
  });

  test("reads no more of an answer than its beginning", async () => {
    await using receiver = await openPublisher();
    await using webhooks = openWebhooks(LOCAL, "Ressort/test");
    receiver.answer("/hook", { status: 500, body: "x".repeat(10_000_000) });

    const sent = await webhooks.post(message(receiver.url("/hook")));

    expect(JSON.stringify(sent).length).toBeLessThan(400);
  });

  test("is given up where nobody answers in time, and where nobody listens", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    await using webhooks = openWebhooks(LOCAL, "Ressort/test", SECOND / 2);
    const begun = Date.now();

    expect(await webhooks.post(message(`http://127.0.0.1:${port}/`))).toMatchObject({
      kind: "failed",
      why: expect.stringContaining("timeout"),
    });
    expect(Date.now() - begun).toBeLessThan(8 * SECOND);
    silent.close();
    // its port is free once the connection has ended
    await once(silent, "close");
    expect(await webhooks.post(message(`http://127.0.0.1:${port}/`))).toMatchObject({
      kind: "failed",
      why: expect.stringMatching(/^connect: /),
    });
  });
});

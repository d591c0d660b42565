import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { openMailer } from "../../src/adapters/mailer.ts";
import { mailOf } from "../../src/alert/alert.ts";
import { aStory, messageOf } from "../alert/press.ts";
import { openMailbox } from "../alert/receivers.ts";
import { eventually } from "../support/test-settings.ts";

/** It greets, and never comes to the end of what it has to say. */
async function openDripping() {
  let isClosed = false;
  const server = createServer((socket) => {
    socket.write("220 Good morning\r\n");
    const drip = setInterval(() => socket.write("250-Just a moment\r\n"), 50);
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(drip);
      isClosed = true;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    closed: () => isClosed,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

const TO = "desk@paper.example";
const serverAt = (port: number) =>
  ({ host: "127.0.0.1", port, secure: false, from: "Häfen, Ressort <ressort@paper.example>" }) as const;

describe("a mail", () => {
  test("arrives as text and HTML, in the right letters, to nobody else, whatever a title holds", async () => {
    await using mailbox = await openMailbox();
    using mailer = openMailer(serverAt(mailbox.port));
    const title = "Größter Sieg 🚢 seit „damals“\r\nBcc: alle@welt.example\r\n\r\n<script>";

    const sent = await mailer.send(mailOf(messageOf([aStory({ title })])), TO);

    expect(sent).toMatchObject({ kind: "taken", answer: expect.stringMatching(/^250 /) });
    expect(mailbox.mails.map(({ from, to }) => [from, to])).toEqual([["ressort@paper.example", [TO]]]);
    const [head = "", body = ""] = mailbox.mails[0]?.source.split(/\r?\n\r?\n(.*)/s) ?? [];
    expect(head).not.toMatch(/^Bcc:/im);
    expect(decoded(head)).toContain("From: Häfen, Ressort <ressort@paper.example>");
    expect(decoded(head)).toContain("Subject: [Häfen & Schiffe] Größter Sieg 🚢 seit „damals“ Bcc: alle@welt.example");
    expect(head).toMatch(/^[\t\r\n -~]+$/);
    expect(head).toMatch(/^Message-ID: <msg_[\da-f]{32}@feeds\.example\.org>\r?$/m);
    expect(head).toMatch(/^References: <story\.[\da-f]{32}@feeds\.example\.org>\r?$/m);
    expect(head).toMatch(/^List-ID: .*<hafen\.feeds\.example\.org>\r?$/m);
    expect(head).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(body).toMatch(/Content-Type: text\/plain; charset=utf-8[\s\S]*Content-Type: text\/html; charset=utf-8/);
    expect(unquoted(body)).toContain("Größter Sieg 🚢 seit „damals“");
    expect(unquoted(body.slice(body.indexOf("text/html")))).not.toContain("<script>");
  });

  test("does not wait for ever for a server that is always about to say something", async () => {
    await using server = await openDripping();
    using mailer = openMailer(serverAt(server.port), 500);

    const sent = await mailer.send(mailOf(messageOf([aStory()])), TO);

    expect(sent).toMatchObject({ kind: "failed", why: expect.stringMatching(/^timeout: not sent within/) });
    await eventually("the connection closed", () => server.closed() || undefined);
  });

  test("that is refused is a failure with the server's words; the password goes to this machine only or through TLS", async () => {
    await using mailbox = await openMailbox({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        password === "geheim" ? done(null, { user: username }) : done(new Error("Wrong password")),
    });
    const send = async (own: object) => {
      using mailer = openMailer({ ...serverAt(mailbox.port), user: "ressort", ...own });
      return await mailer.send(mailOf(messageOf([aStory()])), TO);
    };

    expect(await send({ password: "geheim" })).toMatchObject({ kind: "taken" });
    expect(await send({ password: "falsch" })).toMatchObject({
      kind: "failed",
      why: expect.stringContaining("Wrong password"),
    });
    // 0.0.0.0 is this machine, too, but not by its name
    expect(await send({ password: "geheim", host: "0.0.0.0" })).toMatchObject({
      kind: "failed",
      why: expect.stringMatching(/TLS/i),
    });
    expect(mailbox.mails).toHaveLength(1);
  });
});

/** RFC 2047, as far as our own mails use it. */
function decoded(head: string): string {
  const unfolded = head.replace(/\?=\r?\n[ \t]+=\?/g, "?==?").replace(/\r?\n[ \t]+/g, " ");
  return unfolded.replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) => unquoted(text.replaceAll("_", " ")));
}

/** RFC 2045 6.7 */
function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, "")
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Alert, AlertId, Channel } from "../../src/model/alert.ts";
import { topicId } from "../../src/model/ids.ts";

/** What alerts are sent to: a real mail server on this machine, and what receivers of webhooks do. */
export async function openMailbox(options: SMTPServerOptions = {}) {
  const mails: { readonly from: string; readonly to: readonly string[]; readonly source: string }[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    ...options,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, source: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    async [Symbol.asyncDispose](): Promise<void> {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export const SECRET = `whsec_${Buffer.from("an invented key of thirty-two by").toString("base64")}`;

/** As the specification of Standard Webhooks says it, apart from our own way of saying it. */
export function isGenuine(headers: Readonly<Record<string, unknown>>, body: string, secret = SECRET): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

export function anAlert(topic: string, channel: Channel, own: Partial<Alert> = {}): Alert {
  return { id: `${topic}-${channel.kind}` as AlertId, topic: topicId(topic), channel, only: "new", ...own };
}

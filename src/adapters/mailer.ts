import { createTransport } from "nodemailer";
import type { Mail, MailServer, Sent } from "../model/alert.ts";
import { type Duration, MINUTE, SECOND, showDuration } from "../model/time.ts";

const PATIENCE: Duration = 10 * SECOND;
/** For the whole conversation, of a server that always has something to say before it comes to the point. */
const LONGEST: Duration = MINUTE;

export type Mailer = ReturnType<typeof openMailer>;

/** Our mail server, which the operator chose. A password only ever travels encrypted, unless the server is this machine. */
export function openMailer({ host, port, secure, user, password, from }: MailServer, longest: Duration = LONGEST) {
  const transport = createTransport({
    ...{ host, port, secure },
    requireTLS: !secure && user !== undefined && !isThisMachine(host),
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    ...{ connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE, dnsTimeout: PATIENCE },
    // what a mail says is never taken for a file or an address to be read
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });

  return {
    async send({ subject, text, html, language, messageId, thread, list }: Mail, to: string): Promise<Sent> {
      const signal = AbortSignal.timeout(longest);
      try {
        const { response } = await transport.sendMail({
          ...{ from: senderOf(from), to, subject, text, html },
          ...{ messageId: `<${messageId}>`, signal },
          ...(thread !== undefined && { inReplyTo: `<${thread}>`, references: `<${thread}>` }),
          list: { id: { url: list.id, comment: list.name }, archive: list.page },
          // RFC 3834: nobody's holiday note is to answer it
          headers: { "auto-submitted": "auto-generated", "content-language": language },
        });
        return { kind: "taken", answer: response };
      } catch (error) {
        if (signal.aborted) return { kind: "failed", why: `timeout: not sent within ${showDuration(longest)}` };
        return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
      }
    },
    [Symbol.dispose](): void {
      transport.close();
    },
  };
}

/** Its name may hold a comma, which would part addresses. */
function senderOf(from: string): string | { readonly name: string; readonly address: string } {
  const [, name, address] = /^([^<]*) <([^<>]*)>$/.exec(from) ?? [];
  return name === undefined || address === undefined ? from : { name, address };
}

const isThisMachine = (host: string): boolean => /^(localhost|127\.[\d.]+|::1)$/.test(host);

import { type Mailer, openMailer } from "../../src/adapters/mailer.ts";
import { openWebhooks } from "../../src/adapters/webhook.ts";
import { mailOf, ntfyRequest, webhookRequest } from "../../src/alert/alert.ts";
import type { Alert, Dispatch, Sent } from "../../src/model/alert.ts";
import type { Settings } from "../../src/model/settings.ts";
import type { Instant } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";

export type Channels = ReturnType<typeof openChannels>;

/** The ways out of the house for alerts. */
export function openChannels({ poll, publicUrl, mail }: Settings, now: () => Instant) {
  const webhooks = openWebhooks(poll, poll.userAgent);
  let mailer: Mailer | undefined;

  return {
    /** Sends one message; whatever goes wrong is the channel's and ends as a value. */
    async send({ channel, only }: Alert, topic: Topic, dispatch: Dispatch): Promise<Sent> {
      const message = { dispatch, only, topic, publicUrl };
      switch (channel.kind) {
        case "webhook":
          return await webhooks.post(webhookRequest(channel, message, now()));
        case "ntfy":
          return await webhooks.post(ntfyRequest(channel, message));
        case "email":
          if (mail === undefined) return { kind: "failed", why: "ressort.yaml has no mail" };
          mailer ??= openMailer(mail);
          return await mailer.send(mailOf(message), channel.to);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      mailer?.[Symbol.dispose]();
      await webhooks[Symbol.asyncDispose]();
    },
  };
}

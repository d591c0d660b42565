import type { FastifyInstance, FastifyReply } from "fastify";

/** Our own WebSub hub, as the HTTP server sees it. */
export interface Hub {
  /**
   * @param remote who asks, by the address of the connection
   * @param forwarded X-Forwarded-For
   */
  ask(form: string, remote: string, forwarded?: string): Promise<HubAnswer>;
}

/** "taken": the callback is asked back, later. `text` is for those who write subscribers, in English. */
export interface HubAnswer {
  readonly kind: "taken" | "bad" | "unknown" | "too-many" | "busy";
  readonly text: string;
}

const STATUS = { taken: 202, bad: 400, unknown: 404, "too-many": 429, busy: 503 } as const;
/** Limits are counted by the minute. */
const RETRY_SECONDS = "60";
/** Two addresses of 2000 characters, escaped. */
const MAX_FORM = 16 * 1024;

/** /hub: subscribers ask by POST (WebSub 5.1). Nothing is pushed before their callback has confirmed it. */
export function addHub(app: FastifyInstance, hub: Hub): void {
  app.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: MAX_FORM },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.post("/hub", async (request, reply) => {
      const { body, ip, headers } = request;
      const forwarded = headers["x-forwarded-for"]?.toString();
      return say(reply, await hub.ask(typeof body === "string" ? body : "", ip, forwarded));
    });
    scope.route({
      method: ["GET", "HEAD"],
      url: "/hub",
      handler: (_request, reply) =>
        reply.code(405).header("Allow", "POST").type("text/plain; charset=utf-8").send(INSTRUCTION),
    });
    done();
  });
}

const INSTRUCTION =
  "This is a WebSub hub: POST hub.mode, hub.topic and hub.callback as a form (https://www.w3.org/TR/websub/).\n";

/** What was asked for may stand in the text: it is sent as plain text, and browsers are told to take it as nothing else. */
function say(reply: FastifyReply, { kind, text }: HubAnswer): FastifyReply {
  if (kind === "too-many" || kind === "busy") reply.header("Retry-After", RETRY_SECONDS);
  return reply
    .code(STATUS[kind])
    .type("text/plain; charset=utf-8")
    .headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" })
    .send(`${text}\n`);
}

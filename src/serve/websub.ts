import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The callbacks that hubs know us by, as the HTTP server sees them. */
export interface HubCallbacks {
  /** @returns what the hub is to be told, where this is a subscription of ours */
  verify(token: string, query: string): Promise<{ readonly challenge: string } | "ended" | "busy">;
  /** asked before a push is received */
  mayPush(token: string): Promise<"yes" | "ended" | "busy">;
  push(token: string, push: HubPush): Promise<"taken" | "ended" | "busy">;
}

/** What a hub has sent. The signature is over these very bytes. */
export interface HubPush {
  readonly body: Uint8Array;
  readonly signature?: string;
  readonly contentType?: string;
}

/** facts A-28: what a feed may weigh on the wire */
const MAX_PUSH = 10 * 1024 * 1024;

/** Bodies that one hub may be sending at a time: what it holds back costs it no more of our memory than that. */
const PUSHES_AT_ONCE = 2;

const STATUS = { taken: 202, ended: 410, busy: 503 } as const;

/**
 * /websub/:token: hubs verify by GET and push by POST (WebSub 5.3, 7). Whoever guesses an address learns nothing, and a
 * push is answered before it is read.
 */
export function addHubCallbacks(app: FastifyInstance, callbacks: HubCallbacks): void {
  app.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_PUSH }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.get("/websub/:token", { exposeHeadRoute: false }, async (request, reply) => {
      const answer = await callbacks.verify(tokenOf(request), request.url.split("?")[1] ?? "");
      if (answer === "ended") return say(reply, 404, "No such subscription.\n");
      return answer === "busy" ? sayCame(reply, answer) : say(reply, 200, answer.challenge);
    });
    // strangers do not get to fill our memory: nothing of their body is read
    const pushing = new Map<string, number>();
    const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
      const token = tokenOf(request);
      const may = await callbacks.mayPush(token);
      if (may !== "yes") return sayCame(reply, may);
      const others = pushing.get(token) ?? 0;
      // who hung up while being looked up says no "close" any more, and would keep its place for good
      if (others >= PUSHES_AT_ONCE || request.raw.socket.destroyed) return sayCame(reply, "busy");
      pushing.set(token, others + 1);
      reply.raw.once("close", () => {
        const left = (pushing.get(token) ?? 1) - 1;
        if (left > 0) pushing.set(token, left);
        else pushing.delete(token);
      });
      return undefined;
    };
    scope.post("/websub/:token", { onRequest }, async (request, reply) =>
      sayCame(reply, await callbacks.push(tokenOf(request), pushOf(request))),
    );
    done();
  });
}

const sayCame = (reply: FastifyReply, came: keyof typeof STATUS): FastifyReply =>
  say(came === "busy" ? reply.header("Retry-After", "60") : reply, STATUS[came], `${came}\n`);

/** A challenge is anybody's text: it is sent as plain text, and browsers are told to take it as nothing else. */
function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply
    .code(status)
    .type("text/plain; charset=utf-8")
    .headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" })
    .send(text);
}

const tokenOf = (request: FastifyRequest): string => (request.params as { readonly token: string }).token;

function pushOf({ body, headers }: FastifyRequest): HubPush {
  const { "x-hub-signature": signature, "content-type": contentType } = headers;
  return {
    body: body instanceof Uint8Array ? body : new Uint8Array(),
    ...(typeof signature === "string" && { signature }),
    ...(contentType !== undefined && { contentType }),
  };
}

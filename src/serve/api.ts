import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { addActs } from "./api-acts.ts";
import type { ApiDesk } from "./api-desk.ts";
import { addDocs } from "./api-docs.ts";
import { tokenGuard } from "./api-guard.ts";
import { addReading } from "./api-read.ts";
import { addTopicEdits } from "./api-topics.ts";
import { sendProblem } from "./problem.ts";
import type { View } from "./view.ts";

interface ApiOptions {
  readonly now: () => Instant;
  readonly log?: { error(facts: object, event: string): void };
}

/** A topic with a query of the longest and some hundred ranks. */
const MAX_BODY = 64 * 1024;

/** /api: topics and what editors do to them, for programs. Whatever goes wrong is told as RFC 9457 says. */
export function addApi(app: FastifyInstance, view: View, desk: ApiDesk, { now, log }: ApiOptions): void {
  const sendError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { statusCode: status = 500 } = error;
    if (status >= 400 && status < 500) return void sendProblem(reply, problemOf(status, error));
    log?.error({ err: error, url: request.url.slice(0, 500) }, "api.failed");
    sendProblem(reply, { status: 500, title: "Internal Server Error", detail: "this is our fault: try again later." });
  };
  app.register(async (scope) => {
    scope.setErrorHandler(sendError);
    // bodies are checked where topics.yaml is; the schemas are there to be read
    scope.setValidatorCompiler(() => () => true);
    scope.setSerializerCompiler(() => JSON.stringify);
    scope.removeAllContentTypeParsers();
    const parse = scope.getDefaultJsonParser("error", "error");
    for (const type of ["application/json", "application/merge-patch+json"])
      scope.addContentTypeParser(
        type,
        { parseAs: "string", bodyLimit: MAX_BODY },
        (request, body: string, parsed: (error: Error | null, value?: unknown) => void) =>
          depthOf(body) > DEEPEST ? parsed(TOO_DEEP) : parse(request, body, parsed),
      );
    scope.addHook("onSend", async (_, reply) => {
      reply.headers({ "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" });
      if (!reply.hasHeader("Content-Security-Policy")) reply.header("Content-Security-Policy", "default-src 'none'");
    });
    await addDocs(scope, view.settings);
    const guard = tokenGuard(desk.tokens, desk.clientOf, now);
    addReading(scope, view);
    addTopicEdits(scope, desk, guard);
    addActs(scope, desk, guard);
    scope.all("/api/*", { schema: { hide: true } }, nothingHere);
  });
}

/** Deeper than anything that we take; far deeper ones would be more than whoever looks at them can bear. */
const DEEPEST = 16;
const TOO_DEEP = Object.assign(new Error(`objects and lists may be nested ${DEEPEST} deep at the most.`), {
  statusCode: 400,
});

/** How deep objects and lists are nested in a JSON text. */
function depthOf(text: string): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isText && sign === "\\") at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && (sign === "{" || sign === "[")) deepest = Math.max(deepest, ++depth);
    else if (!isText && (sign === "}" || sign === "]")) depth -= 1;
  }
  return deepest;
}

function problemOf(status: number, { code, message }: FastifyError) {
  const titles: Readonly<Record<number, string>> = { 413: "Content Too Large", 415: "Unsupported Media Type" };
  const details: Readonly<Record<string, string>> = {
    FST_ERR_CTP_INVALID_MEDIA_TYPE: "send JSON, with the header Content-Type: application/json.",
    FST_ERR_CTP_BODY_TOO_LARGE: `a body has at most ${MAX_BODY / 1024} KB.`,
  };
  return { status, title: titles[status] ?? "Bad Request", detail: details[code] ?? message };
}

async function nothingHere({ method, url }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = url.split("?")[0]?.slice(0, 200);
  const detail = `nothing answers ${method} ${path}; /api/docs shows what there is.`;
  return sendProblem(reply, { status: 404, title: "Not Found", detail });
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { addActs } from "./api-acts.ts";
import type { ApiDesk } from "./api-desk.ts";
import { addDocs } from "./api-docs.ts";
import { tokenGuard } from "./api-guard.ts";
import { addReading } from "./api-read.ts";
import { addTopicEdits } from "./api-topics.ts";
import { API_HEADERS, isTheirs, MAX_BODY, sendApiTrouble } from "./api-trouble.ts";
import { sendProblem } from "./problem.ts";
import type { View } from "./view.ts";

interface ApiOptions {
  readonly now: () => Instant;
  readonly log?: { error(facts: object, event: string): void };
}

/** /api: topics and what editors do to them, for programs. Whatever goes wrong is told as RFC 9457 says. */
export function addApi(app: FastifyInstance, view: View, desk: ApiDesk, { now, log }: ApiOptions): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      if (!isTheirs(error)) log?.error({ err: error, url: request.url.slice(0, 500) }, "api.failed");
      sendApiTrouble(reply, error);
    });
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
          // clients send the type with every request; what is to be removed needs no more words
          body === "" && request.method === "DELETE"
            ? parsed(null)
            : depthOf(body) > DEEPEST
              ? parsed(TOO_DEEP)
              : parse(request, body, parsed),
      );
    scope.addHook("preParsing", refuseEncoded);
    scope.addHook("onSend", async (_, reply) => {
      const policy = reply.getHeader("Content-Security-Policy");
      reply.headers({ ...API_HEADERS, ...(policy !== undefined && { "Content-Security-Policy": policy }) });
    });
    await addDocs(scope, view.settings);
    const guard = tokenGuard(desk.tokens, desk.clientOf, now);
    addReading(scope, view);
    addTopicEdits(scope, desk, guard);
    addActs(scope, desk, guard);
    await scope.register(async (rest) => rest.setNotFoundHandler(nothingHere), { prefix: "/api" });
  });
}

/** Compressed, as bombs are; RFC 9110 15.5.16 names the way out in a header, too. */
async function refuseEncoded({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { "content-encoding": encoding = "identity" } = headers;
  if (encoding.toLowerCase() === "identity") return undefined;
  const problem = { status: 415, title: "Unsupported Media Type", detail: "send the body without Content-Encoding." };
  return sendProblem(reply.header("Accept-Encoding", "identity"), problem);
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

async function nothingHere({ method, url }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = url.split("?")[0]?.slice(0, 200);
  const detail = `nothing answers ${method} ${path}; /api/docs shows what there is.`;
  return sendProblem(reply, { status: 404, title: "Not Found", detail });
}

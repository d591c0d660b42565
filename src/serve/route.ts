import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Answers by itself: at once and without a value where it can, else it returns the reply. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

const ALLOW = "GET, HEAD, OPTIONS";

/** Other websites may read these: feeds, search documents and OPML. */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
};

/** A resource that can only be read: GET and HEAD get it, OPTIONS says so, all else is 405. */
export function readOnly(app: FastifyInstance, url: string, handler: Handler, options: { cors?: boolean } = {}): void {
  app.route({ method: ["GET", "HEAD"], url, handler });
  app.route({
    method: "OPTIONS",
    url,
    handler: (_, reply) =>
      reply
        .headers(options.cors ? { ...CORS_HEADERS, ...PREFLIGHT_HEADERS } : {})
        .header("Allow", ALLOW)
        .code(204)
        .send(),
  });
  const writing = app.supportedMethods.filter((method) => !["GET", "HEAD", "OPTIONS"].includes(method));
  // in onRequest: nothing of the body is read
  app.route({ method: writing, url, onRequest: refuse, handler: refuse });
}

const PREFLIGHT_HEADERS = {
  "Access-Control-Allow-Methods": ALLOW,
  "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
  "Access-Control-Max-Age": "86400",
};

async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply.code(405).header("Allow", ALLOW).type("text/plain").send(`${request.method} is not for this address.\n`);
}

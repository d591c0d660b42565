import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { type Answerable, type PreparedAnswer, prepareAnswer, sendPrepared } from "./answer.ts";
import { CORS_HEADERS } from "./route.ts";
import type { View } from "./view.ts";

/** A feed under its own address, "topics/energie.rss", ready to be sent. `seconds`: how long a reader need not ask again. */
export function prepareFeed(view: View, document: Answerable, path: string, seconds = FEED_SECONDS): PreparedAnswer {
  const self = `<${view.settings.publicUrl}/${path}>; rel="self"`;
  const headers = {
    "Cache-Control": `public, max-age=${seconds}, stale-while-revalidate=${2 * seconds}, stale-if-error=86400`,
    Link: view.hubUrl === undefined ? self : `${self}, <${view.hubUrl}>; rel="hub"`,
    ...CORS_HEADERS,
  };
  return prepareAnswer(document, headers, HEADERS_OF_BODY);
}

const FEED_SECONDS = 300;

/** Browsers run scripts in XML that they show. We send none; this is the second lock. */
const HEADERS_OF_BODY = { "Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "none" };

/** Past Fastify's reply: all headers are made, and this is the way that every reader takes every hour. */
export function sendFeed(request: FastifyRequest, reply: FastifyReply, answer: PreparedAnswer, now: Instant): void {
  reply.hijack();
  sendPrepared(request.raw, reply.raw, answer, now);
}

/** Programs read feeds, so they get one line of plain text where something is wrong. */
export function sendLine(reply: FastifyReply, status: number, line: string, cacheControl: string): FastifyReply {
  return reply
    .code(status)
    .headers({ ...CORS_HEADERS, "Cache-Control": cacheControl, "X-Content-Type-Options": "nosniff" })
    .type("text/plain; charset=utf-8")
    .send(`${line}\n`);
}

import type { FastifyReply, FastifyRequest } from "fastify";
import { prepareAnswer, sendPrepared } from "./answer.ts";
import { textOfHtml } from "./html.ts";
import { layout, type Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { written } from "./written.ts";

/** No page of ours needs a script, a frame, a font or anybody else's server. */
const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
};

/** Seconds are few: a page is made of what is in memory, and news should be new. */
export const READERS_PAGE = "public, max-age=60, stale-while-revalidate=300";
/** An operator who reloads wants to know how it is now. */
export const OPERATORS_PAGE = "no-cache";

/** 200, or 304 where the reader has it already. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  paper: Paper,
  page: Page,
  cacheControl = READERS_PAGE,
): FastifyReply {
  const document = written(textOfHtml(layout(paper, page)), HTML);
  reply.hijack();
  sendPrepared(
    request.raw,
    reply.raw,
    prepareAnswer(document, { "Cache-Control": cacheControl }, PAGE_HEADERS),
    paper.now,
  );
  return reply;
}

/** A page that says what is wrong. */
export function sendTrouble(reply: FastifyReply, paper: Paper, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...PAGE_HEADERS, "X-Content-Type-Options": "nosniff" })
    .header("Cache-Control", status < 500 && status !== TOO_MANY ? "public, max-age=60" : "no-store")
    .type(HTML)
    .send(textOfHtml(layout(paper, page)));
}

/** Concerns one reader: no cache may say it to others. */
const TOO_MANY = 429;
const HTML = "text/html; charset=utf-8";

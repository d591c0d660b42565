import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { prepareAnswer, sendPrepared } from "./answer.ts";
import { ICON } from "./icon.ts";
import { readOnly } from "./route.ts";
import { STYLE } from "./style.ts";
import { written } from "./written.ts";

/** What is the same for ever: sheet, icon, robots.txt. */
export function addFiles(app: FastifyInstance, now: () => Instant): void {
  const add = (url: string, text: string, contentType: string, cacheControl: string): void => {
    const answer = prepareAnswer(written(text, contentType), { "Cache-Control": cacheControl });
    readOnly(app, url, (request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      sendPrepared(request.raw, reply.raw, answer, now());
      return reply;
    });
  };
  add("/style.css", STYLE, "text/css; charset=utf-8", "public, max-age=31536000, immutable");
  add("/favicon.ico", ICON, "image/svg+xml", "public, max-age=86400");
  add("/robots.txt", ROBOTS, "text/plain; charset=utf-8", "public, max-age=86400");
}

/** A crawler could search for ever. */
const ROBOTS = `User-agent: *
Disallow: /search
`;

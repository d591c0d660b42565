import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { type Answerable, type PreparedAnswer, prepareAnswer, sendPrepared } from "./answer.ts";
import { asksForNewEntries } from "./manipulation.ts";
import { CORS_HEADERS } from "./route.ts";
import type { View } from "./view.ts";

/** A feed under its own address, "topics/energie.rss", ready to be sent. `seconds`: how long a reader need not ask again. */
export function prepareFeed(view: View, document: Answerable, path: string, seconds = FEED_SECONDS): PreparedAnswer {
  const headers = {
    "Cache-Control": ARCHIVE.test(path)
      ? "public, max-age=31536000, immutable"
      : `public, max-age=${seconds}, stale-while-revalidate=${2 * seconds}, stale-if-error=86400`,
    ...headersOf(view, path),
  };
  return prepareAnswer(document, headers, HEADERS_OF_BODY);
}

const FEED_SECONDS = 300;
const ARCHIVE = /\/archive\/\d+\.\w+$/;

function headersOf({ settings, hubUrl }: View, path: string): Readonly<Record<string, string>> {
  const address = `${settings.publicUrl}/${path}`;
  const self = `<${address}>; rel="self"`;
  const isPushed = hubUrl !== undefined && PUSHED.test(path);
  return {
    Link: isPushed ? `${self}, <${hubUrl}>; rel="hub"` : self,
    // however a search was typed, its document says that it is at one address (RFC 9110 8.7)
    ...(path.includes("?") && { "Content-Location": address }),
    ...CORS_HEADERS,
  };
}

/** Archives do not change, and there are more searches than anybody could push. */
const PUSHED = /^(?:topics|sections)\/[a-z0-9-]+(?:\/corrections)?\.\w+$/;

/** Browsers run scripts in XML that they show. We send none; this is the second lock. */
const HEADERS_OF_BODY = { "Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "none" };

/** A topic's document, or what is new in it; its headers are made once and go with it. @returns the status */
export type SendDocument = (
  request: FastifyRequest["raw"],
  response: FastifyReply["raw"],
  document: Answerable & { readonly path: string },
) => number;

export function documentSender(view: View, now: () => Instant): SendDocument {
  const whole = new WeakMap<Answerable, PreparedAnswer>();
  const parts = new WeakMap<Answerable, PreparedAnswer>();
  return (request, response, document) => {
    view.readers?.asked?.(request, document.path);
    const part = asksForNewEntries(request) ? view.newIn?.(document.path, request.headers["if-none-match"]) : undefined;
    if (part !== undefined)
      return sendPrepared(
        request,
        response,
        kept(parts, part, () => preparePart(view, part, document.path)),
        now(),
      );
    const answer = kept(whole, document, () => prepareFeed(view, document, document.path));
    return sendPrepared(request, response, answer, now(), () => {
      const wait = view.readers?.feed(request, document.path);
      return wait === undefined ? undefined : sendTooOften(response, wait);
    });
  };
}

function sendTooOften(response: FastifyReply["raw"], seconds: number): number {
  response.writeHead(429, { ...CORS_HEADERS, ...TOO_OFTEN, "Retry-After": String(seconds) });
  response.end(
    `Your address keeps fetching this feed whole. Send If-None-Match with the ETag of our last answer, or wait ${seconds} s.\n`,
  );
  return 429;
}

const TOO_OFTEN = {
  "Content-Type": "text/plain; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** For nobody else than who asked: no cache that does not know RFC 3229 may keep it. */
function preparePart(view: View, part: Answerable, path: string): PreparedAnswer {
  const headers = {
    "Cache-Control": `no-store, im, max-age=${FEED_SECONDS}`,
    Vary: "Accept-Encoding, If-None-Match, A-IM",
    ...headersOf(view, path),
  };
  return { ...prepareAnswer(part, headers, { ...HEADERS_OF_BODY, IM: "feed" }), status: 226 };
}

function kept(
  made: WeakMap<Answerable, PreparedAnswer>,
  document: Answerable,
  make: () => PreparedAnswer,
): PreparedAnswer {
  const known = made.get(document);
  if (known !== undefined) return known;
  const answer = make();
  made.set(document, answer);
  return answer;
}

/** Past Fastify's reply, as all headers are made. @returns the status */
export function sendFeed(request: FastifyRequest, reply: FastifyReply, answer: PreparedAnswer, now: Instant): number {
  reply.hijack();
  return sendPrepared(request.raw, reply.raw, answer, now);
}

/** Programs read feeds, so they get one line of plain text where something is wrong. */
export function sendLine(reply: FastifyReply, status: number, line: string, cacheControl: string): FastifyReply {
  return reply
    .code(status)
    .headers({ ...CORS_HEADERS, "Cache-Control": cacheControl, "X-Content-Type-Options": "nosniff" })
    .type("text/plain; charset=utf-8")
    .send(`${line}\n`);
}

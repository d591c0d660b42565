import type { FastifyInstance } from "fastify";
import { FORMATS, type OutputFormat } from "../model/published.ts";
import type { Instant } from "../model/time.ts";
import type { PreparedAnswer } from "./answer.ts";
import { hungUp } from "./hung-up.ts";
import { MAX_QUERY, queryOf } from "./query-text.ts";
import { type Handler, readOnly } from "./route.ts";
import { prepareFeed, sendFeed, sendLine } from "./send-feed.ts";
import type { View } from "./view.ts";
import { written } from "./written.ts";

/** Feeds that are no topic's: a search as a feed, and the list of all feeds. */
export function addFeeds(app: FastifyInstance, view: View, now: () => Instant): void {
  for (const format of FORMATS) readOnly(app, `/search.${format}`, searchAnswer(view, format, now), { cors: true });
  readOnly(app, "/opml", opmlAnswer(view, now), { cors: true });
}

function searchAnswer(view: View, format: OutputFormat, now: () => Instant): Handler {
  return async (request, reply) => {
    const query = queryOf(request);
    if (query === undefined) return sendLine(reply, 400, `A query has at most ${MAX_QUERY} characters`, BAD_QUERY);
    if (query === "") return sendLine(reply, 400, `Ask for something: /search.${format}?q=...`, BAD_QUERY);
    const wait = view.readers?.search(request.raw);
    if (wait !== undefined) return sendLine(reply.header("Retry-After", wait), 429, TOO_MANY, "no-store");
    const found = await view.searchDocument(query, format, hungUp(reply));
    if ("kind" in found && found.kind === "busy")
      return sendLine(reply.header("Retry-After", found.seconds), 503, BUSY, "no-store");
    if ("kind" in found) return sendLine(reply, 400, `Character ${found.at + 1}: ${found.message}`, BAD_QUERY);
    const status = sendFeed(request, reply, prepareFeed(view, found, found.path, SEARCH_SECONDS), now());
    view.readers?.searched(request.raw, status);
    return reply;
  };
}

const SEARCH_SECONDS = 60;
const BAD_QUERY = "public, max-age=60";
const BUSY = "Too many search at the moment: wait as long as Retry-After says";
const TOO_MANY = "Too many searches from your address: wait as long as Retry-After says";

function opmlAnswer(view: View, now: () => Instant): Handler {
  let last: { readonly text: string; readonly answer: PreparedAnswer } | undefined;
  return (request, reply) => {
    const text = view.opml();
    if (last?.text !== text) {
      last = { text, answer: prepareFeed(view, written(text, "text/x-opml; charset=utf-8"), "opml") };
    }
    sendFeed(request, reply, last.answer, now());
  };
}

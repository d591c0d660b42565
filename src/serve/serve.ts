import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";
import { type Instant, SECOND } from "../model/time.ts";
import { answerAhead } from "./ahead.ts";
import { isOfApi, sendApiTrouble } from "./api-trouble.ts";
import { addArchives } from "./archives.ts";
import { limitConnections } from "./connection-limit.ts";
import { addCorrections } from "./corrections.ts";
import { addFeeds } from "./feeds.ts";
import { addFiles } from "./files.ts";
import { addHealth } from "./health.ts";
import { addPages } from "./pages.ts";
import { paperFor } from "./paper.ts";
import { sendTrouble } from "./send-page.ts";
import { addTopics } from "./topics.ts";
import { badRequestPage, notFoundPage, troublePage } from "./trouble-page.ts";
import type { View } from "./view.ts";

export type { Answerable } from "./answer.ts";
export { addApi } from "./api.ts";
export type { ApiDesk } from "./api-desk.ts";
export { addHub, type Hub, type HubAnswer } from "./hub.ts";
export { englishIdentity } from "./identity-words.ts";
export { heldTags } from "./manipulation.ts";
export { type ReaderLimits, readerLimits } from "./reader-limits.ts";
export { englishPollReason } from "./reasons-en.ts";
export { subscriberCounts } from "./subscriber-counts.ts";
export type { Busy, FeedReport, View, WithdrawnItem } from "./view.ts";
export { addHubCallbacks, type HubCallbacks, type HubPush } from "./websub.ts";
export { written } from "./written.ts";

export interface ServerOptions {
  /** hears of faults of ours, not of single requests */
  readonly log?: { error(facts: object, event: string): void };
  readonly now: () => Instant;
  /** hears of every answer: few kinds, whatever the address */
  readonly onAnswer?: (kind: AnswerKind, status: number) => void;
}

type AnswerKind = "feed" | "search" | "page";

/** Feeds, pages, search and health over HTTP. The caller listens and closes, and may add routes before it listens. */
export async function openServer(view: View, { log, now, onAnswer }: ServerOptions): Promise<FastifyInstance> {
  const paper = paperFor(view, now);
  const sendError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { statusCode: status = 500 } = error;
    if (status >= 400 && status < 500) return void sendTrouble(reply, paper(), status, badRequestPage(paper()));
    log?.error({ err: error, url: request.url.slice(0, MAX_LOGGED_URL) }, "serve.failed");
    sendTrouble(reply, paper(), 500, troublePage(paper()));
  };
  const app = fastify({
    ...LIMITS,
    frameworkErrors: (error, request, reply) =>
      isOfApi(request.url) ? sendApiTrouble(reply, error) : sendError(error, request, reply),
  });
  answerAhead(app, view, { now, onFeed: (status) => onAnswer?.("feed", status) });
  limitConnections(app.server, (socket) => view.readers?.addressOf?.(socket));
  app.addHook("preClose", (done) => {
    setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS).unref();
    done();
  });
  if (onAnswer !== undefined)
    app.addHook("onResponse", async (request, reply) => onAnswer(kindOf(request.url), reply.raw.statusCode));
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((_, reply) => sendTrouble(reply, paper(), 404, notFoundPage(paper())));
  addFiles(app, now);
  addHealth(app, view);
  addTopics(app, view, paper, now);
  addCorrections(app, view, paper, now);
  addArchives(app, view, paper, now);
  addFeeds(app, view, now);
  addPages(app, view, paper);
  return app;
}

function kindOf(url: string): AnswerKind {
  const [path = ""] = url.split("?");
  if (path.startsWith("/search")) return "search";
  return /\.(rss|atom|json)$/.test(path) ? "feed" : "page";
}

/** Requirement B-26: one slow or endless client must not cost the others anything. */
const LIMITS = {
  requestTimeout: 15 * SECOND,
  /** longer than the 60 s of proxies, so that it is they who close */
  keepAliveTimeout: 65 * SECOND,
  /** without a byte in either direction: a reader who asks and takes nothing of the answers */
  connectionTimeout: 75 * SECOND,
  bodyLimit: 16 * 1024,
  http: {
    headersTimeout: 10 * SECOND,
    /** node:http looks for late clients only so often */
    connectionsCheckingInterval: 2 * SECOND,
    maxHeaderSize: 16 * 1024,
  },
  routerOptions: {
    ignoreTrailingSlash: true,
    /** longer than any id of ours */
    maxParamLength: 300,
  },
};

/** Answers take milliseconds, but browsers open connections in advance that nothing would ever end. */
const LAST_ANSWERS = 3 * SECOND;
const MAX_LOGGED_URL = 500;

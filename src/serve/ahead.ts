import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { documentSender } from "./send-feed.ts";
import type { View } from "./view.ts";

/**
 * Finished documents are what nearly everybody asks for, so they are looked up by their path before the router begins
 * its work; all else goes the router's way.
 * @param onFeed hears the status of each document that was answered here
 */
export function answerAhead(
  app: FastifyInstance,
  view: View,
  { now, onFeed }: { readonly now: () => Instant; readonly onFeed: (status: number) => void },
): void {
  const send = documentSender(view, now);
  const answer = (request: FastifyRequest["raw"], response: FastifyReply["raw"]): void => {
    const { url = "", method } = request;
    const question = url.indexOf("?");
    const path = question < 0 ? url.slice(1) : url.slice(1, question);
    const document = method === "GET" || method === "HEAD" ? view.document(path) : undefined;
    if (document === undefined) app.routing(request, response);
    else onFeed(send(request, response, document));
  };
  app.server.removeAllListeners("request").on("request", answer);
}

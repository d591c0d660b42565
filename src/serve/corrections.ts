import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { correctionsPage } from "./corrections-page.ts";
import { sendGone } from "./gone-topic.ts";
import type { Paper } from "./paper.ts";
import { readOnly } from "./route.ts";
import { documentSender, sendLine } from "./send-feed.ts";
import { sendPage, sendTrouble } from "./send-page.ts";
import { type Family, FIRST_RENDERING, topicAt } from "./topic-at.ts";
import { notFoundPage } from "./trouble-page.ts";
import type { View } from "./view.ts";

const FORMS = ["corrections", "corrections.rss", "corrections.atom", "corrections.json"] as const;

/** A topic's corrections: a page, and three feeds under the same address with a suffix. */
export function addCorrections(app: FastifyInstance, view: View, paper: () => Paper, now: () => Instant): void {
  const send = documentSender(view, now);
  for (const family of ["topics", "sections"] as const)
    for (const form of FORMS)
      readOnly(
        app,
        `/${family}/:id/${form}`,
        async (request, reply) => {
          const { id } = request.params as { readonly id: string };
          if (sendGone(reply, view, paper, { family, id, rest: `/${form}` })) return reply;
          const document = view.document(`${family}/${id}/${form}`);
          if (document !== undefined) send(request.raw, reply.hijack().raw, document);
          else await sendOther(request, reply, view, paper(), { family, id, isPage: form === "corrections" });
          return reply;
        },
        { cors: true },
      );
}

async function sendOther(
  request: FastifyRequest,
  reply: FastifyReply,
  view: View,
  paper: Paper,
  { family, id, isPage }: { readonly family: Family; readonly id: string; readonly isPage: boolean },
): Promise<void> {
  const topic = topicAt(view, family, id);
  const feed = topic && (await view.corrections(topic.id));
  if (topic === undefined || feed === undefined) sendTrouble(reply, paper, 404, notFoundPage(paper));
  else if (isPage) sendPage(request, reply, paper, correctionsPage(paper, topic, feed));
  else {
    const line = `the corrections of "${id}" are being made for the first time: ask again in ${FIRST_RENDERING} seconds`;
    sendLine(reply.header("Retry-After", FIRST_RENDERING), 503, line, "no-store");
  }
}

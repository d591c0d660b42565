import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { nearest } from "../model/nearest.ts";
import type { Instant } from "../model/time.ts";
import { isListed } from "../model/topic.ts";
import { sendGone } from "./gone-topic.ts";
import type { Paper } from "./paper.ts";
import { readOnly } from "./route.ts";
import { documentSender, sendLine } from "./send-feed.ts";
import { sendPage, sendTrouble } from "./send-page.ts";
import { type Family, FIRST_RENDERING, isIn, topicAt } from "./topic-at.ts";
import { topicPage, topicPath } from "./topic-page.ts";
import { notFoundPage, notReadyPage, unknownTopicPage } from "./trouble-page.ts";
import type { View } from "./view.ts";

/** What a topic and a section are read as: a page, and three feeds under the same address with a suffix. */
export function addTopics(app: FastifyInstance, view: View, paper: () => Paper, now: () => Instant): void {
  const send = documentSender(view, now);
  for (const family of ["topics", "sections"] as const) {
    const answer = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined => {
      const { file } = request.params as { readonly file: string };
      const [, id, format] = FILE.exec(file) ?? [];
      if (id !== undefined && sendGone(reply, view, paper, { family, id, rest: file.slice(id.length) }))
        return undefined;
      const document = format === undefined ? undefined : view.document(`${family}/${file}`);
      if (document !== undefined) send(request.raw, reply.hijack().raw, document);
      else if (id === undefined) sendTrouble(reply, paper(), 404, notFoundPage(paper()));
      else if (format === undefined) return sendTopicPage(request, reply, view, paper(), family, id);
      else sendNoDocument(reply, view, paper(), family, id);
      return undefined;
    };
    readOnly(app, `/${family}/:file`, answer, { cors: true });
  }
}

/** SLUG of model/ids.ts, and one of FORMATS. */
const FILE = /^([a-z0-9][a-z0-9-]{0,63})(?:\.(rss|atom|json))?$/;

async function sendTopicPage(
  request: FastifyRequest,
  reply: FastifyReply,
  view: View,
  paper: Paper,
  family: Family,
  id: string,
): Promise<FastifyReply> {
  const topic = topicAt(view, family, id);
  if (topic === undefined) return sendUnknown(reply, view, paper, family, id);
  const feed = await view.topicFeed(topic.id);
  if (feed !== undefined) return sendPage(request, reply, paper, topicPage(paper, feed));
  return sendTrouble(reply.header("Retry-After", FIRST_RENDERING), paper, 503, notReadyPage(paper));
}

/** Never an empty 200: a reader would take all items for withdrawn. */
function sendNoDocument(reply: FastifyReply, view: View, paper: Paper, family: Family, id: string): FastifyReply {
  if (topicAt(view, family, id) === undefined) return sendUnknown(reply, view, paper, family, id);
  reply.header("Retry-After", FIRST_RENDERING);
  return sendLine(
    reply,
    503,
    `"${id}" is being made for the first time: ask again in ${FIRST_RENDERING} seconds`,
    "no-store",
  );
}

function sendUnknown(reply: FastifyReply, view: View, paper: Paper, family: Family, id: string): FastifyReply {
  const ids = new Map(
    view
      .topics()
      .filter((topic) => isIn(family, topic) && isListed(topic))
      .map((topic) => [topic.section ?? (topic.id as string), topic]),
  );
  const meant = ids.get(nearest(id, ids.keys()) ?? "");
  return sendTrouble(
    reply,
    paper,
    404,
    unknownTopicPage(paper, id, meant && { path: topicPath(meant), title: meant.title }),
  );
}

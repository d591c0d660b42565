import type { FastifyReply } from "fastify";
import { SLUG, topicId } from "../model/ids.ts";
import type { Paper } from "./paper.ts";
import { CORS_HEADERS } from "./route.ts";
import { sendLine } from "./send-feed.ts";
import { sendTrouble } from "./send-page.ts";
import { goneTopicPage } from "./trouble-page.ts";
import type { View } from "./view.ts";

interface Asked {
  readonly family: "topics" | "sections";
  readonly id: string;
  /** what follows the id: "", ".rss", "/corrections.json" */
  readonly rest: string;
}

/**
 * A topic that is no more: readers are led to what it is called now, or told that it is gone (facts B-23).
 * @returns false where there is such a topic, or never was
 */
export function sendGone(reply: FastifyReply, view: View, paper: () => Paper, { family, id, rest }: Asked): boolean {
  const gone = SLUG.test(id) ? view.goneTopic(topicId(id)) : undefined;
  if (gone === undefined) return false;
  if (gone.into !== undefined) {
    if (family === "sections") return false;
    reply
      .headers({ ...CORS_HEADERS, "Cache-Control": "public, max-age=86400" })
      .redirect(`/topics/${gone.into}${rest}`, 301);
  } else if (rest.includes(".")) sendLine(reply, 410, `"${id}" is kept no longer: unsubscribe`, "public, max-age=3600");
  else sendTrouble(reply, paper(), 410, goneTopicPage(paper()));
  return true;
}

import { createHmac } from "node:crypto";
import type { AlertStory, Channel } from "../model/alert.ts";
import type { FetchRequest } from "../model/answer.ts";
import { type Instant, isoOf, SECOND } from "../model/time.ts";
import { type Message, topicPage } from "./message.ts";

const SECRET_PREFIX = "whsec_";

/** A request by the rules of Standard Webhooks 1.0.0. Its id and body are the same at every try, its time is not. */
export function webhookRequest(
  { url, secret }: Extract<Channel, { kind: "webhook" }>,
  message: Message,
  now: Instant,
): FetchRequest {
  const { id } = message.dispatch;
  const body = JSON.stringify(bodyOf(message));
  const timestamp = String(Math.floor(now / SECOND));
  const signature = secret === undefined ? undefined : signatureOf(`${id}.${timestamp}.${body}`, secret);
  return {
    ...{ url, method: "POST", body },
    headers: {
      "content-type": "application/json; charset=utf-8",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      ...(signature !== undefined && { "webhook-signature": signature }),
    },
  };
}

function signatureOf(signed: string, secret: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

function bodyOf(message: Message) {
  const { dispatch, only, topic } = message;
  const { stories, isTest } = dispatch;
  const happenedAt = stories.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), 0);
  const page = topicPage(message);
  return {
    type: isTest === true ? "alert.test" : `alert.${only}`,
    timestamp: isoOf(happenedAt),
    topic: { id: topic.id, title: topic.title, url: page, feed: `${page}.json` },
    stories: stories.map(storyOf),
  };
}

/** Absent values are dropped by JSON itself. */
function storyOf(story: AlertStory) {
  const { id, title, url, publisher, section, language, teaser, storyUrl, others } = story;
  const times = { publishedAt: isoOf(story.publishedAt), updatedAt: isoOf(story.updatedAt) };
  return { id, title, url, publisher, ...times, section, language, teaser, story: storyUrl, others };
}

import type { AlertStory, Channel } from "../model/alert.ts";
import type { FetchRequest } from "../model/answer.ts";
import { headline, type Message, topicPage } from "./message.ts";
import { wordsFor } from "./words.ts";

/** A server takes 4096 bytes and makes an attachment of what is longer. */
const MAX_BYTES = 3800;

/** Published as JSON, for headers cannot carry every letter: https://docs.ntfy.sh/publish/#publish-as-json */
export function ntfyRequest(channel: Extract<Channel, { kind: "ntfy" }>, message: Message): FetchRequest {
  const { url, topic } = placeOf(channel.url);
  const { token, priority } = channel;
  return {
    ...{ url, method: "POST" },
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ topic, priority, ...notificationOf(message) }),
  };
}

/** JSON goes to the server's root, the topic into it. */
function placeOf(address: string): { readonly url: string; readonly topic: string } {
  const url = new URL(address);
  const [topic = "", ...path] = url.pathname.split("/").filter(Boolean).reverse();
  url.pathname = path.reverse().join("/");
  return { url: url.href, topic };
}

function notificationOf(message: Message) {
  const { dispatch, only, topic } = message;
  const { stories, isTest, id } = dispatch;
  const words = wordsFor(topic.language);
  const mark = isTest === true ? "test_tube" : only === "new" ? "newspaper" : "memo";
  // sent again it takes its own place
  const common = { tags: [mark, topic.id], sequence_id: id };
  const [story] = stories;
  if (stories.length !== 1 || story === undefined) {
    const count = only === "new" ? words.several(stories.length) : words.corrections(stories.length);
    const title = headline(`${topic.title}: ${count}`);
    return { title, message: listOf(stories, words.andMore), click: topicPage(message), ...common };
  }
  const said = [story.publisher, story.teaser].filter((part) => part !== undefined).join(": ");
  const text = isTest === true ? `${words.isTest} ${said}` : said;
  return { title: headline(story.title), message: cut(text), click: story.url, ...common };
}

/** As many titles as fit, and how many more there are. */
function listOf(stories: readonly AlertStory[], andMore: (count: number) => string): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const { title, publisher } of stories) {
    const line = headline(`${title} (${publisher})`);
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > MAX_BYTES) return [...lines, andMore(stories.length - lines.length)].join("\n");
    lines.push(line);
  }
  return lines.join("\n");
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  // a character that was cut in two is left out
  const kept = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(text).subarray(0, MAX_BYTES));
  return `${kept.replace(/\ufffd+$/u, "")}…`;
}

import { escapeUTF8 } from "entities";
import type { AlertStory, Mail } from "../model/alert.ts";
import type { Topic } from "../model/topic.ts";
import { digestOf } from "./dispatch.ts";
import { headline, type Message, topicPage } from "./message.ts";
import { wordsFor } from "./words.ts";

/** Who else has a story, as far as it helps. */
const MOST_OTHERS = 5;

export function mailOf(message: Message): Mail {
  const { dispatch, topic, publicUrl } = message;
  const { hostname } = new URL(publicUrl);
  const [story] = dispatch.stories;
  const isSingle = dispatch.stories.length === 1 && story !== undefined;
  return {
    subject: subjectOf(message),
    text: textOf(message),
    html: htmlOf(message),
    language: topic.language,
    messageId: `${dispatch.id}@${hostname}`,
    ...(isSingle && { thread: `story.${digestOf(story.storyUrl)}@${hostname}` }),
    list: { id: `${topic.id}.${hostname}`, name: headline(topic.title), page: topicPage(message) },
  };
}

/** The same for all mails of a story, as far as its title is: some programs show together only what has one subject. */
function subjectOf({ dispatch: { stories, isTest }, only, topic }: Message): string {
  const words = wordsFor(topic.language);
  const [story] = stories;
  const several = only === "new" ? words.several : words.corrections;
  const what = stories.length === 1 && story !== undefined ? story.title : several(stories.length);
  return headline(`[${isTest === true ? `${words.test}: ` : ""}${topic.title}] ${what}`);
}

function textOf(message: Message): string {
  const { dispatch, topic } = message;
  const words = wordsFor(topic.language);
  const blocks = dispatch.stories.map((story) => {
    const mentions = mentionsOf(story, topic).map(({ text, url }) => `  ${text}: ${url}`);
    return [
      headline(story.title),
      creditOf(story, topic.language),
      ...(story.teaser === undefined ? [] : ["", story.teaser]),
      ...["", story.url],
      ...(mentions.length === 0 ? [] : [introOf(topic), ...mentions]),
      `${words.everything}: ${story.storyUrl}`,
    ].join("\n");
  });
  const test = dispatch.isTest === true ? [words.isTest] : [];
  return `${[...test, ...blocks, `-- \n${words.why(topic.title)}\n${topicPage(message)}`].join("\n\n")}\n`;
}

/** Who else has a story; of a digest its stories themselves. */
function mentionsOf(
  { others }: AlertStory,
  { digest }: Topic,
): readonly { readonly text: string; readonly url: string }[] {
  if (digest === undefined) return others.slice(0, MOST_OTHERS).map(({ publisher, url }) => ({ text: publisher, url }));
  return others.map(({ title, publisher, url }) => ({ text: headline(`${title} (${publisher})`), url }));
}

function introOf({ digest, language }: Topic): string {
  const { alsoAt, stories } = wordsFor(language);
  return digest === undefined ? alsoAt : stories;
}

/** "Nordblatt · 23.11.2026, 17:05 MEZ · Politik" */
function creditOf({ publisher, publishedAt, section }: AlertStory, language: string): string {
  const parts = [publisher, wordsFor(language).clock.format(publishedAt), section];
  return parts.filter((part) => part !== undefined).join(" · ");
}

function htmlOf(message: Message): string {
  const { dispatch, topic } = message;
  const words = wordsFor(topic.language);
  const blocks = dispatch.stories.map((story) => {
    const mentions = mentionsOf(story, topic).map(({ text, url }) => link(url, text));
    const also = `${introOf(topic)} ${mentions.join(topic.digest === undefined ? ", " : "<br>")}<br>`;
    return `<h2 style="font-size:1.15em;margin:1.5em 0 .2em">${link(story.url, headline(story.title))}</h2>
<p style="color:#666;margin:0">${escapeUTF8(creditOf(story, topic.language))}</p>
${story.teaser === undefined ? "" : `<p>${escapeUTF8(story.teaser)}</p>`}
<p>${mentions.length === 0 ? "" : also}${link(story.storyUrl, words.everything)}</p>`;
  });
  return `<!doctype html>
<html lang="${escapeUTF8(topic.language)}"><head><meta charset="utf-8"><title>${escapeUTF8(subjectOf(message))}</title></head>
<body style="font-family:Georgia,serif;max-width:40em">
${dispatch.isTest === true ? `<p><strong>${words.isTest}</strong></p>\n` : ""}${blocks.join("\n")}
<hr><p style="color:#666">${link(topicPage(message), words.why(topic.title))}</p>
</body></html>
`;
}

const link = (url: string, text: string): string => `<a href="${escapeUTF8(url)}">${escapeUTF8(text)}</a>`;

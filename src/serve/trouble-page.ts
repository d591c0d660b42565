import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";

export function notFoundPage({ words }: Paper): Page {
  return simple(words.notFound, words.notFoundMore);
}

/** `nearest`: the topic that was most likely meant. */
export function unknownTopicPage(
  { words }: Paper,
  id: string,
  nearest?: { readonly path: string; readonly title: string },
): Page {
  const page = simple(words.notFound, words.unknownTopic(id));
  if (nearest === undefined) return page;
  return {
    ...page,
    main: html`${page.main}<p>${words.didYouMean}: <a href="${nearest.path}">${nearest.title}</a>?</p>`,
  };
}

export const goneTopicPage = ({ words }: Paper): Page => simple(words.goneTopic, words.goneTopicMore);
export const badRequestPage = ({ words }: Paper): Page => simple(words.badRequest, words.notFoundMore);
export const troublePage = ({ words }: Paper): Page => simple(words.trouble, words.troubleMore);
export const notReadyPage = ({ words }: Paper): Page => simple(words.notReady, words.notReadyMore);

const simple = (title: string, more: string): Page => ({
  title,
  main: html`<header class="page-head"><h1>${title}</h1><p class="description">${more}</p></header>`,
  noIndex: true,
});

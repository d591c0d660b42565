import { FORMATS } from "../model/published.ts";
import { type Fragment, type Html, html } from "./html.ts";
import { type FeedAddress, feedPath } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { FORMAT_NAMES } from "./words.ts";

/**
 * The addresses to copy: one click marks a whole one.
 * @param more what else there is to subscribe to
 */
export function subscribe({ words, settings }: Paper, feeds: FeedAddress, more?: Html): Html {
  return html`<aside class="subscribe" id="subscribe" aria-label="${words.subscribe}">
<h2>${words.subscribe}</h2>
<p class="small">${words.subscribeHow}</p>
<dl>${FORMATS.map((format) => {
    const path = feedPath(feeds, format);
    return html`<div><dt><a href="${path}">${FORMAT_NAMES[format]}</a></dt><dd><code class="copyable" tabindex="0">${broken(settings.publicUrl)}<wbr>${broken(path)}</code></dd></div>
`;
  })}</dl>
${more}
</aside>`;
}

/** Addresses are wider than their column: they break where their parts end. */
const broken = (address: string): readonly Fragment[] =>
  address.split(/(?<=[/?=-])(?=[^/])/).map((part, at) => html`${at > 0 && html`<wbr>`}${part}`);

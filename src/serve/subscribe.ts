import { FORMATS } from "../model/published.ts";
import { type Html, html } from "./html.ts";
import { type FeedAddress, feedPath } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { FORMAT_NAMES } from "./words.ts";

/** The addresses to copy: one click marks a whole one. */
export function subscribe({ words, settings }: Paper, feeds: FeedAddress): Html {
  return html`<aside class="subscribe" id="subscribe" aria-label="${words.subscribe}">
<h2>${words.subscribe}</h2>
<p class="small">${words.subscribeHow}</p>
<dl>${FORMATS.map((format) => {
    const path = feedPath(feeds, format);
    return html`<div><dt><a href="${path}">${FORMAT_NAMES[format]}</a></dt><dd><code class="copyable" tabindex="0">${settings.publicUrl}<wbr>${path}</code></dd></div>
`;
  })}</dl>
</aside>`;
}

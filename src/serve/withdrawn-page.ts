import { publisherPath } from "./headline.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { revisionWords } from "./revision-words.ts";
import type { WithdrawnItem } from "./view.ts";

/** In the place of an item that its publisher took out: who and when, and nothing of what it said. */
export function withdrawnPage(paper: Paper, { publisher, at }: WithdrawnItem): Page {
  const { words, times, now } = paper;
  const said = revisionWords(words.language);
  const title = paper.publisherTitle(publisher);
  return {
    title: said.withdrawn,
    main: html`<header class="page-head">
<p class="rubric">${words.item}</p>
<h1>${said.withdrawn}</h1>
<p class="description">${said.withdrawnBy(title)} ${times.at(at, now)}</p>
<p><a href="${publisherPath(publisher)}">${title}</a></p>
</header>`,
    noIndex: true,
  };
}

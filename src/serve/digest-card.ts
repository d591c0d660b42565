import type { Digest, TopicEntry } from "../model/topic.ts";
import { itemPath, langOf, publisherPath, storyPath } from "./headline.ts";
import { type Html, html, webUrl } from "./html.ts";
import type { Paper } from "./paper.ts";
import { sourceCount } from "./story-card.ts";

/** A period's best stories as a list. Its feed leads here, by the day. */
export function digestCard(paper: Paper, { title }: TopicEntry, { day, to, stories }: Digest, isBrief: boolean): Html {
  const { times, now } = paper;
  const shown = isBrief ? stories.slice(0, SHOWN_IN_BRIEF) : stories;
  return html`<article class="card digest"${!isBrief && html` id="${day}"`}>
<h3>${title}</h3>
<p class="byline"><span>${times.at(to, now)}</span></p>
<ol>${shown.map((entry) => row(paper, entry))}</ol>
</article>
`;
}

const SHOWN_IN_BRIEF = 3;

function row(paper: Paper, entry: TopicEntry): Html {
  const { item } = entry.lead;
  const sources = sourceCount(entry);
  const lang = entry.title === undefined && langOf(paper, item);
  return html`<li><a href="${webUrl(item.permalink) ?? itemPath(item)}" dir="auto"${lang}>${entry.title ?? item.title}</a>
<span class="small"><a href="${publisherPath(item.publisher)}">${paper.publisherTitle(item.publisher)}</a>${
    sources > 1 && html` · <a href="${storyPath(entry.story)}">${paper.words.sources(sources)}</a>`
  }</span></li>
`;
}

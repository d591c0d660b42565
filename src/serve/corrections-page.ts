import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { itemPath, langOf } from "./headline.ts";
import { type Html, html } from "./html.ts";
import type { FeedAddress, Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { revisionWords } from "./revision-words.ts";
import { changesOf, noticeOf } from "./revisions-note.ts";
import { subscribe } from "./subscribe.ts";

const placeOf = ({ id, section }: Topic): string => (section === undefined ? `/topics/${id}` : `/sections/${section}`);

/** Where a topic's corrections are read and subscribed to. */
export const correctionsFeeds = (topic: Topic): FeedAddress => ({ path: `${placeOf(topic)}/corrections` });

/** What publishers put right in a topic's items. */
export function correctionsPage(paper: Paper, topic: Topic, { entries }: TopicFeed): Page {
  const { words } = paper;
  const said = revisionWords(words.language);
  const name = topic.section === undefined ? topic.title : paper.sectionTitle(topic.section);
  const feeds = correctionsFeeds(topic);
  return {
    title: said.correctionsOf(name),
    main: html`<header class="page-head">
<p class="rubric"><a href="${placeOf(topic)}">${name}</a></p>
<h1>${said.corrections}</h1>
<p class="description">${said.correctionsAbout[topic.section === undefined ? "topic" : "section"]}</p>
</header>
<div class="with-side">
<div class="list">${entries.length === 0 ? html`<p class="empty">${words.nothingHere}</p>` : entries.map((entry) => correction(paper, entry))}</div>
<div class="side">${subscribe(paper, feeds)}</div>
</div>`,
    feeds,
    here: placeOf(topic),
    ...(topic.unlisted === true && { noIndex: true }),
  };
}

function correction(paper: Paper, { lead: { item }, publishedAt, revision }: TopicEntry): Html {
  return html`<article class="correction">
<h2 dir="auto"${langOf(paper, item)}><a href="${itemPath(item)}">${item.title}</a></h2>
<p class="byline"><span>${paper.publisherTitle(item.publisher)}</span> <span>${paper.times.at(publishedAt, paper.now)}</span></p>
${revision !== undefined && changesOf(paper, item, revision)}
${revision !== undefined && noticeOf(paper, item, revision)}
</article>
`;
}

import { type Topic, type TopicEntry, type TopicFeed, wholeQuery } from "../model/topic.ts";
import { correctionsFeeds } from "./corrections-page.ts";
import { digestCard } from "./digest-card.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { searchPath } from "./query-text.ts";
import { revisionWords } from "./revision-words.ts";
import { storyCard } from "./story-card.ts";
import { subscribe } from "./subscribe.ts";

/** A curated topic, or a section's own one. */
export function topicPage(paper: Paper, feed: TopicFeed): Page {
  const { topic, entries } = feed;
  const { words } = paper;
  const path = topicPath(topic);
  const title = titleOf(paper, topic);
  const said = revisionWords(words.language);
  const corrections = correctionsFeeds(topic);
  return {
    title,
    main: html`<header class="page-head">
<p class="rubric">${topic.section === undefined ? html`<a href="/topics">${words.topics}</a>` : words.section}</p>
<h1>${title}</h1>
<p class="description">${topic.section === undefined ? topic.description : words.sectionAbout(title)}</p>
<p class="to-subscribe"><a href="#subscribe">${words.subscribe}</a></p>
</header>
<div class="with-side">
<div class="list">${entries.length === 0 ? html`<p class="empty">${nothingIn(paper, feed)}</p>` : list(paper, entries)}</div>
<div class="side">${subscribe(paper, { path }, html`<p><a href="${corrections.path}">${said.corrections}</a></p>`)}
${collects(paper, topic)}</div>
</div>`,
    feeds: { path },
    corrections: { title: said.correctionsOf(title), feeds: corrections },
    here: path,
    ...(topic.unlisted === true && { noIndex: true }),
  };
}

/** All topics, the curated ones first, each with what is new in it. */
export function topicsPage(paper: Paper, news: readonly TopicFeed[]): Page {
  const { words } = paper;
  const block = (feed: TopicFeed): Html => html`<section class="topic-block">
<h2><a href="${topicPath(feed.topic)}">${titleOf(paper, feed.topic)}</a></h2>
${feed.topic.section === undefined && html`<p class="description">${feed.topic.description}</p>`}
${feed.entries.length === 0 && html`<p class="small">${nothingIn(paper, feed)}</p>`}
${feed.entries.slice(0, SHOWN_A_TOPIC).map((entry) => card(paper, entry, "brief"))}
</section>
`;
  const curated = news.filter(({ topic }) => topic.section === undefined);
  const sections = news.filter(({ topic }) => topic.section !== undefined);
  return {
    title: words.topics,
    main: html`<header class="page-head"><h1>${words.topics}</h1><p class="description">${words.topicsAbout}</p></header>
<div class="topic-blocks">${curated.map(block)}</div>
${
  sections.length > 0 &&
  html`<header class="page-head"><h2 id="sections" class="as-h1">${words.sections}</h2><p class="description">${words.sectionsAbout}</p></header>
<div class="topic-blocks">${sections.map(block)}</div>`
}`,
    here: "/topics",
  };
}

/** The sections have no page of their own. */
export const SECTIONS_PLACE = "/topics#sections";
const SHOWN_A_TOPIC = 3;

export const topicPath = ({ id, section }: Topic): string =>
  section === undefined ? `/topics/${id}` : `/sections/${section}`;

const titleOf = (paper: Paper, { title, section }: Topic): string =>
  section === undefined ? title : paper.sectionTitle(section);

/** The first digest is yet to be made. */
const nothingIn = ({ words, times, now }: Paper, { topic, heldUntil }: TopicFeed): Html =>
  topic.digest === undefined || heldUntil === undefined
    ? html`${words.nothingHere}`
    : html`${words.nextDigest} ${times.at(heldUntil, now)}`;

const list = (paper: Paper, entries: readonly TopicEntry[]): readonly Html[] =>
  entries.map((entry) => card(paper, entry, "listed"));

const card = (paper: Paper, entry: TopicEntry, size: "brief" | "listed"): Html =>
  entry.digest === undefined ? storyCard(paper, entry, size) : digestCard(paper, entry, entry.digest, size === "brief");

/** Its query, and all that it finds: the search names the topic, for a query may be longer than a search. */
function collects({ words }: Paper, topic: Topic): Html {
  const query = wholeQuery(topic);
  const isSection = topic.section !== undefined;
  const found = searchPath(isSection ? query : `topic:${topic.id}`);
  return html`<aside class="collects" aria-label="${isSection ? words.sectionCollects : words.collects}">
<h2>${isSection ? words.sectionCollects : words.collects}</h2>
${
  query.length <= SHORT_QUERY
    ? html`<p><a href="${found}"><code>${query}</code></a></p>`
    : html`<details><summary>${words.wholeQuery}</summary><p><code>${query}</code></p></details>
<p><a href="${found}">${words.findAll}</a></p>`
}
</aside>`;
}

/** Characters; more would be all that is seen of the side column. */
const SHORT_QUERY = 120;

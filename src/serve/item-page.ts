import type { Author, Category, Enclosure, Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import { byline, headline, itemPath, langOf, publisherPath, sectionLink, storyPath, teaser } from "./headline.ts";
import { type Fragment, type Html, html, webUrl } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { relatedToItem } from "./related.ts";
import { revisionsNote } from "./revisions-note.ts";
import type { FindStory } from "./speaker.ts";
import { topicPath } from "./topic-page.ts";
import type { TakingTopic } from "./view.ts";
import { whyBlock } from "./why.ts";

/** One item: what we republish of it, why it stands where it stands, and what its publisher says about it. */
export function itemPage(
  paper: Paper,
  { item, decision }: Placed,
  find: FindStory,
  topics: readonly TakingTopic[] = [],
): Page {
  const { words } = paper;
  const url = webUrl(item.permalink);
  return {
    title: item.title,
    main: html`<article class="item">
<header class="page-head">
<p class="rubric">${words.item}</p>
${headline(paper, item, "h1")}
${byline(paper, item)}
</header>
${teaser(paper, item)}
${url !== undefined && html`<p><a class="read-on" href="${url}">${words.readAt(paper.publisherTitle(item.publisher))}</a></p>`}
${revisionsNote(paper, item)}
${relatedToItem(paper, { item, decision }, find)}
${whyBlock(paper, decision, find)}
<section aria-labelledby="facts">
<h2 id="facts" class="rubric">${words.facts}</h2>
<dl class="facts">${factRows(paper, { item, decision }, topics)}</dl>
</section>
</article>`,
  };
}

function factRows(paper: Paper, { item, decision }: Placed, topics: readonly TakingTopic[]): readonly Fragment[] {
  const { words, times, now } = paper;
  return [
    fact(words.publisher, html`<a href="${publisherPath(item.publisher)}">${paper.publisherTitle(item.publisher)}</a>`),
    fact(words.feed, item.feed),
    fact(words.about.story, html`<a href="${storyPath(decision.story)}">${words.storyLink}</a>`),
    decision.copyOf !== undefined &&
      fact(words.about.copy, html`<a href="${itemPath({ id: decision.copyOf })}">${words.copyOriginal}</a>`),
    decision.section !== undefined && fact(words.section, sectionLink(paper, decision.section)),
    topics.length > 0 && fact(words.topics, topicList(paper, topics)),
    item.publishedAt !== undefined && fact(words.publishedAt, times.at(item.publishedAt, now)),
    fact(words.arrivedAt, times.at(item.arrivedAt, now)),
    item.revisedAt !== undefined &&
      fact(words.revisedAt, html`${times.at(item.revisedAt, now)} (${words.revision(item.revision + 1)})`),
    ...publisherFacts(paper, item),
    fact(words.id, html`<code>${item.iri}</code>`),
  ];
}

/** Each with the clauses of its query that took the item. */
const topicList = ({ words }: Paper, topics: readonly TakingTopic[]): Html =>
  html`<ul>${topics.map(({ topic, clauses }) => html`<li><a href="${topicPath(topic)}">${topic.title}</a>, ${words.takenBecause} ${clauses.map((clause, n) => html`${n > 0 && ", "}<code dir="auto">${clause}</code>`)}</li>`)}</ul>`;

function publisherFacts(paper: Paper, item: Item): readonly Fragment[] {
  const { words } = paper;
  const list = <Value>(
    name: string,
    values: readonly Value[] | undefined,
    show: (value: Value) => Fragment,
  ): Fragment =>
    values !== undefined &&
    values.length > 0 &&
    fact(
      name,
      html`<ul${langOf(paper, item)}>${values.slice(0, SHOWN).map((value) => html`<li dir="auto">${show(value)}</li>`)}</ul>`,
    );
  return [
    list<Author>(words.authors, item.authors, ({ name, email }) => name ?? email),
    list<Category>(words.categories, item.categories, ({ label, term }) => label ?? term),
    list<Enclosure>(words.enclosures, item.enclosures, ({ url, type }) => {
      const link = webUrl(url);
      return link !== undefined && html`<a href="${link}">${type ?? link}</a>`;
    }),
  ];
}

/** Some publishers send a hundred keywords. */
const SHOWN = 20;

const fact = (name: string, value: Fragment): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`;

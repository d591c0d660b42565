import type { Publisher } from "../model/feed.ts";
import type { Placed } from "../model/news.ts";
import { byNeed, feedTable, isIll, isSilent } from "./feed-table.ts";
import { publisherPath } from "./headline.ts";
import { type Html, html, webUrl } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { itemCard } from "./story-card.ts";
import type { FeedReport } from "./view.ts";

export interface FeedReports {
  readonly feeds: readonly FeedReport[];
  readonly stale: boolean;
}

export const NEWEST_ITEMS = 30;

/** One publisher: its feeds and how they are, its newest items. */
export function publisherPage(
  paper: Paper,
  publisher: Publisher,
  reports: FeedReports,
  newest: readonly Placed[],
): Page {
  const { words } = paper;
  const home = webUrl(publisher.homeUrl);
  return {
    title: publisher.title,
    main: html`<header class="page-head">
<p class="rubric"><a href="/publishers">${words.publishers}</a></p>
<h1>${publisher.title}</h1>
${home !== undefined && html`<p class="description"><a href="${home}">${words.homepage}</a></p>`}
</header>
${stale(paper, reports)}
<section aria-labelledby="feeds">
<h2 id="feeds" class="rubric">${words.feeds(reports.feeds.length)}</h2>
${feedTable(paper, byNeed(reports.feeds).slice(0, MAX_ROWS), false)}
</section>
<section aria-labelledby="newest">
<h2 id="newest" class="rubric">${words.newestItems}</h2>
<div class="list">${newest.length === 0 ? html`<p class="empty">${words.nothingHere}</p>` : newest.map((placed) => itemCard(paper, placed, "publisher"))}</div>
</section>`,
  };
}

/** What an operator looks at first: which feed is ill. Then every publisher. */
export function publishersPage(paper: Paper, reports: FeedReports): Page {
  const { words } = paper;
  const ill = byNeed(reports.feeds).filter(isIll);
  const silent = byNeed(reports.feeds).filter(isSilent);
  const waiting = reports.feeds.filter(({ state }) => state.health === "new");
  return {
    title: words.publishers,
    main: html`<header class="page-head">
<h1>${words.publishers}</h1>
<p class="description">${ill.length === 0 ? words.allWell : words.someIll(ill.length, reports.feeds.length)}</p>
</header>
${stale(paper, reports)}
${group(paper, words.illFeeds, ill)}
${group(paper, words.silentFeeds, silent)}
${group(paper, words.waitingFeeds, waiting)}
<section aria-labelledby="all">
<h2 id="all" class="rubric">${words.publishers}</h2>
<ul class="publishers">${publisherRows(paper, reports.feeds)}</ul>
</section>`,
    here: "/publishers",
  };
}

/** A page of ten thousand rows helps nobody; the publishers' own pages have the rest. */
const MAX_ROWS = 200;

const stale = ({ words }: Paper, reports: FeedReports): Html | false =>
  reports.stale && html`<p role="status" class="alert">${words.staleNote}</p>`;

function group(paper: Paper, title: string, reports: readonly FeedReport[]): Html | false {
  return (
    reports.length > 0 &&
    html`<section><h2 class="rubric">${title}</h2>
${feedTable(paper, reports.slice(0, MAX_ROWS), true)}
${reports.length > MAX_ROWS && html`<p class="small">${paper.words.notAllShown(reports.length - MAX_ROWS)}</p>`}
</section>
`
  );
}

function publisherRows({ words }: Paper, reports: readonly FeedReport[]): readonly Html[] {
  const byPublisher = Map.groupBy(reports, ({ publisher }) => publisher.id);
  return [...byPublisher.values()]
    .map((feeds) => ({ publisher: feeds[0]?.publisher, count: feeds.length, ill: feeds.filter(isIll).length }))
    .sort((one, other) => (one.publisher?.title ?? "").localeCompare(other.publisher?.title ?? ""))
    .map(
      ({ publisher, count, ill }) =>
        publisher !== undefined &&
        html`<li><a href="${publisherPath(publisher.id)}">${publisher.title}</a> <span class="small">${words.feeds(count)}</span>${
          ill > 0 && html` <span class="health failing">${words.illCount(ill)}</span>`
        }</li>
`,
    )
    .filter((row) => row !== false);
}

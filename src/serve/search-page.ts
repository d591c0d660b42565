import { onePerPage } from "../model/placed.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { MAX_QUERY } from "./query-text.ts";
import { itemCard } from "./story-card.ts";
import { subscribe } from "./subscribe.ts";
import type { BadQuery, SearchAnswer } from "./view.ts";

export const SHOWN_HITS = 50;

/** The form with its help, before anything was asked. */
export function searchStart(paper: Paper): Page {
  return { ...frame(paper, ""), main: html`${head(paper, "")}${help(paper)}` };
}

export function searchPage(paper: Paper, query: string, answer: SearchAnswer): Page {
  if (answer.kind === "bad")
    return { ...frame(paper, query), main: html`${head(paper, query)}${badQuery(paper, query, answer)}${help(paper)}` };
  const { words } = paper;
  const feeds = { path: "/search", search: `?q=${encodeURIComponent(query)}` };
  const { hits, total } = answer;
  return {
    ...frame(paper, query),
    feeds,
    main: html`${head(paper, query)}
<div class="with-side">
<section class="list" aria-labelledby="results">
<h2 id="results" class="rubric" role="status">${words.results(total)}${total > hits.length && html`, ${words.firstResults(hits.length)}`}</h2>
${onePerPage(hits).map((hit) => itemCard(paper, hit, "search"))}
</section>
<div class="side">${subscribe(paper, feeds)}${help(paper)}</div>
</div>`,
  };
}

export function tooLongPage(paper: Paper): Page {
  const { words } = paper;
  return {
    ...frame(paper, ""),
    main: html`${head(paper, "")}<p role="alert" class="alert">${words.queryTooLong(MAX_QUERY)}</p>${help(paper)}`,
  };
}

const frame = ({ words }: Paper, query: string): Omit<Page, "main"> => ({
  title: query === "" ? words.search : `${words.search}: ${query}`,
  query,
  noIndex: true,
});

function head({ words }: Paper, query: string): Html {
  return html`<header class="page-head"><h1>${query === "" ? words.search : html`${words.search}: <q>${query}</q>`}</h1></header>`;
}

/** The query as typed, with the place marked where it stopped making sense. */
function badQuery({ words }: Paper, query: string, { message, at, mistake }: BadQuery): Html {
  const place = Math.max(0, Math.min(at, query.length));
  return html`<div role="alert" class="alert">
<p><strong>${words.badQuery}</strong>, ${words.badQueryAt(place + 1)}: ${words.mistake(mistake) ?? message}</p>
<pre class="bad-query">${query.slice(0, place)}<mark>${query.slice(place, place + 1) || " "}</mark>${query.slice(place + 1)}</pre>
</div>`;
}

function help({ words }: Paper): Html {
  return html`<aside class="help" aria-label="${words.searchHelp}">
<h2>${words.searchHelp}</h2>
<dl>${words.searchExamples.map(
    ([query, meaning]) =>
      html`<div><dt><a href="/search?q=${encodeURIComponent(query)}"><code>${query}</code></a></dt><dd>${meaning}</dd></div>
`,
  )}</dl>
</aside>`;
}

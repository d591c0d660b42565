import type { Hit, SearchResult } from "../model/found.ts";
import { pageOf } from "../model/placed.ts";
import { hitCard } from "./hit-card.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { facetsBlock, filtersLine } from "./narrowing.ts";
import type { Paper } from "./paper.ts";
import { MAX_QUERY, searchPath } from "./query-text.ts";
import { searchWords } from "./search-words.ts";
import { subscribe } from "./subscribe.ts";
import type { BadQuery } from "./view.ts";

/** The form with its help, before anything was asked. */
export function searchStart(paper: Paper): Page {
  return { ...frame(paper, ""), main: html`${head(paper, "")}${help(paper)}` };
}

/** @param typed the query as it came; links have it in its one spelling */
export function searchPage(paper: Paper, typed: string, answer: SearchResult | BadQuery): Page {
  if (answer.kind === "bad")
    return { ...frame(paper, typed), main: html`${head(paper, typed)}${badQuery(paper, typed, answer)}${help(paper)}` };
  const { words } = paper;
  const cards = eachPageOnce(answer.hits);
  const feeds = { path: "/search", search: `?q=${encodeURIComponent(answer.query)}` };
  return {
    ...frame(paper, typed),
    feeds,
    main: html`${head(paper, typed)}
<div class="with-side found">
${facetsBlock(paper, answer.facets, answer)}
<section class="list" aria-labelledby="results">
<h2 id="results" class="rubric" role="status">${words.results(answer.total)}</h2>
${answer.hints?.map((hint) => html`<p class="meant">${words.queryHint(hint)}</p>`)}
${suggestion(paper, answer)}
${answer.isPartial && html`<p class="alert">${searchWords(words.language).partial}</p>`}
${answer.isFull && html`<p class="small">${searchWords(words.language).noRoom}</p>`}
${filtersLine(paper, answer.filters, answer)}
${orders(paper, answer)}
${cards.length < answer.hits.length && html`<p class="small">${searchWords(words.language).together(cards.length)}</p>`}
${cards.map(([hit, ...again]) => hitCard(paper, hit, again))}
${pager(paper, answer)}
</section>
<div class="side">${subscribe(paper, feeds)}${asTopic(paper, answer)}${help(paper)}</div>
</div>`,
  };
}

/** @param typed stands in the field, to be shortened there */
export function tooLongPage(paper: Paper, typed: string): Page {
  const { words } = paper;
  return {
    ...frame(paper, ""),
    query: typed,
    main: html`${head(paper, "")}<p role="alert" class="alert">${words.queryTooLong(MAX_QUERY)}</p>${help(paper)}`,
  };
}

/** Who searched more than anybody would by hand. */
export function tooManyPage(paper: Paper, seconds: number): Page {
  const said = searchWords(paper.words.language);
  return later(paper, said.tooMany, said.tooManyMore(seconds));
}

/** All others together do. */
export function busyPage(paper: Paper): Page {
  const said = searchWords(paper.words.language);
  return later(paper, said.busy, said.busyMore);
}

const later = (paper: Paper, title: string, more: string): Page => ({
  ...frame(paper, ""),
  title,
  main: html`<header class="page-head"><h1>${title}</h1><p class="description">${more}</p></header>`,
});

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

/** What came by several feeds of its publisher is counted as often, and shown as one. */
function eachPageOnce(hits: readonly Hit[]): readonly (readonly [Hit, ...Hit[]])[] {
  const pages = Map.groupBy(hits, ({ placed }) => pageOf(placed));
  return [...pages.values()].flatMap(([first, ...again]) => (first === undefined ? [] : [[first, ...again]]));
}

function suggestion({ words }: Paper, { suggestion: meant, order }: SearchResult): Html | undefined {
  if (meant === undefined) return undefined;
  const hits = searchWords(words.language).hits(meant.total);
  return html`<p class="meant">${words.didYouMean}: <a href="${searchPath(meant.query, { order })}">${meant.query}</a>? (${hits})</p>`;
}

function orders({ words }: Paper, { query, order, total }: SearchResult): Html | undefined {
  if (total < 2) return undefined;
  const said = searchWords(words.language);
  const other = order === "newest" ? "relevance" : "newest";
  const links = (["relevance", "newest"] as const).map((one) =>
    one === other
      ? html`<li><a href="${searchPath(query, { order: one })}" rel="nofollow">${said.orders[one]}</a></li>`
      : html`<li aria-current="true">${said.orders[one]}</li>`,
  );
  return html`<nav class="orders" aria-label="${said.order}"><ul>${links}</ul></nav>`;
}

function pager({ words }: Paper, { query, order, page, pages, total, reachable }: SearchResult): Html | undefined {
  if (pages < 2) return undefined;
  const said = searchWords(words.language);
  const link = (to: number, rel: "prev" | "next", text: string): Html | false =>
    to >= 1 && to <= pages && html`<a rel="${rel}" href="${searchPath(query, { order, page: to })}">${text}</a>`;
  return html`<nav class="pager" aria-label="${said.pages}">${link(page - 1, "prev", said.earlier)}
<span>${said.pageOf(page, pages)}</span>
${link(page + 1, "next", said.later)}</nav>
${page === pages && total > reachable && html`<p class="small">${said.notAll(reachable)}</p>`}`;
}

/** What an editor writes to keep the search. */
function asTopic({ words }: Paper, { query: searched, total, filters }: SearchResult): Html | undefined {
  const age = filters.find(({ value }) => value.startsWith(AGE));
  const query = age?.query ?? searched;
  // a topic has no moment from which an age counts: its window bounds all of it, and nothing else does
  if (total === 0 || query.toLowerCase().includes(AGE)) return undefined;
  const said = searchWords(words.language);
  const title = titleFor(query) ?? said.newTopic;
  const yaml = `  - id: "${idFor(title) || idFor(said.newTopic)}"
    title: ${JSON.stringify(title)}
    description: ${JSON.stringify(said.newsOf(title))}
    query: ${JSON.stringify(query)}${age === undefined ? "" : `\n    window: ${age.value.slice(AGE.length)}`}`;
  return html`<details class="as-topic"><summary>${said.asTopic}</summary>
<p class="small">${said.asTopicHow}</p>
<pre class="copyable" tabindex="0">${yaml}</pre>
<p class="small">${said.atOnce} <code>npm run --silent ressort -- topics add FILE</code></p>
</details>`;
}

const AGE = "within:";

/** The first words that it asks for; undefined where it asks for none. */
function titleFor(query: string): string | undefined {
  const asked = query.replaceAll(/(?<!\S)-(?:\w+:)?(?:\([^()]*\)|"[^"]*"|\S+)/g, " ").replaceAll("title:", "");
  const words = asked
    .split(/[\s()"*]+/)
    .filter((word) => word !== "" && !OPERATORS.has(word) && !/[:<>=]/.test(word))
    .slice(0, WORDS_IN_TITLE)
    .join(" ");
  return words === "" ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

const OPERATORS: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);
const WORDS_IN_TITLE = 4;

/** a-z, 0-9 and "-": an id of ours (SLUG). */
const idFor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[äöü]/g, (letter) => UMLAUTS[letter] ?? "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_ID)
    .replaceAll(/^-|-$/g, "");

const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };
const LONGEST_ID = 40;

function help({ words }: Paper): Html {
  const said = searchWords(words.language);
  return html`<aside class="help" aria-label="${words.searchHelp}">
<h2>${words.searchHelp}</h2>
<dl>${words.searchExamples.map(
    ([query, meaning]) =>
      html`<div><dt><a href="/search?q=${encodeURIComponent(query)}"><code>${query}</code></a></dt><dd>${meaning}</dd></div>
`,
  )}</dl>
<details><summary>${said.allFields}</summary>
<dl>${said.fieldsHelp.map(
    ([field, meaning]) => html`<div><dt><code>${field}</code></dt><dd>${meaning}</dd></div>
`,
  )}</dl></details>
</aside>`;
}

import type { Facet, FacetField, Filter } from "../model/found.ts";
import { publisherId } from "../model/ids.ts";
import { type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import { searchPath, type Turned } from "./query-text.ts";
import { searchWords } from "./search-words.ts";

/** How the hits spread, as links that narrow the search. They lead to its first page. */
export function facetsBlock(paper: Paper, facets: readonly Facet[], { order }: Turned): Html | undefined {
  if (facets.length === 0) return undefined;
  const said = searchWords(paper.words.language);
  return html`<aside class="facets" aria-label="${said.narrow}">
<h2>${said.narrow}</h2>
${facets.map(
  ({ field, values }) => html`<section aria-labelledby="by-${field}"><h3 id="by-${field}">${said.fields[field]}</h3>
<ul>${values.map(
    ({ value, count, query }) =>
      html`<li><a href="${searchPath(query, { order })}" rel="nofollow">${nameOf(paper, field, value)} <span class="count">${count}<span class="unseen"> ${said.hits(count).replace(/^\d+ /, "")}</span></span></a></li>
`,
  )}</ul></section>
`,
)}</aside>`;
}

/** The conditions that the search has, each with a way to be rid of it. */
export function filtersLine(paper: Paper, filters: readonly Filter[], { order }: Turned): Html | undefined {
  if (filters.length === 0) return undefined;
  const said = searchWords(paper.words.language);
  return html`<p class="filters">${said.narrowedTo}: ${filters.map(({ field, value, query }) => {
    const name = nameOf(paper, field, value);
    return html`<a href="${searchPath(query, { order })}" rel="nofollow" aria-label="${said.takeAway(name)}" title="${said.takeAway(name)}">${name} <span aria-hidden="true">×</span></a> `;
  })}</p>`;
}

function nameOf(paper: Paper, field: FacetField | "other", value: string): string {
  const said = searchWords(paper.words.language);
  switch (field) {
    case "section":
      return paper.sectionTitle(value);
    case "publisher":
      return paper.publisherTitle(publisherId(value));
    case "lang":
      return said.languageName(value);
    case "day":
      return said.dayName(value);
    case "other":
      return value;
    default:
      return field satisfies never;
  }
}

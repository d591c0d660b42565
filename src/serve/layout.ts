import { FORMATS } from "../model/published.ts";
import { type Html, html } from "./html.ts";
import { ICON_URL } from "./icon.ts";
import type { Paper } from "./paper.ts";
import { MAX_QUERY } from "./query-text.ts";
import { STYLE_URL } from "./style.ts";
import { FORMAT_NAMES } from "./words.ts";

/** A page before the masthead is put above it. */
export interface Page {
  /** absent on the front page */
  readonly title?: string;
  readonly main: Html;
  /** the path of its feeds without suffix, and what follows the suffix: "/search", "?q=wind" */
  readonly feeds?: FeedAddress;
  /** a topic's corrections, beside its own feeds */
  readonly corrections?: { readonly title: string; readonly feeds: FeedAddress };
  /** the path that the navigation marks as the current one */
  readonly here?: string;
  readonly query?: string;
  readonly noIndex?: boolean;
}

export interface FeedAddress {
  readonly path: string;
  readonly search?: string;
}

export const feedPath = ({ path, search = "" }: FeedAddress, format: string): string => `${path}.${format}${search}`;

/** The whole document: head, masthead, main, footer. */
export function layout(paper: Paper, page: Page): Html {
  const { words, settings } = paper;
  const title = page.title === undefined ? settings.title : `${page.title} · ${settings.title}`;
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.noIndex === true && html`<meta name="robots" content="noindex">`}
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_URL}">
<link rel="icon" href="${ICON_URL}">
${page.feeds !== undefined && alternates(paper, page.feeds, title)}
${page.corrections !== undefined && alternates(paper, page.corrections.feeds, page.corrections.title)}
</head>
<body>
<a class="skip" href="#main">${words.skipToContent}</a>
${masthead(paper, page)}
<main id="main">${page.main}</main>
${footer(paper)}
</body>
</html>
`;
}

function alternates({ settings }: Paper, feeds: FeedAddress, title: string): readonly Html[] {
  return FORMATS.map(
    (
      format,
    ) => html`<link rel="alternate" type="${FORMAT_TYPES[format]}" title="${title} (${FORMAT_NAMES[format]})" href="${settings.publicUrl}${feedPath(feeds, format)}">
`,
  );
}

const FORMAT_TYPES = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
} as const;

function masthead(paper: Paper, page: Page): Html {
  const { words, settings, sections, topics, times, now } = paper;
  return html`<header class="masthead${page.here === "/" && " large"}">
<div class="masthead-top">
<p class="date">${times.day(now)}</p>
<form class="search" action="/search" role="search">
<label class="unseen" for="q">${words.searchHint}</label>
<input id="q" name="q" type="search" maxlength="${MAX_QUERY}" placeholder="${words.searchHint}" value="${page.query}">
<button>${words.searchButton}</button>
</form>
</div>
<p class="nameplate"><a href="/">${settings.title}</a></p>
${nav(words.sections, "sections", sections, page)}
${nav(words.topics, "topics", topics, page)}
</header>`;
}

function nav(
  label: string,
  family: "sections" | "topics",
  links: readonly { readonly id: string; readonly title: string }[],
  { here }: Page,
): Html | false {
  return (
    links.length > 0 &&
    html`<nav class="${family}" aria-label="${label}"><ul>
${links.slice(0, MAX_LINKS).map(({ id, title }) => {
  const path = `/${family}/${id}`;
  return html`<li><a href="${path}"${here === path && html` aria-current="page"`}>${title}</a></li>
`;
})}</ul></nav>`
  );
}

/** More than that is no navigation; /topics lists them all. */
const MAX_LINKS = 24;

function footer({ words, settings }: Paper): Html {
  return html`<footer>
<p class="nameplate"><a href="/">${settings.title}</a></p>
<nav aria-label="${words.aboutThisPaper}"><ul>
<li><a href="/topics">${words.topics}</a></li>
<li><a href="/publishers">${words.publishers}, ${words.status}</a></li>
<li><a href="/search">${words.search}</a></li>
<li><a href="/opml">${words.opml}</a></li>
</ul></nav>
<p class="small">${words.timeZoneNote}</p>
</footer>`;
}

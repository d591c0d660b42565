import { createHash } from "node:crypto";

/** One sheet for all pages, in light and dark; text has at least 4.5:1 on its ground (WCAG AA), see serve/contrast.test.ts. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfbf6; --raised: #f4efe4; --ink: #1d1b17; --soft: #625c50; --rule: #d9d2c2; --accent: #8a1c1c; --good: #2b6a3c; --on-accent: #fff; --hit: #f7e2a0;
  --serif: ui-serif, "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", "Times New Roman", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --raised: #22201c; --ink: #ece7dc; --soft: #aaa397; --rule: #3b3831; --accent: #eb9b8c; --good: #8fc79d; --on-accent: #1d1210; --hit: #54440f; }
}
*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; }
html { font: 100%/1.5 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; overflow-wrap: anywhere; }
h1, h2, h3, .nameplate { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; hyphens: auto; }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.4vw, 2.9rem); letter-spacing: -.012em; line-height: 1.12; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: .2em; }
a:hover { color: var(--accent); text-decoration-color: currentColor; }
h1 a, h2 a, h3 a, nav a { text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
ul, dl { list-style: none; }
code, pre { font-family: var(--mono); font-size: .9em; white-space: pre-wrap; }
.small { font-size: .8125rem; color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; top: -6rem; left: 1rem; z-index: 1; padding: .6rem 1rem; background: var(--accent); color: var(--on-accent); }
.skip:focus { top: .5rem; color: var(--on-accent); }

/* masthead */
.masthead { padding-top: .75rem; }
.masthead-top { display: flex; justify-content: space-between; align-items: center; gap: 1rem; min-height: 2.75rem; }
.date { font-size: .8125rem; color: var(--soft); }
.nameplate { font-size: 2.25rem; font-weight: 700; text-align: center; letter-spacing: -.02em; line-height: 1; padding: .2rem 0 1rem; }
.large .nameplate { font-size: clamp(2.6rem, 1.6rem + 5vw, 4.4rem); padding: .5rem 0 1.4rem; }
.nameplate a { text-decoration: none; }
.search { display: flex; border: 1px solid var(--rule); border-radius: 3px; background: var(--paper); max-width: 20rem; flex: 0 1 20rem; }
.search:focus-within { border-color: var(--accent); }
.search input { flex: 1; min-width: 0; font: inherit; font-size: .9375rem; color: inherit; background: none; border: 0; padding: .45rem .7rem; border-radius: 3px; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.search button { font: inherit; font-size: .875rem; color: var(--soft); background: none; border: 0; border-left: 1px solid var(--rule); padding: .45rem .8rem; cursor: pointer; }
.search button:hover { color: var(--accent); }
.masthead nav ul { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 1.05rem; }
.masthead nav a { display: block; padding: .6rem 0; }
.masthead .sections { border-top: 1px solid var(--ink); border-bottom: 1px solid var(--rule); font-family: var(--serif); font-size: 1.0625rem; }
.masthead .topics { border-bottom: 1px solid var(--rule); font-size: .875rem; color: var(--soft); }
.masthead .topics a { padding: .45rem 0; }
[aria-current] { color: var(--accent); box-shadow: inset 0 -3px 0 var(--accent); }

/* cards */
.card h2, .card h3 { font-size: 1.1875rem; }
.card h3 a, .card h2 a, h1 a { display: inline; }
.kicker { display: block; font: 600 .75rem/1.5 var(--sans); letter-spacing: .055em; text-transform: uppercase; color: var(--accent); margin-bottom: .2rem; hyphens: none; }
h1 .kicker { font-size: .875rem; margin-bottom: .5rem; }
.teaser { margin-top: .4rem; font-size: .9688rem; color: var(--ink); text-wrap: pretty; }
.byline, .also { margin-top: .45rem; font-size: .8125rem; color: var(--soft); }
.byline { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .85rem; }
.lead .byline { margin-top: .8rem; }
.byline .publisher { color: var(--ink); font-weight: 600; text-decoration: none; }
.byline .publisher:hover { color: var(--accent); text-decoration: underline; }
.also { margin-top: .2rem; }
.voices { margin-top: 1.25rem; border-top: 1px solid var(--rule); }
.voices li { border-bottom: 1px solid var(--rule); padding: .55rem 0; text-wrap: pretty; display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; align-items: baseline; }
.voices span { font-size: .8125rem; color: var(--soft); }
.voices a { text-decoration: none; font-family: var(--serif); }
.voices a:only-child { text-decoration: underline; }
.digest ol { list-style: decimal; padding-left: 1.6rem; margin-top: .5rem; }
.digest li { padding: .2rem 0; text-wrap: pretty; }
.digest li > a { text-decoration: none; font-family: var(--serif); }
.mark { display: inline-block; border: 1px solid var(--rule); border-radius: 2px; padding: 0 .4em; font-size: .72rem; line-height: 1.5; letter-spacing: .02em; }
.mark.live { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
details.why { font-size: .8125rem; color: var(--soft); margin-top: .2rem; }
details.why summary { cursor: pointer; width: fit-content; }

/* front page */
.rubric { font: 600 .875rem/1.4 var(--sans); letter-spacing: .01em; border-top: 3px solid var(--ink); padding: .5rem 0 1rem; color: var(--ink); }
.rubric a { text-decoration: none; }
.section > .rubric, .top > .rubric { font-family: var(--serif); font-size: 1.375rem; }
.top, .section { margin-top: 2.25rem; }
.lead h3 { font-size: clamp(1.75rem, 1.2rem + 2.2vw, 2.6rem); letter-spacing: -.012em; line-height: 1.12; }
.lead .kicker { font-size: .875rem; }
.lead .teaser { font-size: 1.125rem; margin-top: .8rem; }
.spread { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 0 2.5rem; align-items: start; }
.top .spread { grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); }
.section .column > .card:first-child h3 { font-size: 1.625rem; }
.column > .card + .card { border-top: 1px solid var(--rule); padding-top: 1rem; margin-top: 1rem; }
.column .teaser { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.spread > :nth-child(2) { border-left: 1px solid var(--rule); padding-left: 2.5rem; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem 2rem; }
.columns .card { border-top: 1px solid var(--rule); padding-top: .8rem; }
.columns .card:nth-child(-n+2) { border-top: 0; padding-top: 0; }

/* one subject */
.page-head { margin: 2.25rem 0 1.75rem; max-width: 52rem; }
.page-head .rubric { border: 0; padding: 0 0 .4rem; color: var(--soft); font-weight: 400; }
.description { margin-top: .6rem; font-size: 1.0625rem; color: var(--soft); text-wrap: pretty; }
.page-head .teaser { font-size: 1.125rem; margin-top: .8rem; }
.to-subscribe { display: none; }
.with-side { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 0 3.5rem; align-items: start; }
.list { max-width: 46rem; }
.list > .card { border-top: 1px solid var(--rule); padding: 1.25rem 0; }
.list > .card h3 { font-size: 1.375rem; }
.list > h2 + .card { border-top: 0; padding-top: 0; }
.side > aside { background: var(--raised); border-radius: 4px; padding: 1.1rem 1.25rem; margin-bottom: 1.25rem; }
.side h2, .help h2 { font: 600 1rem/1.4 var(--sans); }
.subscribe dl > div { margin-top: .7rem; }
.subscribe dt, .help dt { font-size: .875rem; font-weight: 600; }
.subscribe dl + p { margin-top: .9rem; padding-top: .7rem; border-top: 1px solid var(--rule); font-size: .875rem; }
.collects :is(p, details) { margin-top: .6rem; }
.collects details, .collects details + p { font-size: .875rem; }
.collects summary { cursor: pointer; }
.copyable { display: block; user-select: all; -webkit-user-select: all; background: var(--paper); border: 1px solid var(--rule); border-radius: 3px; padding: .35rem .5rem; margin-top: .2rem; font-size: .78rem; }
.help dl > div { margin-top: .5rem; }
main > .help dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); gap: .5rem 2rem; }
.help dd { font-size: .8125rem; color: var(--soft); }
.topic-blocks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 2.25rem 2.5rem; }
.topic-block { border-top: 3px solid var(--ink); padding-top: .6rem; }
.topic-block > h2 { font-size: 1.375rem; }
.topic-block > .description { font-size: .9375rem; margin: .25rem 0 .2rem; }
.topic-block > .card { border-top: 1px solid var(--rule); padding-top: .8rem; margin-top: .8rem; }
.topic-block h3 { font-size: 1.0625rem; }

/* what a search found */
.card mark { background: var(--hit); color: var(--ink); padding: 0 .08em; margin: 0 -.08em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.found { grid-template-rows: auto 1fr; }
.found > .list { grid-column: 1; grid-row: 1 / span 2; }
.found > .facets, .found > .side { grid-column: 2; }
.found > .list > .rubric { padding-bottom: .4rem; }
.facets { padding: 0 1.25rem 1.25rem; border-top: 3px solid var(--rule); }
.facets h2 { font: 600 .875rem/1.4 var(--sans); padding: .5rem 0 .2rem; }
.facets h3 { font: 400 .8125rem/1.4 var(--sans); color: var(--soft); margin-top: .7rem; }
.facets a { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem 0; font-size: .9375rem; text-decoration: none; }
.facets a:hover { text-decoration: underline; }
.count { color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.filters, .meant { margin-bottom: .8rem; font-size: .9375rem; }
.filters { color: var(--soft); font-size: .8125rem; }
.filters a { display: inline-block; border: 1px solid var(--rule); border-radius: 1rem; padding: .2rem .75rem; margin: .15rem .2rem .15rem 0; color: var(--ink); text-decoration: none; }
.filters a:hover { border-color: var(--accent); color: var(--accent); }
.orders ul { display: flex; gap: 1.25rem; font-size: .8125rem; padding-bottom: .4rem; }
.orders a { text-decoration: underline; text-decoration-color: var(--rule); }
.orders [aria-current] { box-shadow: inset 0 -2px 0 var(--accent); padding-bottom: .1rem; }
.list > .orders + .card { border-top: 0; padding-top: .6rem; }
.pager { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; border-top: 1px solid var(--rule); padding: 1rem 0; }
.pager span { color: var(--soft); font-size: .875rem; margin: 0 auto; }
.pager a { color: var(--accent); padding: .2rem 0; }
.as-topic { background: var(--raised); border-radius: 4px; padding: .9rem 1.25rem; margin-bottom: 1.25rem; }
.as-topic summary { cursor: pointer; font-weight: 600; }
.as-topic p { margin: .6rem 0; }

/* what was put right */
.correction { border-top: 1px solid var(--rule); padding: 1.25rem 0; }
.correction:first-child { border-top: 0; padding-top: 0; }
.correction h2 { font-size: 1.375rem; }
.correction h2 a { text-decoration: none; }
.correction p:not(.byline) { margin-top: .6rem; }

/* one item */
.read-on { display: inline-block; margin: 1.4rem 0; padding: .6rem 1.1rem; background: var(--accent); color: var(--on-accent); border-radius: 3px; text-decoration: none; font-weight: 600; }
.read-on:hover { color: var(--on-accent); text-decoration: underline; }
.item { max-width: 48rem; }
.item > .teaser { font-size: 1.1875rem; font-family: var(--serif); }
.item > section { margin-top: 2rem; }
.item dl > div { display: grid; grid-template-columns: 9rem 1fr; gap: .25rem 1.25rem; padding: .6rem 0; border-top: 1px solid var(--rule); }
.item dl > div:first-child { border-top: 0; padding-top: 0; }
.item dt { color: var(--soft); font-size: .875rem; line-height: 1.7; }
.item dd, .item dd li { min-width: 0; }
.item dd .rule { color: var(--soft); font-size: .78rem; }
.evidence { margin: .3rem 0 .4rem; font-size: .8125rem; color: var(--ink); }
.evidence span { color: var(--soft); margin-right: .4rem; }
.grounds { display: block; color: var(--soft); font-size: .875rem; }
.also .grounds { display: inline; font-size: inherit; }
.reasons .small { margin-top: .2rem; }
.related, .together { max-width: 46rem; margin-top: 2rem; }
.item .related { max-width: none; }
.related li + li { border-top: 1px solid var(--rule); padding-top: .8rem; margin-top: .8rem; }
.related h3 { font-size: 1.1875rem; }
.related .kicker { margin-bottom: .1rem; }
.together li { padding: .25rem 0; font-size: .9375rem; }

/* operators */
.feeds { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .875rem; margin-bottom: 1rem; }
.feeds th, .feeds td { text-align: left; vertical-align: top; padding: .7rem 1.25rem .7rem 0; border-top: 1px solid var(--rule); font-weight: 400; }
.feeds thead th { border-top: 0; color: var(--soft); font-size: .8125rem; padding-top: 0; }
.feeds th:first-child { width: 27%; }
.feeds th:nth-child(3) { width: 24%; }
.feeds th[scope=row] { font-weight: 600; }
.feeds .publisher, .feeds .url, .feeds td .small { display: block; }
.feeds .url { font-weight: 400; font-size: .78rem; color: var(--soft); }
.health { display: inline-block; font-weight: 600; }
.health::before { content: ""; display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .45em; background: var(--soft); }
.health.ok::before { background: var(--good); }
.health:not(.ok, .new) { color: var(--accent); }
.health:not(.ok, .new)::before { background: var(--accent); border-radius: 0; }
.publishers { columns: 3 16rem; column-gap: 2.5rem; }
.publishers .health { font-size: .8125rem; }
.publishers li { break-inside: avoid; padding: .3rem 0; }
section:not(.list) > .rubric { margin-top: 1.5rem; }
.alert { border-left: 4px solid var(--accent); background: var(--raised); padding: .8rem 1rem; margin: 0 0 1.5rem; }
.bad-query { margin-top: .6rem; font-size: 1rem; }
mark { background: var(--accent); color: var(--on-accent); padding: 0 .1em; border-radius: 2px; }
.empty { color: var(--soft); padding: 2rem 0; }
div.empty { text-align: center; padding: 5rem 0; }

body > footer { margin-top: 4rem; border-top: 3px solid var(--ink); padding: 1.25rem 0 3rem; display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 2rem; font-size: .875rem; }
body > footer .nameplate { font-size: 1.5rem; padding: 0; }
body > footer ul { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; }
body > footer p:last-child { margin-left: auto; }

@media (max-width: 60rem) {
  .spread, .top .spread, .with-side { grid-template-columns: minmax(0, 1fr); }
  .spread > :nth-child(2) { border-left: 0; padding-left: 0; border-top: 1px solid var(--rule); padding-top: 1rem; margin-top: 1.25rem; }
  .with-side > .side { margin-top: 1.5rem; }
  .to-subscribe { display: block; margin-top: .6rem; }
  .found > .list, .found > .facets, .found > .side { grid-column: auto; grid-row: auto; min-width: 0; }
  .facets { padding: 0 0 1rem; margin-bottom: 1rem; border-bottom: 1px solid var(--rule); }
  .facets section { display: flex; align-items: baseline; gap: .75rem; min-width: 0; }
  .facets h3 { flex: 0 0 5.5rem; margin: 0; }
  .facets ul { position: relative; display: flex; gap: .2rem 1rem; overflow-x: auto; scrollbar-width: none; }
  .facets a { gap: .35rem; white-space: nowrap; padding: .35rem 0; }
}
@media (max-width: 40rem) {
  body { padding: 0 1rem; }
  .masthead-top .date { display: none; }
  .search { flex: 1; max-width: none; }
  .masthead nav ul { flex-wrap: nowrap; justify-content: flex-start; overflow-x: auto; scrollbar-width: none; margin: 0 -1rem; padding: 0 1rem; }
  .masthead nav a { white-space: nowrap; }
  .masthead .nameplate { padding: .7rem 0 .9rem; }
  .columns { grid-template-columns: 1fr; gap: .9rem; }
  .columns .card:nth-child(2) { border-top: 1px solid var(--rule); padding-top: .8rem; }
  .item dl > div, .voices li { grid-template-columns: 1fr; }
  .feeds thead { display: none; }
  .feeds tr { display: block; border-top: 1px solid var(--rule); padding: .8rem 0; }
  .feeds th[scope=row], .feeds td { display: block; width: auto; border: 0; padding: .15rem 0; }
  .feeds td::before { content: attr(data-label) ": "; color: var(--soft); }
  body > footer p:last-child { margin-left: 0; }
}
@media print { .search, nav, .subscribe, .facets, .as-topic, .why { display: none; } body { max-width: none; } }
`;

/** The address changes with the sheet, so that browsers may keep it for ever. */
export const STYLE_URL = `/style.css?${createHash("sha256").update(STYLE).digest("hex").slice(0, 12)}`;

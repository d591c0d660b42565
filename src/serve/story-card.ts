import type { PublisherId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { TopicEntry } from "../model/topic.ts";
import { byline, headline, itemPath, langOf, sectionLink, storyPath, teaser } from "./headline.ts";
import { type Html, html, webUrl } from "./html.ts";
import type { Paper } from "./paper.ts";

/** brief: headline and byline; full: with teaser and the other publishers; lead: large; listed: with its reasons, too */
export type CardSize = "brief" | "full" | "lead" | "listed";

/** One story, told by its lead, with the other publishers named. */
export function storyCard(paper: Paper, entry: TopicEntry, size: CardSize): Html {
  const { words } = paper;
  const { item } = entry.lead;
  const sources = sourceCount(entry);
  return html`<article class="card ${size}">
${headline(paper, titled(item, entry.title, words.language))}
${size !== "brief" && teaser(paper, item)}
${size !== "brief" && entry.title !== undefined && html`<p class="small">${words.originalTitle} <span${langOf(paper, item)}>${item.title}</span></p>`}
${byline(
  paper,
  dated(entry),
  size === "listed" && entry.pinned === true && html`<span class="mark">${words.pinned}</span>`,
  sources > 1 && html`<a href="${storyPath(entry.story)}">${words.sources(sources)}</a>`,
  size === "listed" && html`<a class="why" href="${itemPath(item)}">${words.why}</a>`,
)}
${size === "lead" ? voices(paper, entry) : size !== "brief" && alsoAt(paper, entry)}
${size === "listed" && sources > 1 && html`<details class="why"><summary>${words.whyLead}</summary><p>${entry.because}</p></details>`}
</article>
`;
}

/** An entry is out later than its lead arrived only by an embargo, and is dated by its end here as in the feeds. */
const dated = ({ lead: { item }, publishedAt }: TopicEntry): Item =>
  publishedAt > item.arrivedAt ? { ...item, publishedAt } : item;

/** Under a title of ours, which is in the language of the page. */
function titled(item: Item, title: string | undefined, language: string): Item {
  if (title === undefined) return item;
  const { kicker: _, ...rest } = item;
  return { ...rest, title, language };
}

/** An item on its own, on the page of its publisher or of its story. */
export function itemCard(paper: Paper, { item, decision }: Placed, on: "publisher" | "story", note?: Html): Html {
  const { words } = paper;
  return html`<article class="card listed">
${headline(paper, item)}
${teaser(paper, item)}
${byline(
  paper,
  item,
  decision.section !== undefined && sectionLink(paper, decision.section),
  on !== "story" && html`<a href="${storyPath(decision.story)}">${words.storyLink}</a>`,
  html`<a class="why" href="${itemPath(item)}">${words.why}</a>`,
)}
${note}
</article>
`;
}

/** Publishers that tell the story, the lead's included. */
export const sourceCount = ({ lead, others }: TopicEntry): number =>
  new Set([lead, ...others].map(({ item }) => item.publisher)).size;

/** Each other publisher once, with its best item: `others` come best first. */
function otherVoices({ lead, others }: TopicEntry): readonly Item[] {
  const best = new Map<PublisherId, Item>();
  for (const { item } of others) {
    if (item.publisher !== lead.item.publisher && !best.has(item.publisher)) best.set(item.publisher, item);
  }
  return [...best.values()];
}

const originalUrl = (item: Item): string => webUrl(item.permalink) ?? itemPath(item);

/** The others' headlines, beside the lead's. */
function voices(paper: Paper, entry: TopicEntry): Html | undefined {
  const others = otherVoices(entry);
  if (others.length === 0) return undefined;
  const rest = others.length - NAMED;
  return html`<ul class="voices" aria-label="${paper.words.alsoAt}">${others.slice(0, NAMED).map(
    (item) =>
      html`<li><span>${paper.publisherTitle(item.publisher)}</span> <a href="${originalUrl(item)}" dir="auto"${langOf(paper, item)}>${item.title}</a></li>
`,
  )}${rest > 0 && html`<li><a href="${storyPath(entry.story)}">${paper.words.andMoreSources(rest)}</a></li>`}</ul>`;
}

function alsoAt(paper: Paper, entry: TopicEntry): Html | undefined {
  const others = otherVoices(entry);
  if (others.length === 0) return undefined;
  const named = others.slice(0, NAMED);
  const rest = others.length - named.length;
  return html`<p class="also">${paper.words.alsoAt}: ${named.map(
    (item, index) =>
      html`${index > 0 && ", "}<a href="${originalUrl(item)}">${paper.publisherTitle(item.publisher)}</a>`,
  )}${rest > 0 && html` <a href="${storyPath(entry.story)}">${paper.words.andMore(rest)}</a>`}</p>`;
}

/** A line's worth; the story's page has them all. */
const NAMED = 4;

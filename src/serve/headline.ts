import type { Item } from "../model/item.ts";
import { type Fragment, type Html, html, webUrl } from "./html.ts";
import type { Paper } from "./paper.ts";

export const itemPath = ({ id }: Pick<Item, "id">): string => `/items/${encodeURIComponent(id)}`;
export const storyPath = (id: string): string => `/stories/${encodeURIComponent(id)}`;
export const publisherPath = (id: string): string => `/publishers/${encodeURIComponent(id)}`;

/**
 * The kicker above the rest of the title; leads to the publisher's page, or to ours where there is none.
 * @param shown a part of the title as it is shown, from a character to another
 */
export function headline(
  paper: Paper,
  item: Item,
  level: "h1" | "h2" | "h3" = "h3",
  href = webUrl(item.permalink) ?? itemPath(item),
  shown: (from: number, to: number) => Fragment = (from, to) => item.title.slice(from, to),
): Html {
  const { kicker, rest } = splitTitle(item);
  const restFrom = item.title.length - rest.length;
  const text = html`<a href="${href}" dir="auto"${langOf(paper, item)}>${
    kicker !== undefined && html`<span class="kicker">${shown(0, kicker.length)}<span class="unseen">:</span></span> `
  }${shown(restFrom, item.title.length)}</a>`;
  if (level === "h1") return html`<h1>${text}</h1>`;
  return level === "h2" ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
}

/** Who and when, and what a reader should know before the click. */
export function byline(paper: Paper, item: Item, ...more: readonly Fragment[]): Html {
  const { words, times, now } = paper;
  const parts: readonly Fragment[] = [
    html`<a class="publisher" href="${publisherPath(item.publisher)}">${paper.publisherTitle(item.publisher)}</a>`,
    times.at(item.publishedAt ?? item.arrivedAt, now),
    ...(item.marks ?? []).map(
      (mark) => html`<span class="${mark === "live" ? "mark live" : "mark"}">${words.marks[mark] ?? mark}</span>`,
    ),
    item.revisedAt !== undefined && html`${words.updated} ${times.at(item.revisedAt, now)}`,
    ...more,
  ];
  return html`<p class="byline">${parts.map((part) => part !== undefined && part !== false && html`<span>${part}</span> `)}</p>`;
}

export function teaser(paper: Paper, item: Item): Html | undefined {
  if (item.teaser === undefined) return undefined;
  return html`<p class="teaser" dir="auto"${langOf(paper, item)}>${item.teaser}</p>`;
}

/** The section's page, where there is one: only republished sections have it. */
export function sectionLink(paper: Paper, id: string): Html {
  const title = paper.sectionTitle(id);
  return paper.sections.some((section) => section.id === id)
    ? html`<a href="/sections/${id}">${title}</a>`
    : html`${title}`;
}

/** Screen readers and hyphenation need to know where an item speaks another language than the page. */
export const langOf = ({ words }: Paper, { language }: Item): Html | false =>
  language !== undefined && language.split("-")[0] !== words.language && html` lang="${language}"`;

function splitTitle({ title, kicker }: Item): { readonly kicker?: string; readonly rest: string } {
  if (kicker === undefined || !title.startsWith(kicker)) return { rest: title };
  const rest = title.slice(kicker.length).replace(/^[\s:|–—-]+/, "");
  return rest === "" ? { rest: title } : { kicker, rest };
}

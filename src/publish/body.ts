import { escapeAttribute, escapeText } from "entities";
import { harmOf } from "./harm.ts";
import { wordsIn } from "./language.ts";
import { printable } from "./printable.ts";
import { uniqueBy } from "./unique.ts";

/** Longer full texts would make one story most of a document. */
const MAX_CONTENT = 200_000;

/** The story at one publisher. */
export interface Mention {
  readonly publisher: string;
  readonly title: string;
  readonly url: string;
}

/** An earlier story, on our own page. */
export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** What there is to read. `content` only where the operator may republish it. */
interface Text {
  readonly content?: string;
  /** plain text */
  readonly teaser?: string;
  /** the publisher's title, where ours is another */
  readonly original?: string;
}

/** The HTML of an entry: the text, the way to the publisher's page, who else has the story, and what came before it. */
export function bodyOf(
  text: Text,
  lead: Mention,
  others: readonly Mention[],
  storyUrl: string,
  language: string,
  related: readonly Reference[] = [],
): string {
  const words = wordsIn(language);
  const elsewhere = uniqueBy([lead, ...others], ({ publisher }) => publisher).slice(1);
  const paragraphs = [
    fullText(text.content) ?? paragraph(escapeText(text.teaser ?? "")),
    paragraph(text.original === undefined ? "" : escapeText(`${words.original} ${text.original}`)),
    paragraph(`${words.readAt} ${anchor(lead.url, lead.publisher)}`),
    paragraph(elsewhere.length === 0 ? "" : `${words.alsoAt} ${elsewhere.map(mention).join(", ")}`),
    paragraph(anchor(storyUrl, words.story)),
    relatedList(words.related, related),
  ];
  // the same HTML, in which no CDATA section ends
  return paragraphs.join("").replaceAll("]]>", "]]&gt;");
}

/** Nothing where it is too long or, against its promise, not harmless: the teaser stands in. */
function fullText(content: string | undefined): string | undefined {
  if (content === undefined || content.length > MAX_CONTENT) return undefined;
  const html = printable(content).trim();
  return html === "" || harmOf(html).length > 0 ? undefined : html;
}

function relatedList(heading: string, related: readonly Reference[]): string {
  const rows = related.map(({ title, url }) => `<li>${anchor(url, title)}</li>`);
  return rows.length === 0 ? "" : `${paragraph(escapeText(heading))}<ul>${rows.join("")}</ul>`;
}

function mention({ publisher, title, url }: Mention): string {
  return anchor(url, publisher, title);
}

function paragraph(html: string): string {
  return html === "" ? "" : `<p>${html}</p>`;
}

function anchor(url: string, text: string, title?: string): string {
  const tooltip = title === undefined ? "" : ` title="${escapeAttribute(title)}"`;
  return `<a href="${escapeAttribute(url)}"${tooltip}>${escapeText(text)}</a>`;
}

import type { Author, Draft } from "../model/item.ts";
import type { FeedFormat, Markup, ParsedItem } from "../model/parsed.ts";
import type { FeedProfile } from "../model/reading.ts";
import type { ItemDates } from "./dates.ts";
import { readAuthors, readCategories, readEnclosures, readLanguage } from "./details.ts";
import { type Html, readHtml } from "./html.ts";
import { chooseImage } from "./image.ts";
import { permalink } from "./permalink.ts";
import { beginningOf } from "./plain-text.ts";
import { present } from "./present.ts";
import type { Headline } from "./section-word.ts";
import { tidyTeaser } from "./teaser.ts";
import { kickerOf } from "./title.ts";
import { absoluteUrl } from "./url.ts";

export interface Context {
  readonly format: FeedFormat;
  /** URL that relative ones are meant against where the item names none */
  readonly base: string;
  /** of the feed that the item is in */
  readonly profile: FeedProfile;
}

/** What only the whole document tells of one of its items. */
export interface Findings {
  readonly headline: Partial<Headline>;
  readonly marks: readonly string[];
  readonly dates: ItemDates;
}

export function readDraft(item: ParsedItem, { headline, marks, dates }: Findings, context: Context): Draft {
  const base = item.base ?? context.base;
  const page = item.link ?? (item.guidIsLink ? item.guid : undefined);
  const summary = item.summary === undefined ? undefined : readHtml(item.summary, base);
  const content = item.content === undefined ? undefined : contentOf(item.content, item, summary, base);
  return present<Draft>({
    guid: readGuid(item, base, context.format),
    permalink: page === undefined ? undefined : permalink(page, base),
    title: headline.title,
    sectionWord: headline.sectionWord,
    kicker: kickerOf(headline.title ?? ""),
    marks,
    summary: summary?.html,
    content: content?.html,
    teaser: readTeaser(summary) || readTeaser(content),
    authors: readBylines(item, base, context),
    categories: readCategories(item.categories),
    enclosures: readEnclosures(item.enclosures, base),
    image: chooseImage(item, base, [...(summary?.pictures ?? []), ...(content?.pictures ?? [])]),
    publishedAt: dates.publishedAt,
    isDayOnly: dates.isDayOnly,
    updatedAt: dates.updatedAt,
    language: readLanguage(item.language) ?? context.profile.language,
  });
}

/** In Atom and JSON Feed the feed's authors wrote what names no other (RFC 4287 4.2.1); RSS names an editor there. */
function readBylines({ authors }: ParsedItem, base: string, { format, profile }: Context): readonly Author[] {
  const own = readAuthors(authors, base);
  return own.length === 0 && (format === "atom" || format === "json") ? (profile.authors ?? []) : own;
}

/** Some publishers give the same text twice. */
function contentOf(content: Markup, { summary }: ParsedItem, read: Html | undefined, base: string): Html {
  const isRepeated = content.text === summary?.text && content.type === summary.type && content.base === summary.base;
  return isRepeated && read !== undefined ? read : readHtml(content, base);
}

const readTeaser = (html: Html | undefined): string => (html === undefined ? "" : tidyTeaser(beginningOf(html.text)));

/** An Atom id is an IRI, so a relative one is meant absolute; any other guid is a name and stays as it is. */
function readGuid({ guid }: ParsedItem, base: string, format: FeedFormat): string | undefined {
  return guid !== undefined && format === "atom" && guid.includes("/") && !URL.canParse(guid)
    ? (absoluteUrl(guid, base) ?? guid)
    : guid;
}

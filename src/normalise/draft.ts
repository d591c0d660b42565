import { decodeHTMLAttribute } from "entities";
import type { Author, Draft, Image } from "../model/item.ts";
import type { FeedFormat, Markup, ParsedItem } from "../model/parsed.ts";
import type { FeedProfile } from "../model/reading.ts";
import { readAuthors, readCategories, readEnclosures, readImage, readLanguage } from "./details.ts";
import { safeHtml } from "./html.ts";
import { permalink } from "./permalink.ts";
import { plainText } from "./plain-text.ts";
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

export function readDraft(
  item: ParsedItem,
  headline: Partial<Headline> & { marks: readonly string[] },
  context: Context,
): Draft {
  const base = item.base ?? context.base;
  const page = item.link ?? (item.guidIsLink ? item.guid : undefined);
  const summary = item.summary === undefined ? undefined : safeHtml(item.summary, base);
  const content = item.content === undefined ? undefined : safeHtml(item.content, base);
  return present({
    guid: readGuid(item, base, context.format),
    permalink: page === undefined ? undefined : permalink(page, base),
    title: headline.title,
    sectionWord: headline.sectionWord,
    kicker: kickerOf(headline.title ?? ""),
    marks: headline.marks,
    summary,
    content,
    teaser: readTeaser(item.summary) || readTeaser(item.content),
    authors: readBylines(item, base, context),
    categories: readCategories(item.categories),
    enclosures: readEnclosures(item.enclosures, base),
    image: readImage(item.image, base) ?? firstImage(summary) ?? firstImage(content),
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    language: readLanguage(item.language) ?? context.profile.language,
  });
}

/** In Atom and JSON Feed the feed's authors wrote what names no other (RFC 4287 4.2.1); RSS names an editor there. */
function readBylines({ authors }: ParsedItem, base: string, { format, profile }: Context): readonly Author[] {
  const own = readAuthors(authors, base);
  return own.length === 0 && (format === "atom" || format === "json") ? (profile.authors ?? []) : own;
}

/** The first picture of safe HTML: many publishers name it nowhere else. */
function firstImage(html: string | undefined): Image | undefined {
  const [, source] = /<img src="([^"]{1,4096})"/.exec(html ?? "") ?? [];
  return source === undefined ? undefined : { url: decodeHTMLAttribute(source) };
}

const readTeaser = (markup: Markup | undefined): string => (markup === undefined ? "" : tidyTeaser(plainText(markup)));

/** An Atom id is an IRI, so a relative one is meant absolute; any other guid is a name and stays as it is. */
function readGuid({ guid }: ParsedItem, base: string, format: FeedFormat): string | undefined {
  return guid !== undefined && format === "atom" && guid.includes("/") && !URL.canParse(guid)
    ? (absoluteUrl(guid, base) ?? guid)
    : guid;
}

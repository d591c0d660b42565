/** What others read in our documents, in one shape: the readers of the round trip. */
import FeedParser from "feedparser";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { Parser as HtmlParser } from "htmlparser2";
import type { OutputFormat, PublishedDocument } from "../../src/model/published.ts";
import { parse } from "../../src/parse/parse.ts";

export interface ReadItem {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly publishedAt?: number | undefined;
  readonly updatedAt?: number | undefined;
  readonly authors: readonly (string | undefined)[];
  readonly enclosures: readonly ReadEnclosure[];
}

interface ReadEnclosure {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly length?: number | undefined;
}

export type Reader = (document: PublishedDocument, format: OutputFormat) => Promise<readonly ReadItem[]>;

/** Ressort itself, as it reads any publisher, before it tidies what others made of it. */
export const ours: Reader = async ({ text, contentType }) => {
  const headers = { "content-type": contentType };
  const parsed = await parse({ url: "https://feeds.example.org/feed", headers, bytes: Buffer.from(text) });
  if (parsed.kind === "unreadable") throw new Error(parsed.why);
  return parsed.items.map(({ guid, title, link, publishedAt, updatedAt, authors, enclosures }) => ({
    id: guid,
    title: title?.type === "html" ? textOfHtml(title.text) : title?.text,
    link,
    publishedAt,
    updatedAt,
    authors: authors.map(({ name }) => name),
    enclosures,
  }));
};

export const feedsmith: Reader = async ({ text }, format) => {
  if (format === "rss") return parseRssFeed(text).items?.map(rssItem) ?? [];
  if (format === "atom") return parseAtomFeed(text).entries?.map(atomEntry) ?? [];
  return parseJsonFeed(text).items?.map(jsonItem) ?? [];
};

type RssItem = NonNullable<ReturnType<typeof parseRssFeed<string>>["items"]>[number];
type AtomEntry = NonNullable<ReturnType<typeof parseAtomFeed<string>>["entries"]>[number];
type JsonItem = NonNullable<ReturnType<typeof parseJsonFeed<string>>["items"]>[number];

function rssItem({ guid, title, link, pubDate, atom, dc, enclosures = [], media }: RssItem): ReadItem {
  const others = (media?.contents ?? []).filter(({ medium }) => medium !== "image");
  return {
    id: guid?.value,
    title,
    link,
    publishedAt: instantOf(pubDate),
    updatedAt: instantOf(atom?.updated),
    authors: dc?.creators ?? [],
    enclosures: [...enclosures, ...others.map(({ url, type, fileSize: length }) => ({ url, type, length }))],
  };
}

function atomEntry({ id, title, links = [], published, updated, authors = [] }: AtomEntry): ReadItem {
  return {
    id,
    title: textOfHtml(title?.value ?? ""),
    link: links.find(({ rel }) => rel === "alternate")?.href,
    publishedAt: instantOf(published),
    updatedAt: instantOf(updated),
    authors: authors.map(({ name }) => name),
    enclosures: links
      .filter(({ rel }) => rel === "enclosure")
      .map(({ href: url, type, length }) => ({ url, type, length })),
  };
}

function jsonItem({
  id,
  title,
  url,
  date_published,
  date_modified,
  authors = [],
  attachments = [],
}: JsonItem): ReadItem {
  return {
    id,
    title,
    link: url,
    publishedAt: instantOf(date_published),
    updatedAt: instantOf(date_modified),
    authors: authors.map(({ name }) => name),
    enclosures: attachments.map(({ url: at, mime_type: type, size_in_bytes: length }) => ({ url: at, type, length })),
  };
}

/** The npm package, which many programs read RSS and Atom with; it knows no JSON Feed. */
export const nodeFeedparser: Reader = async ({ text }, format) => {
  const parser = new FeedParser({ addmeta: false });
  const items: FeedParser.Item[] = [];
  const failed = new Promise<never>((_, reject) => parser.on("error", reject));
  const ended = new Promise<void>((resolve) => parser.on("end", resolve));
  parser.on("readable", () => {
    for (let item = parser.read(); item !== null; item = parser.read()) items.push(item);
  });
  parser.end(text);
  await Promise.race([ended, failed]);
  return items.map((item) => ({
    id: item.guid,
    title: format === "atom" ? textOfHtml(item.title) : item.title,
    link: item.link,
    publishedAt: item.pubdate?.getTime(),
    // of RSS it knows no date of change
    updatedAt: format === "atom" ? item.date?.getTime() : undefined,
    authors: namesIn(format === "atom" ? item["atom:author"] : item["dc:creator"]),
    enclosures: item.enclosures.map(({ url, type, length }) => ({
      url,
      type: type ?? undefined,
      length: length === null || length === undefined ? undefined : Number(length),
    })),
  }));
};

/** Of its own trees: `author` names only one of them. */
function namesIn(found: unknown): readonly string[] {
  return [found].flat().map((node) => {
    const { name = node } = node as { name?: unknown };
    return String((name as { "#"?: unknown })["#"] ?? "");
  });
}

function textOfHtml(html: string): string {
  const parts: string[] = [];
  new HtmlParser({ ontext: (part) => void parts.push(part) }).end(html);
  return parts.join("");
}

function instantOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date);
}

import type { Author, Category, Enclosure, Image } from "../model/item.ts";
import type { Markup, Parsed, ParsedFeed, ParsedItem } from "../model/parsed.ts";
import { clean } from "./clean.ts";
import { compact } from "./compact.ts";
import { parseDate } from "./date.ts";
import { isRecord, type Json, list } from "./json.ts";
import { firstOfWeb } from "./links.ts";

/** JSON Feed 1.0 and 1.1 (jsonfeed.org); a field of the wrong type is left out, a wrong item does not cost the others. */
export function parseJsonFeed(json: Json, documentUrl: string): Parsed {
  const entries = list(json["items"]).filter(isRecord);
  if (string(json["version"]) === undefined && entries.length === 0)
    return { kind: "unreadable", why: "JSON, but no JSON Feed" };
  return {
    kind: "parsed",
    format: "json",
    feed: readFeed(json),
    items: entries.slice(0, MAX_ITEMS).map(readItem),
    hints: compact({
      self: firstOfWeb(strings([json["feed_url"]]), documentUrl),
      hub: firstOfWeb(strings(list(json["hubs"]).map((hub) => (isRecord(hub) ? hub["url"] : undefined))), documentUrl),
    }),
    repairs: entries.length > MAX_ITEMS ? ["too-many-items"] : [],
  };
}

/** A document with more is no feed; the first ones are kept. */
const MAX_ITEMS = 10_000;

function string(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  const trimmed = typeof value === "string" ? clean(value).trim() : "";
  return trimmed === "" ? undefined : trimmed;
}

const strings = (values: readonly unknown[]): readonly string[] => values.flatMap((value) => string(value) ?? []);

const count = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 ? Math.round(value) : undefined;

function readFeed(json: Json): ParsedFeed {
  return compact({
    title: markup(json["title"], "text"),
    subtitle: markup(json["description"], "text"),
    homeUrl: string(json["home_page_url"]),
    id: string(json["feed_url"]),
    language: string(json["language"]),
    authors: readAuthors(json),
    categories: [],
    image: readImage(json["icon"] ?? json["favicon"]),
  });
}

function readItem(json: Json): ParsedItem {
  const guid = string(json["id"]);
  const images = [json["image"], json["banner_image"]].flatMap((value) => readImage(value) ?? []);
  return compact({
    guid,
    guidIsLink: guid !== undefined && /^https?:\/\//i.test(guid) ? true : undefined,
    link: string(json["url"]) ?? string(json["external_url"]),
    title: markup(json["title"], "text"),
    summary: markup(json["summary"], "text"),
    content: markup(json["content_html"], "html") ?? markup(json["content_text"], "text"),
    authors: readAuthors(json),
    categories: list(json["tags"]).flatMap((tag): readonly Category[] => {
      const term = string(tag);
      return term === undefined ? [] : [{ term }];
    }),
    enclosures: list(json["attachments"]).filter(isRecord).flatMap(readEnclosure),
    image: images[0],
    images: images.length === 0 ? undefined : images,
    publishedAt: parseDate(string(json["date_published"]) ?? ""),
    updatedAt: parseDate(string(json["date_modified"]) ?? ""),
    language: string(json["language"]),
  });
}

function markup(value: unknown, type: Markup["type"]): Markup | undefined {
  const text = string(value);
  return text === undefined ? undefined : { text, type };
}

/** 1.0 knew one `author`, 1.1 a list of `authors`. */
function readAuthors(json: Json): readonly Author[] {
  const several = list(json["authors"]);
  return (several.length === 0 ? [json["author"]] : several).filter(isRecord).flatMap((author) => {
    const found: Author = compact({ name: string(author["name"]), url: string(author["url"]) });
    return Object.keys(found).length === 0 ? [] : [found];
  });
}

function readEnclosure(json: Json): readonly Enclosure[] {
  const url = string(json["url"]);
  return url === undefined
    ? []
    : [compact({ url, type: string(json["mime_type"]), length: count(json["size_in_bytes"]) })];
}

function readImage(value: unknown): Image | undefined {
  const url = string(value);
  return url === undefined ? undefined : { url };
}

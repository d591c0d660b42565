import type { Parsed } from "../model/parsed.ts";
import type { FeedProfile } from "../model/reading.ts";
import { readAuthors, readCategories, readLanguage } from "./details.ts";
import { readImage } from "./image.ts";
import { plainText } from "./plain-text.ts";
import { present } from "./present.ts";
import { absoluteUrl } from "./url.ts";

/** What a feed says of itself. */
export function readProfile({ feed, format }: Extract<Parsed, { kind: "parsed" }>, url: string): FeedProfile {
  const homeUrl = feed.homeUrl === undefined ? undefined : absoluteUrl(feed.homeUrl, url);
  const isRelative = format === "atom" && feed.id?.includes("/") && !URL.canParse(feed.id);
  return present({
    title: feed.title === undefined ? undefined : plainText(feed.title),
    subtitle: feed.subtitle === undefined ? undefined : plainText(feed.subtitle),
    homeUrl,
    id: feed.id !== undefined && isRelative ? (absoluteUrl(feed.id, url) ?? feed.id) : feed.id,
    language: readLanguage(feed.language),
    updatedAt: feed.updatedAt,
    authors: readAuthors(feed.authors, homeUrl ?? url),
    categories: readCategories(feed.categories),
    image: readImage(feed.image, homeUrl ?? url),
  });
}

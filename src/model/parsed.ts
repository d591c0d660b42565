import type { Author, Category, Enclosure, Image } from "./item.ts";
import type { Duration, Instant } from "./time.ts";

export type FeedFormat = "rss" | "rdf" | "atom" | "json";

/** Text of a construct that may hold markup. `base` is the URL that relative links inside are meant against. */
export interface Markup {
  readonly text: string;
  readonly type: "text" | "html";
  readonly base?: string;
}

/** An item as its publisher wrote it: decoded and in one shape, neither safe nor absolute nor tidy. */
export interface ParsedItem {
  readonly guid?: string;
  /** RSS: isPermaLink is not "false" and the guid looks like a URL */
  readonly guidIsLink?: boolean;
  /** absolute where a base is known, else as written */
  readonly link?: string;
  readonly title?: Markup;
  readonly summary?: Markup;
  readonly content?: Markup;
  readonly authors: readonly Author[];
  readonly categories: readonly Category[];
  readonly enclosures: readonly Enclosure[];
  readonly image?: Image;
  /** all pictures that the publisher names beside the text, those that speak first in front */
  readonly images?: readonly Image[];
  readonly publishedAt?: Instant;
  readonly updatedAt?: Instant;
  readonly language?: string;
  /** URL that this item's relative URLs are meant against */
  readonly base?: string;
}

export interface ParsedFeed {
  readonly title?: Markup;
  readonly subtitle?: Markup;
  readonly homeUrl?: string;
  readonly id?: string;
  readonly language?: string;
  readonly updatedAt?: Instant;
  readonly authors: readonly Author[];
  readonly categories: readonly Category[];
  readonly image?: Image;
}

/** What the document itself asks of those who poll it (RSS 2.0 ttl, skipHours, skipDays; mod_syndication). */
export interface DocumentHints {
  readonly ttl?: Duration;
  readonly updatePeriod?: Duration;
  /** hours of the day, 0-23, GMT */
  readonly skipHours?: readonly number[];
  /** days of the week, 0 = Sunday */
  readonly skipDays?: readonly number[];
  readonly hub?: string;
  readonly self?: string;
}

export type Parsed =
  | {
      readonly kind: "parsed";
      readonly format: FeedFormat;
      readonly feed: ParsedFeed;
      readonly items: readonly ParsedItem[];
      readonly hints: DocumentHints;
      /** what had to be mended, e.g. "stray-ampersand", "truncated" */
      readonly repairs: readonly string[];
    }
  | { readonly kind: "unreadable"; readonly why: string };

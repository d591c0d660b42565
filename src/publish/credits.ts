import type { Feed, Publisher } from "../model/feed.ts";
import type { Item } from "../model/item.ts";
import type { Decision } from "../model/news.ts";
import type { Settings } from "../model/settings.ts";
import { webAddress } from "./address.ts";
import type { Label } from "./labels.ts";
import { languageTag } from "./language.ts";
import { present } from "./present.ts";
import { line } from "./printable.ts";

export type Site = Pick<Settings, "publicUrl" | "title" | "language" | "publishers" | "feeds" | "sections">;

/** Whom a republished item came from. */
export interface Source {
  readonly title: string;
  readonly feedUrl: string;
  readonly homeUrl?: string;
}

/** Who is named for an item, from the settings; publishers and feeds that are no longer in them included. */
export function creditsOf(site: Site) {
  const publishers: ReadonlyMap<string, Publisher> = new Map(
    site.publishers.map((publisher) => [publisher.id, publisher]),
  );
  const feeds: ReadonlyMap<string, Feed> = new Map(site.feeds.map((feed) => [feed.id, feed]));
  const nameOf = (item: Item) =>
    line(publishers.get(item.publisher)?.title) || hostOf(item.permalink) || line(item.publisher);
  return {
    publicUrl: site.publicUrl,
    ownTitle: line(site.title) || new URL(site.publicUrl).hostname,
    publisherOf: nameOf,
    mayRepublishAll: (item: Item) => feeds.get(item.feed)?.fullContent === true,
    languageOf: (item: Item) =>
      languageTag(item.language ?? feeds.get(item.feed)?.language ?? publishers.get(item.publisher)?.language),
    sourceOf(item: Item): Source {
      const feed = feeds.get(item.feed);
      const homeUrl = webAddress(publishers.get(item.publisher)?.homeUrl);
      const feedUrl = webAddress(feed?.url) ?? homeUrl ?? originOf(item.permalink) ?? site.publicUrl;
      return present({ title: line(feed?.title) || nameOf(item), feedUrl, homeUrl });
    },
    sectionOf({ section: id }: Decision, language: string | undefined): Label | undefined {
      if (id === undefined) return undefined;
      const titles = site.sections.find((section) => section.id === id)?.titles ?? {};
      const label = titles[language?.split("-", 1)[0] ?? ""] ?? titles[site.language] ?? Object.values(titles)[0];
      return { term: id, label: line(label) || id, scheme: `${site.publicUrl}/sections` };
    },
  };
}

export type Credits = ReturnType<typeof creditsOf>;

function hostOf(address: string | undefined): string | undefined {
  return URL.parse(address ?? "")?.hostname.replace(/^www\./, "");
}

function originOf(address: string | undefined): string | undefined {
  const safe = webAddress(address);
  return safe === undefined ? undefined : `${new URL(safe).origin}/`;
}

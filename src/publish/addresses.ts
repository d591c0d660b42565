import { FORMATS, type OutputFormat } from "../model/published.ts";
import type { Settings } from "../model/settings.ts";
import type { Topic } from "../model/topic.ts";
import { present } from "./present.ts";

/** Where a feed is found: everything that depends on what the feed is made of. */
export interface Addresses {
  /** the page for people; also the id of the whole feed, so it must stay */
  readonly page: string;
  readonly self: Readonly<Record<OutputFormat, string>>;
  /** of the documents, without the leading slash: "topics/energie.rss" */
  readonly path: Readonly<Record<OutputFormat, string>>;
  /** where WebSub subscribers ask; left out where there is no hub */
  readonly hub?: string;
}

type PublicSite = Pick<Settings, "publicUrl">;

/** /topics/energie, or /sections/politik where the topic is a section's own. */
export function topicAddresses(topic: Topic, site: PublicSite, hub?: string): Addresses {
  const place = topic.section === undefined ? `topics/${topic.id}` : `sections/${topic.section}`;
  return addressesAt(site, place, "", hub);
}

/** /search?q=gold, and the same question as a feed: /search.rss?q=gold. */
export function searchAddresses(query: string, site: PublicSite): Addresses {
  return addressesAt(site, "search", `?${new URLSearchParams({ q: query })}`);
}

function addressesAt(site: PublicSite, place: string, question: string, hub?: string): Addresses {
  const path = perFormat((format) => `${place}.${format}${question}`);
  const self = perFormat((format) => `${site.publicUrl}/${path[format]}`);
  return present({ page: `${site.publicUrl}/${place}${question}`, self, path, hub });
}

function perFormat(make: (format: OutputFormat) => string): Readonly<Record<OutputFormat, string>> {
  return Object.fromEntries(FORMATS.map((format) => [format, make(format)])) as Record<OutputFormat, string>;
}

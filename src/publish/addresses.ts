import { FORMATS, type OutputFormat } from "../model/published.ts";
import type { Settings } from "../model/settings.ts";
import { type Duration, MINUTE } from "../model/time.ts";
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
  /** how long a reader need not ask again, as Cache-Control says it; left out where nothing ever changes */
  readonly freshFor?: Duration;
  /** RFC 5005: where the stories are that came before; left out where there are none */
  readonly older?: Readonly<Record<OutputFormat, string>>;
  /** set in an archive */
  readonly archiveOf?: {
    readonly current: Readonly<Record<OutputFormat, string>>;
    /** named before it is there, so that an archive never changes */
    readonly newer: Readonly<Record<OutputFormat, string>>;
  };
}

const TOPIC_FRESH = 5 * MINUTE;
const SEARCH_FRESH = MINUTE;

type PublicSite = Pick<Settings, "publicUrl">;

/**
 * /topics/energie, or /sections/politik where the topic is a section's own.
 * @param archives how many archives there are
 */
export function topicAddresses(topic: Topic, site: PublicSite, hub?: string, archives = 0): Addresses {
  const older = archives === 0 ? undefined : archiveSelf(topic, site, archives);
  return present({ ...addressesAt(site, placeOf(topic)), freshFor: TOPIC_FRESH, hub, older });
}

/** /topics/energie/corrections: what publishers put right in the topic's items. */
export function correctionAddresses(topic: Topic, site: PublicSite, hub?: string): Addresses {
  return present({ ...addressesAt(site, `${placeOf(topic)}/corrections`), freshFor: TOPIC_FRESH, hub });
}

/** /topics/energie/archive/12: the twelfth from the oldest, for ever. */
export function archiveAddresses(topic: Topic, site: PublicSite, archive: number): Addresses {
  const { page, self: current } = topicAddresses(topic, site);
  const older = archive === 1 ? undefined : archiveSelf(topic, site, archive - 1);
  const newer = archiveSelf(topic, site, archive + 1);
  return present({ ...addressesAt(site, archivePlace(topic, archive)), page, older, archiveOf: { current, newer } });
}

/** /search?q=gold, and the same question as a feed: /search.rss?q=gold. */
export function searchAddresses(query: string, site: PublicSite): Addresses {
  return { ...addressesAt(site, "search", `?${new URLSearchParams({ q: query })}`), freshFor: SEARCH_FRESH };
}

function placeOf({ id, section }: Topic): string {
  return section === undefined ? `topics/${id}` : `sections/${section}`;
}

function archivePlace(topic: Topic, archive: number): string {
  return `${placeOf(topic)}/archive/${archive}`;
}

function archiveSelf(topic: Topic, site: PublicSite, archive: number): Addresses["self"] {
  return addressesAt(site, archivePlace(topic, archive)).self;
}

function addressesAt(site: PublicSite, place: string, question = ""): Pick<Addresses, "page" | "self" | "path"> {
  const path = perFormat((format) => `${place}.${format}${question}`);
  const self = perFormat((format) => `${site.publicUrl}/${path[format]}`);
  return { page: `${site.publicUrl}/${place}${question}`, self, path };
}

function perFormat(make: (format: OutputFormat) => string): Readonly<Record<OutputFormat, string>> {
  return Object.fromEntries(FORMATS.map((format) => [format, make(format)])) as Record<OutputFormat, string>;
}

import { getDomain } from "tldts";
import { isCanonicalUri } from "../model/canonical-uri.ts";

const MAX_IRI = 500;

/** Registrable domains. */
export type Domains = Pick<ReadonlySet<string>, "has">;

/** Where a feed is at home, and where others are. */
export interface Grounds {
  readonly feedUrl: string;
  readonly homeUrl?: string;
  readonly permalink?: string;
  /** on which other publishers of ours are at home */
  readonly others: Domains;
}

/**
 * May an item go by this guid on output? Nobody takes an address of another publisher of ours for its own, or of a
 * host that nothing else of feed or item is on. A feed on its own domain names what it likes there.
 */
export function isOwnIri(guid: string, grounds: Grounds): boolean {
  if (guid.length > MAX_IRI || !isCanonicalUri(guid)) return false;
  if (/^https?:/.test(guid)) {
    const domain = domainOf(guid);
    if (domain === undefined) return false;
    const { feedUrl, homeUrl, permalink, others } = grounds;
    if (domain === domainOf(feedUrl)) return true;
    return !others.has(domain) && (domain === domainOf(permalink) || domain === domainOf(homeUrl));
  }
  const [, authority] = /^tag:(?:[^,@]{1,200}@)?([^,:]{1,200}),/.exec(guid) ?? [];
  const domain = authority === undefined ? undefined : domainOf(`https://${authority}`);
  return domain === undefined || domain === domainOf(grounds.feedUrl) || !grounds.others.has(domain);
}

/** "example.co.uk" of "https://news.example.co.uk/a"; each customer of a blog host has their own; else the host itself. */
export function domainOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  return getDomain(url, { allowPrivateDomains: true }) ?? URL.parse(url)?.hostname.toLowerCase();
}

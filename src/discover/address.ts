import { getDomain } from "tldts";

/** Longer ones are refused by servers. */
const MAX_LENGTH = 2000;

/** An http(s) address as it may stand in config/feeds.yaml; undefined where the text is none. Knows feed: and its like. */
export function webAddress(text: string, base?: string): string | undefined {
  const trimmed = text.trim().replace(/^(?:feed|itpc|pcast|rss|podcast):(?:\/\/)?(?=https?:)/i, "");
  const meant = trimmed.replace(/^(?:feed|itpc|pcast|rss|podcast):\/\//i, "http://");
  const url = meant === "" || meant.length > MAX_LENGTH ? null : URL.parse(meant, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  url.hash = "";
  return url.href;
}

/** Equal for addresses that are one feed: http or https, with or without "www." and a slash at the end. */
export function addressKey(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  const host = parsed.host.replace(/^www\./, "").replace(/:(?:80|443)$/, "");
  return `${host}${parsed.pathname.replace(/\/+$/, "")}${parsed.search}`;
}

/** Hosts whose customers are publishers of their own, told apart by the name before the domain … */
const BY_NAME: ReadonlySet<string> = new Set(
  "substack.com tumblr.com wordpress.com blogspot.com livejournal.com podigee.io libsyn.com beehiiv.com".split(" "),
);
/** … or by the path. */
const BY_PATH: ReadonlySet<string> = new Set(
  "feedburner.com feedblitz.com medium.com youtube.com rss.app rsshub.app fetchrss.com soundcloud.com".split(" "),
);

/**
 * Whose address it is: what a publisher registers ("heise.de" of newsticker.heise.de, "blog.github.io" of
 * blog.github.io), or its place at a host of many publishers.
 */
export function domainOf(url: string): string {
  const { host = url, pathname = "" } = URL.parse(url) ?? {};
  const domain = getDomain(url, { allowPrivateDomains: true }) ?? host;
  if (BY_NAME.has(domain)) return host;
  return BY_PATH.has(domain) ? host + pathname : domain;
}

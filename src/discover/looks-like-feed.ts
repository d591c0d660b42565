const FEED_TYPES: ReadonlySet<string> = new Set(
  (
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml application/x.atom+xml " +
    "application/x-rss+xml application/x-atom+xml application/rss application/atom text/rss text/rss+xml text/atom+xml"
  ).split(" "),
);
/** Pages also say these of what is no feed at all: WordPress of its interface, others of a site map. */
const VAGUE_TYPES: ReadonlySet<string> = new Set(
  "application/json application/xml text/xml text/json application/x-json".split(" "),
);

/** "feed", "rss", "atom" as a word of their own: not feedback, not atomkraft. */
const FEED_WORD = /(?:^|[/._~;!?=&-])(?:feeds?|rss2?|rssfeeds?|atom|rdf|newsfeeds?)(?:$|[/._;?=&\d-])/i;
const FEED_FILE = /\.(?:rss|rdf|atom)$/i;
const NO_FEED = /sitemap|opensearch|oembed|osd\.xml|wp-json|manifest|\.(?:css|js|png|jpe?g|gif|svg|ico|pdf|zip)$/i;
/** Those who read feeds for people: their links hold the feed's address, and lead elsewhere. */
const READERS = /(?:^|\.)(?:feedly\.com|inoreader\.com|netvibes\.com|newsblur\.com|subtome\.com|addtoany\.com)$/;

/** What a <link> says of its type decides; where the type is vague, the address does. */
export function isFeedType(type: string | undefined, url: string): boolean {
  const [essence = ""] = (type ?? "").toLowerCase().split(";");
  const plain = essence.trim();
  return FEED_TYPES.has(plain) || (VAGUE_TYPES.has(plain) && isFeedAddress(url));
}

/** Whatever it is called: a site map, a picture, another reader's page. */
export function isNoFeed(url: string): boolean {
  const { hostname = "", pathname = "" } = URL.parse(url) ?? {};
  return NO_FEED.test(pathname) || READERS.test(hostname);
}

/** Does the address of a link look as feeds' addresses do? */
export function isFeedAddress(url: string): boolean {
  const { hostname = "", pathname = "", search = "" } = URL.parse(url) ?? {};
  if (isNoFeed(url)) return false;
  return FEED_FILE.test(pathname) || FEED_WORD.test(pathname + search) || /^(?:feeds?|rss)\d?\./.test(hostname);
}

/** "RSS", "Atom-Feed", "Feed abonnieren": what people are told. */
export const isFeedLabel = (text: string): boolean => /\b(?:rss|atom|feeds?|json[ -]?feed)\b/i.test(text);

/** Feeds of comments are seldom what somebody wants who gives the address of a page. */
export const isOfComments = (text: string): boolean => /comment|kommentar/i.test(text);

/** The usual prefix of a namespace, "" for the feed formats themselves; undefined where we do not know it. */
export function prefixOf(uri: string): string | undefined {
  const plain = uri.trim().toLowerCase();
  return PREFIXES.get(plain) ?? PREFIXES.get(plain.replace(/[/#]$/, "")) ?? (FORMATS.test(plain) ? "" : undefined);
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["http://example.com/newformat", ""],
  ["http://example.com/necho", ""],
  ["uri/of/echo/namespace", ""],
  ["http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"],
  ["http://purl.org/dc/elements/1.1", "dc"],
  ["http://purl.org/dc/elements/1.0", "dc"],
  ["http://purl.org/dc/terms", "dcterms"],
  ["http://purl.org/rss/1.0/modules/content", "content"],
  ["http://purl.org/rss/1.0/modules/syndication", "sy"],
  ["http://search.yahoo.com/mrss", "media"],
  ["http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"],
  ["http://www.itunes.com/dtd/podcast-1.0.dtd", "itunes"],
  ["http://example.com/dtds/podcast-1.0.dtd", "itunes"],
  ["http://rssnamespace.org/feedburner/ext/1.0", "feedburner"],
  ["http://www.w3.org/1999/xhtml", "xhtml"],
  ["http://www.w3.org/xml/1998/namespace", "xml"],
  ["http://webfeeds.org/rss/1.0", "webfeeds"],
  ["https://podcastindex.org/namespace/1.0", "podcast"],
  ["https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", "podcast"],
]);

/** Every draft of Atom and every edition of RSS has had a namespace of its own. */
const FORMATS = new RegExp(
  [
    "^https?://(?:www\\.)?(?:w3\\.org/2005/atom",
    "purl\\.org/(?:atom/ns|echo|pie|rss/1\\.0(?:/modules/rss091)?[/#]?$|net/rss1\\.1)",
    "backend\\.userland\\.com/rss",
    "(?:my|channel)\\.netscape\\.com",
    "(?:blogs|cyber)\\.(?:law\\.)?harvard\\.edu/(?:tech/)?rss)",
  ].join("|"),
);

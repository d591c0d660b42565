/**
 * What an element of a feed is for.
 * - container: holds items and what is said of the feed
 * - item: one item
 * - text: its text is the value
 * - markup: its text, or its own markup, is the value
 * - group: has parts of its own (an author's name and e-mail)
 * - wrapper: its attributes are a value, and its children are read as if they stood beside it
 */
type Kind = "container" | "item" | "text" | "markup" | "group" | "wrapper";

export interface Meaning {
  readonly kind: Kind;
  /** the name it gets in the XML handed to rss-parser */
  readonly as: string;
  /** 0 speaks first; a higher rank speaks where the lower ones are silent */
  readonly rank: number;
}

/**
 * Element name (usual prefix, lower case) to meaning. Nothing may come out as `description`, `content` or `content:encoded`:
 * rss-parser makes a snippet of those, in quadratic time.
 */
export const ELEMENTS: ReadonlyMap<string, Meaning> = new Map([
  ...meaning("container", "", ["rss", "rdf:rdf", "rdf", "channel", "feed"]),
  ...meaning("item", "item", ["item", "entry"]),
  ...meaning("markup", "title", ["title"], ["dc:title", "itunes:title"], ["media:title"]),
  ...meaning(
    "markup",
    "summary",
    ["description", "summary", "abstract"],
    ["dc:description", "dcterms:abstract"],
    ["itunes:summary"],
    ["itunes:subtitle"],
    ["media:description"],
  ),
  ...meaning(
    "markup",
    "body",
    ["content:encoded", "content", "body", "xhtml:body", "fullitem"],
    ["xhtml:div", "rdf:value"],
  ),
  ...meaning("markup", "subtitle", ["subtitle", "tagline"]),
  ...meaning("text", "link", ["link"]),
  ...meaning("text", "origin", ["feedburner:origlink"]),
  ...meaning("text", "id", ["guid", "id"], ["dc:identifier"]),
  ...meaning(
    "text",
    "published",
    ["pubdate", "published"],
    ["issued", "dcterms:issued"],
    ["dc:date", "date"],
    ["created", "dcterms:created"],
  ),
  ...meaning("text", "updated", ["updated", "modified", "lastbuilddate"], ["dcterms:modified"]),
  ...meaning(
    "group",
    "author",
    ["author", "managingeditor", "dc:creator", "dc:author"],
    ["itunes:author", "itunes:owner"],
    ["podcast:person", "media:credit"],
    ["webmaster", "dc:publisher"],
  ),
  // a higher rank of category is a list with commas
  ...meaning(
    "text",
    "category",
    ["category", "dc:subject", "media:category"],
    ["tags", "keywords", "itunes:keywords", "media:keywords"],
  ),
  ...meaning("wrapper", "category", ["itunes:category"]),
  ...meaning("text", "attachment", ["enclosure"]),
  ...meaning("wrapper", "attachment", [], ["media:content"]),
  // RSS 1.0's other way to say content: content:items, rdf:Bag, rdf:li, content:item, rdf:value
  ...meaning("wrapper", "", [
    "media:group",
    "content:items",
    "content:item",
    "rdf:bag",
    "rdf:seq",
    "rdf:alt",
    "rdf:li",
  ]),
  ...meaning(
    "group",
    "image",
    ["image", "logo"],
    [
      "media:thumbnail",
      "itunes:image",
      "webfeeds:cover",
      "podcast:image",
      "podcast:images",
      "thumbnail",
      "post-thumbnail",
      "og:image",
      "img",
      "featured_image",
      "featuredimage",
      "image_url",
      "imageurl",
    ],
    ["icon", "webfeeds:icon"],
  ),
  ...meaning("text", "language", ["language", "dc:language"]),
  ...meaning("text", "ttl", ["ttl"]),
  ...meaning("group", "skiphours", ["skiphours"]),
  ...meaning("group", "skipdays", ["skipdays"]),
  ...meaning("text", "updateperiod", ["sy:updateperiod"]),
  ...meaning("text", "updatefrequency", ["sy:updatefrequency"]),
]);

/** The parts that groups may have, and what they are called afterwards. */
export const PARTS: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["itunes:name", "name"],
  ["email", "email"],
  ["itunes:email", "email"],
  ["uri", "url"],
  ["url", "url"],
  ["homepage", "url"],
  ["width", "width"],
  ["height", "height"],
  ["hour", "hour"],
  ["day", "day"],
]);

function meaning(kind: Kind, as: string, ...ranks: readonly (readonly string[])[]): [string, Meaning][] {
  return ranks.flatMap((names, rank) => names.map((name): [string, Meaning] => [name, { kind, as, rank }]));
}

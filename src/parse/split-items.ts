import { withoutForbidden } from "../model/characters.ts";
import type { Document } from "../model/document.ts";
import { decode } from "./decode.ts";

/** A document in pieces, each of which is read as if it were alone. */
export interface SplitDocument {
  /** all that an item is read by beside its own text: what stands around the items, but for dates */
  readonly context: string;
  /** the text of each item, in the order of the document */
  readonly items: readonly string[];
  /** the same document without some of its items, by their place */
  without(left: ReadonlySet<number>): Document;
}

/**
 * Cuts an XML document into its items, in one pass. Only where it is beyond doubt that each is one: well-formed from
 * the first tag to the last, with all items beside each other. What needs repair is read as a whole.
 */
export function splitItems(document: Document): SplitDocument | undefined {
  const { text } = decode(document);
  if (!text.isWellFormed() || withoutForbidden(text) !== text) return undefined;
  const spans = spansOf(text);
  if (spans === undefined) return undefined;
  return {
    context: contextOf(text, spans, document),
    items: spans.map(({ start, end }) => text.slice(start, end)),
    without: (left) => writeWithout(text, spans, left, document),
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A document with more is not worth remembering. */
const MAX_ITEMS = 2000;

/** A tag that every parser takes for the same tag. */
const TAG = /^<(\/?)([A-Za-z_][\w.:-]*)(?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/;
/** Longer ones are no publisher's, and so many attributes would be too many for the expression. */
const MAX_TAG = 10_000;
/** Where items stand. Other places are possible, and not worth the thought. */
const PLACES: ReadonlySet<string> = new Set(["rss channel", "rdf:rdf", "feed"]);
const isItem = (name: string): boolean => name === "item" || name === "entry";
/** Items to those who look at namespaces. */
const isItemByNamespace = (name: string): boolean => /:(?:item|entry)$/.test(name) && name !== "content:item";

function spansOf(text: string): readonly Span[] | undefined {
  const found: Found = { spans: [], open: [], start: -1, hasEnded: false };
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    const end = endOfSection(text, at) ?? endOfTag(text, at, found);
    if (end < 0) return undefined;
    at = end;
  }
  return found.open.length === 0 && found.spans.length > 0 ? found.spans : undefined;
}

interface Found {
  readonly spans: Span[];
  readonly open: string[];
  /** names of the elements around the items */
  place?: readonly string[];
  /** of the item that is open */
  start: number;
  /** what was around the items is closed: another parent may say other things of its items */
  hasEnded: boolean;
}

const DOUBT = -1;
const CDATA = "<![CDATA[";

/** Where the section that begins here ends; undefined where none begins, -1 where its end is not beyond doubt. */
function endOfSection(text: string, at: number): number | undefined {
  if (text.startsWith(CDATA, at)) {
    const end = text.indexOf("]]>", at);
    const another = text.indexOf(CDATA, at + CDATA.length);
    return end < 0 || (another >= 0 && another < end) ? DOUBT : end + "]]>".length;
  }
  if (text.startsWith("<!--", at)) {
    const dashes = text.indexOf("--", at + "<!--".length);
    const isPlain = text[at + "<!--".length] !== ">" && !text.startsWith("->", at + "<!--".length);
    return isPlain && dashes >= 0 && text[dashes + 2] === ">" ? dashes + "-->".length : DOUBT;
  }
  if (text.startsWith("<?", at)) {
    const end = text.indexOf(">", at);
    return text[end - 1] === "?" ? end + 1 : DOUBT;
  }
  return undefined;
}

function endOfTag(text: string, at: number, found: Found): number {
  const [tag, slash, written = "", empty] = TAG.exec(text.slice(at, at + MAX_TAG)) ?? [];
  const name = written.toLowerCase();
  if (tag === undefined || isItemByNamespace(name)) return DOUBT;
  const end = at + tag.length;
  if (slash === "/") return closes(name, end, found) ? end : DOUBT;
  if (isItem(name) && (empty === "/" || !opensItem(at, found))) return DOUBT;
  if (empty !== "/") found.open.push(name);
  return end;
}

function opensItem(at: number, found: Found): boolean {
  found.place ??= [...found.open];
  const isBesideOthers = !found.hasEnded && found.open.length === found.place.length;
  found.start = at;
  return isBesideOthers && PLACES.has(found.place.join(" ")) && found.spans.length < MAX_ITEMS;
}

function closes(name: string, end: number, found: Found): boolean {
  if (found.open.pop() !== name) return false;
  if (isItem(name)) found.spans.push({ start: found.start, end });
  if (found.place !== undefined && found.open.length < found.place.length) found.hasEnded = true;
  return true;
}

const COMMENT = /<!--[\s\S]*?-->/g;
/** Dates of the document, and RDF's list of its items. */
const VOLATILE = /<(lastBuildDate|pubDate|updated|dc:date)>[^<]*<\/\1>|<rdf:li [^<>]*>/gi;
/** Headers by which a document is read (parse.ts). */
const READ_BY = ["content-language", "content-location"] as const;

function contextOf(text: string, spans: readonly Span[], { url, headers }: Document): string {
  const around = outside(text, spans).join("").replace(COMMENT, "").replace(VOLATILE, "").replace(/\s+/g, " ");
  return [url, ...READ_BY.map((name) => headers[name] ?? ""), around].join("\n");
}

function outside(text: string, spans: readonly Span[]): readonly string[] {
  const starts = [0, ...spans.map(({ end }) => end)];
  return starts.map((start, n) => text.slice(start, spans[n]?.start));
}

/** In UTF-8, without the declaration that may say otherwise. */
function writeWithout(
  text: string,
  spans: readonly Span[],
  left: ReadonlySet<number>,
  { url, headers }: Document,
): Document {
  const cut = spans.filter((_, n) => left.has(n));
  const short = outside(text, cut)
    .join("")
    .replace(/^\s*<\?xml[^>]*>/, "");
  return { url, headers: { ...headers, "content-type": "text/xml; charset=utf-8" }, bytes: Buffer.from(short) };
}

import { withoutForbidden } from "../model/characters.ts";
import type { Document } from "../model/document.ts";
import type { Parsed } from "../model/parsed.ts";
import { decode } from "./decode.ts";
import { dropDoctype } from "./doctype.ts";
import { resolve } from "./element.ts";
import { readFeed, readHints } from "./feed.ts";
import { readItem } from "./item.ts";
import { looksLikeJson, readJson } from "./json.ts";
import { parseJsonFeed } from "./json-feed.ts";
import { rewrite } from "./rewrite.ts";
import { rssInJson } from "./rss-in-json.ts";
import { closeSections } from "./unclosed.ts";
import { readXml } from "./wire.ts";

export { decode } from "./decode.ts";
export { splitItems } from "./split-items.ts";

/** Bytes of a publisher to one shape of feed and items, whatever the format, the mistakes and the labels. */
export async function parse(document: Document): Promise<Parsed> {
  const { text: decoded, repairs } = decode(document);
  // here for what is markup; what references bring in is cleaned where they are resolved
  const text = withoutForbidden(decoded);
  if (text.trim() === "") return { kind: "unreadable", why: "the document is empty" };
  const parsed = looksLikeJson(text) ? await parseJson(text, document) : await parseXml(text, document);
  return parsed.kind === "unreadable" ? parsed : { ...parsed, repairs: [...repairs, ...parsed.repairs] };
}

async function parseJson(text: string, document: Document): Promise<Parsed> {
  const read = readJson(text);
  if (read === undefined) return { kind: "unreadable", why: "JSON that does not parse" };
  const rss = rssInJson(read.json);
  const parsed = rss === undefined ? parseJsonFeed(read.json, document.url) : await parseXml(rss, document);
  return parsed.kind === "unreadable" ? parsed : { ...parsed, repairs: [...read.repairs, ...parsed.repairs] };
}

async function parseXml(text: string, { url, headers }: Document): Promise<Parsed> {
  const undeclared = dropDoctype(text);
  const closed = closeSections(undeclared.text);
  const location = headers["content-location"];
  const base = location === undefined ? undefined : resolve(location, url);
  const rewritten = rewrite(closed.text, undeclared.entities, base, url);
  if (rewritten.format === undefined) return { kind: "unreadable", why: whyNot(text) };
  const wire = await readXml(rewritten.xml);
  return {
    kind: "parsed",
    format: rewritten.format,
    feed: readFeed(wire, headers["content-language"]),
    items: wire.items.map(readItem),
    hints: readHints(wire, url),
    repairs: [...closed.repairs, ...rewritten.repairs],
  };
}

const whyNot = (text: string): string =>
  /<html[\s>]/i.test(text.slice(0, 5000)) ? "an HTML page, not a feed" : "no RSS, Atom or JSON feed in it";

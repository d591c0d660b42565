import { withoutForbidden } from "../model/characters.ts";
import type { Document } from "../model/document.ts";
import type { Parsed } from "../model/parsed.ts";
import { decode } from "./decode.ts";
import { dropDoctype } from "./doctype.ts";
import { resolve } from "./element.ts";
import { readFeed, readHints } from "./feed.ts";
import { readItem } from "./item.ts";
import { looksLikeJson, parseJsonFeed } from "./json-feed.ts";
import { rewrite } from "./rewrite.ts";
import { readXml } from "./wire.ts";

/** Bytes of a publisher to one shape of feed and items, whatever the format, the mistakes and the labels. */
export async function parse(document: Document): Promise<Parsed> {
  const { text: decoded, repairs } = decode(document);
  // here for what is markup; what references bring in is cleaned where they are resolved
  const text = withoutForbidden(decoded);
  if (text.trim() === "") return { kind: "unreadable", why: "the document is empty" };
  if (looksLikeJson(text)) return parseJsonFeed(text);
  const undeclared = dropDoctype(text);
  const location = document.headers["content-location"];
  const base = location === undefined ? undefined : resolve(location, document.url);
  const rewritten = rewrite(undeclared.text, undeclared.entities, base, document.url);
  if (rewritten.format === undefined) return { kind: "unreadable", why: whyNot(text) };
  const wire = await readXml(rewritten.xml);
  return {
    kind: "parsed",
    format: rewritten.format,
    feed: readFeed(wire, document.headers["content-language"]),
    items: wire.items.map(readItem),
    hints: readHints(wire),
    repairs: [...repairs, ...rewritten.repairs],
  };
}

const whyNot = (text: string): string =>
  /<html[\s>]/i.test(text.slice(0, 5000)) ? "an HTML page, not a feed" : "no RSS, Atom or JSON feed in it";

import { decodeHTML } from "entities";

/** What does not show: soft hyphen, zero-width characters, joiners, byte order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** The text as a reader sees it: no markup, entities decoded, one kind of white space. For comparing only. */
export function plain(html: string): string {
  const text = decodeHTML(html.replace(/<[^<>]*>/g, " "));
  return text.normalize("NFKC").replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
}

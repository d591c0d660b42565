import { decodeHTML } from "entities";

/** What does not show: soft hyphen, zero-width characters, joiners, byte order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** The text as a reader sees it: no markup, entities decoded, one kind of white space. For comparing only. */
export function plain(html: string): string {
  if (html === "") return html;
  const bare = html.includes("<") ? html.replace(/<[^<>]*>/g, " ") : html;
  const text = bare.includes("&") ? decodeHTML(bare) : bare;
  const visible = BEYOND_ASCII.test(text) ? text.normalize("NFKC").replace(INVISIBLE, "") : text;
  return visible.replace(/\s+/g, " ").trim();
}

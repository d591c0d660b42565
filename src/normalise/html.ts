import { decodeHTML, escapeText } from "entities";
import { withoutForbidden } from "../model/characters.ts";
import type { Markup } from "../model/parsed.ts";
import { plainText } from "./plain-text.ts";
import { type Picture, writeSafely } from "./safe-html.ts";

export interface Html {
  /** what of a publisher's markup may stand on any page: no scripts, no styles, no pixels, absolute URLs */
  readonly html: string;
  /** its beginning as running text, untidy: enough for a teaser */
  readonly text: string;
  /** the first ones in it */
  readonly pictures: readonly Picture[];
}

/** Reads it once: for the safe HTML, for the teaser and for the picture. */
export function readHtml(markup: Markup, base: string): Html {
  const written = markup.text.slice(0, MAX_LENGTH);
  if (markup.type === "text") return ofText(written);
  // every other teaser has no markup
  if (!written.includes("<")) return ofText(decodeHTML(written));
  const safe = writeSafely(written, markup.base ?? base);
  if (safe === undefined) return ofText(plainText(markup));
  const { html, text, pictures } = safe;
  return { html: withoutForbidden(html).trim(), text, pictures };
}

/** Characters. The longest honest article is shorter; what comes after is cut. */
const MAX_LENGTH = 500_000;

function ofText(text: string): Html {
  return { html: escapeText(withoutForbidden(text)).trim(), text, pictures: [] };
}

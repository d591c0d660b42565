import { decodeHTML } from "entities";
import { Tokenizer } from "htmlparser2";
import { withoutForbidden } from "../model/characters.ts";
import type { Markup } from "../model/parsed.ts";
import { BLOCKS, MAX_BEGINNING } from "./text-tags.ts";

/** What people read of it: no tags, references decoded once, white space as single spaces. */
export function plainText({ text, type }: Markup): string {
  const written = text.slice(0, MAX_LENGTH);
  if (type === "text") return collapse(written);
  return collapse(written.includes("<") ? textOf(written) : decodeHTML(written));
}

/** Tidy, the beginning of what is no markup. */
export const beginningOf = (text: string): string => collapse(text.slice(0, MAX_BEGINNING));

/** Characters of an honest text at the most. */
const MAX_LENGTH = 500_000;

function collapse(text: string): string {
  const shown = withoutForbidden(text).replace(INVISIBLE, "").trim();
  return UNTIDY.test(shown) ? shown.replace(/\s+/g, " ") : shown;
}

/** Soft hyphens, zero-width spaces and joiners, marks of direction: they make equal words unequal. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
const UNTIDY = /\s\s|[^\S ]/;

const UNREAD: ReadonlySet<string> = new Set("script style noscript template iframe object textarea select".split(" "));

function textOf(html: string): string {
  let text = "";
  let unread = "";
  const tag = (start: number, end: number): string => html.slice(start, end).toLowerCase();
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ...IGNORED,
      onopentagname: (start, end) => {
        const name = tag(start, end);
        if (unread === "" && UNREAD.has(name)) unread = name;
        if (BLOCKS.has(name)) text += " ";
      },
      onclosetag: (start, end) => {
        const name = tag(start, end);
        if (name === unread) unread = "";
        if (BLOCKS.has(name)) text += " ";
      },
      ontext: (start, end) => {
        if (unread === "") text += html.slice(start, end);
      },
      ontextentity: (codePoint) => {
        if (unread === "") text += String.fromCodePoint(codePoint);
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return text;
}

const IGNORED = {
  onattribdata: () => {},
  onattribend: () => {},
  onattribentity: () => {},
  onattribname: () => {},
  oncdata: () => {},
  oncomment: () => {},
  ondeclaration: () => {},
  onend: () => {},
  onopentagend: () => {},
  onprocessinginstruction: () => {},
  onselfclosingtag: () => {},
};

import { Tokenizer } from "htmlparser2";
import { withoutForbidden } from "../model/characters.ts";
import type { Markup } from "../model/parsed.ts";

/** What people read of it: no tags, references decoded, white space as single spaces. */
export function plainText(markup: Markup): string {
  const written = markup.text.slice(0, MAX_LENGTH);
  return collapse(markup.type === "text" ? written : textOf(written));
}

/** Characters; titles and teasers are made of the beginning. */
const MAX_LENGTH = 500_000;

const collapse = (text: string): string => withoutForbidden(text).replace(INVISIBLE, "").replace(/\s+/g, " ").trim();

/** Soft hyphens, zero-width spaces and joiners, marks of direction: they make equal words unequal. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const BLOCKS: ReadonlySet<string> = new Set(
  "address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul".split(
    " ",
  ),
);
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
        if (UNREAD.has(name) && unread === "") unread = name;
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

import { decodeHTMLStrict } from "entities";
import { Tokenizer } from "htmlparser2";
import { clean } from "./clean.ts";

export type Attributes = ReadonlyMap<string, string>;

/** Names come in lower case with the prefix as written; texts and values come decoded and clean. */
export interface Listener {
  onOpen(name: string, attributes: Attributes, empty: boolean): void;
  onClose(name: string): void;
  onText(text: string): void;
}

/**
 * Reads any text as a row of tags and texts, in one pass. What is no tag is text: a lone "<", a stray "&".
 * HTML's rules of what starts a tag, since XML's forgive nothing; the "foreign context" keeps HTML's special elements out.
 */
export function scan(text: string, entities: ReadonlyMap<string, string>, listener: Listener): void {
  const decode = decoder(entities);
  let [tag, name, value] = ["", "", ""];
  let attributes = new Map<string, string>();
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false, recognizeSelfClosing: true },
    {
      ...IGNORED,
      onopentagname: (start, end) => {
        tag = text.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname: (start, end) => {
        name = text.slice(start, end).toLowerCase();
        value = "";
      },
      onattribdata: (start, end) => {
        value += text.slice(start, end);
      },
      onattribend: () => {
        if (!attributes.has(name) && attributes.size < MAX_ATTRIBUTES) attributes.set(name, decode(value));
      },
      onopentagend: () => listener.onOpen(tag, attributes, false),
      onselfclosingtag: () => listener.onOpen(tag, attributes, true),
      onclosetag: (start, end) => listener.onClose(text.slice(start, end).toLowerCase()),
      ontext: (start, end) => listener.onText(decode(text.slice(start, end))),
      oncdata: (start, end, closing) => listener.onText(clean(text.slice(start, end - closing))),
    },
  );
  tokenizer.write(text);
  tokenizer.end();
}

const IGNORED = {
  isInForeignContext: () => true,
  oncomment: () => {},
  ondeclaration: () => {},
  onprocessinginstruction: () => {},
  onattribentity: () => {},
  ontextentity: () => {},
  onend: () => {},
};

const MAX_ATTRIBUTES = 50;
/** Characters that one document's own entities may add: enough for every honest one, too little for a bomb. */
const MAX_EXPANSION = 1_000_000;

function decoder(entities: ReadonlyMap<string, string>): (text: string) => string {
  if (entities.size === 0) return (text) => clean(text.includes("&") ? decodeHTMLStrict(text) : text);
  let left = MAX_EXPANSION;
  const expand = (reference: string, name: string): string => {
    const value = entities.get(name);
    left -= value?.length ?? 0;
    return value === undefined || left < 0 ? reference : value;
  };
  return (text) => clean(decodeHTMLStrict(text.replace(/&([\w.-]{1,100});/g, expand)));
}

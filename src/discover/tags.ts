import { Tokenizer } from "htmlparser2";

/** One tag as written, references resolved. Attribute names are lower case where the markup is HTML. */
export type Tag =
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** No tag of a page or a list has more; the rest of them is not kept. */
const MOST_ATTRIBUTES = 100;

/**
 * The tags of HTML or XML in order, whatever its mistakes, in linear time: no tree is built, no entity of a document
 * type is known, and what is nested costs nothing.
 * @param hear is asked after each tag: false ends the reading
 */
export function readTags(markup: string, mode: "html" | "xml", hear: (tag: Tag) => boolean): void {
  const isXml = mode === "xml";
  const spell = (name: string): string => (isXml ? name : name.toLowerCase());
  let name = "";
  let attributes = new Map<string, string>();
  let attribute = "";
  let value = "";
  const tell = (tag: Tag): void => {
    if (!hear(tag)) tokenizer.pause();
  };
  const opened = (): void => tell({ kind: "open", name, attributes });

  // HTML's rules of what starts a tag forgive a stray "<", XML's do not; a "foreign context" has no raw-text elements
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true, recognizeSelfClosing: isXml },
    {
      isInForeignContext: () => isXml,
      onopentagname(start, end) {
        name = spell(markup.slice(start, end));
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = spell(markup.slice(start, end));
        value = "";
      },
      onattribdata(start, end) {
        value += markup.slice(start, end);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend() {
        if (attributes.size < MOST_ATTRIBUTES && !attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: opened,
      onselfclosingtag() {
        opened();
        if (isXml) tell({ kind: "close", name });
      },
      onclosetag: (start, end) => tell({ kind: "close", name: spell(markup.slice(start, end)) }),
      ontext: (start, end) => tell({ kind: "text", text: markup.slice(start, end) }),
      ontextentity: (code) => tell({ kind: "text", text: String.fromCodePoint(code) }),
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(markup);
  if (tokenizer.running) tokenizer.end();
}

import iconv from "iconv-lite";
import { withoutForbidden } from "../model/characters.ts";

/** Text that any XML 1.0 document may carry: no control characters, no lone surrogates, no C1 codes of windows-1252. */
export function clean(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  if (!SUSPECT.test(wellFormed)) return wellFormed;
  return withoutForbidden(wellFormed.replace(C1, fromWindows));
}

/** Character data and attribute values of the XML that we write. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");

/** Character data of the XML that we write: rss-parser's reader takes one section faster than many references. */
export const writeText = (text: string): string =>
  /[&<]/.test(text) ? `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>` : text.replaceAll(">", "&gt;");

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const C1 = /[\x80-\x9f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]/;

const fromWindows = (character: string): string => iconv.decode(Buffer.from([character.charCodeAt(0)]), "windows-1252");

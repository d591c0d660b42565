import { COMMON_ATTRIBUTES, URL_ATTRIBUTES } from "./safe-tags.ts";
import { absoluteUrl } from "./url.ts";

/** The allowed ones of a tag's attributes as they stand in its start tag, each after a space. */
export function writeAttributes(
  attributes: Readonly<Record<string, string>>,
  allowed: readonly string[],
  base: string,
): string {
  let written = "";
  for (const name in attributes) {
    if (!allowed.includes(name) && !COMMON_ATTRIBUTES.includes(name)) continue;
    const value = attributes[name] ?? "";
    written += writeAttribute(name, URL_ATTRIBUTES.has(name) ? readUrl(name, value, base) : value);
  }
  return written;
}

/** @param value nothing where the attribute is to be left out */
export function writeAttribute(name: string, value: string | undefined): string {
  if (name === "controls") return " controls";
  if (value === undefined || (value === "" && name !== "alt")) return "";
  return ` ${name}="${/[&<>"]/.test(value) ? value.replace(/[&<>"]/g, escapeCharacter) : value}"`;
}

const readUrl = (name: string, url: string, base: string): string | undefined =>
  name === "href" && /^\s*mailto:/i.test(url) ? url.trim() : absoluteUrl(url, base);

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeCharacter = (character: string): string => ESCAPED[character] ?? "";

import { clean, escapeXml, writeText } from "./clean.ts";
import { resolve, type Surroundings } from "./element.ts";
import type { Attributes } from "./scan.ts";
import type { Meaning } from "./vocabulary.ts";

/** An element whose value is being gathered. */
export interface Field {
  readonly meaning: Pick<Meaning, "kind" | "as" | "rank">;
  readonly attributes: Attributes;
  readonly base: string | undefined;
  readonly isAtom: boolean;
  /** the publisher says that the markup is part of the XML, not text that holds HTML */
  readonly literal: boolean;
  /** text as it stands, tags of inline markup written out */
  plain: string;
  /** the same with the text escaped, where inline markup would be part of the XML */
  escaped: string;
  hasTags: boolean;
}

export function openField(
  meaning: Field["meaning"],
  attributes: Attributes,
  base: string | undefined,
  isAtom: boolean,
): Field {
  return { meaning, attributes, base, isAtom, literal: isLiteral(attributes), plain: "", escaped: "", hasTags: false };
}

/** Characters; twice as long as the longest text that is kept. */
const MAX_TEXT = 1_000_000;

export function addText(field: Field, text: string): void {
  if (field.plain.length > MAX_TEXT) return;
  const kept = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT).toWellFormed() : text;
  field.plain += kept;
  if (keepsEscaped(field)) field.escaped += escapeXml(kept);
}

export function addTag(field: Field, name: string, attributes: Attributes, around: Surroundings): void {
  const base = around.base === field.base ? undefined : around.base;
  addMarkup(field, `<${localName(name)}${writeAttributes(attributes, base)}>`);
}

export function addEndTag(field: Field, name: string): void {
  if (!VOID_ELEMENTS.has(localName(name))) addMarkup(field, `</${localName(name)}>`);
}

/** The value as an element of the XML that rss-parser reads. */
export function writeField(field: Field): string {
  const { text, type } = field.meaning.kind === "markup" ? readMarkup(field) : { text: field.plain, type: undefined };
  return `${writeStart(field, type)}${writeText(text)}</${field.meaning.as}>`;
}

export function writeStart(field: Field, type?: Value["type"]): string {
  const attributes = new Map(field.attributes);
  if (type !== undefined) attributes.set("type", type);
  if (field.base !== undefined) attributes.set("base", field.base);
  if (field.meaning.rank > 0) attributes.set("rank", String(field.meaning.rank));
  return `<${field.meaning.as}${writeAttributes(attributes, undefined)}>`;
}

export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

const URL_ATTRIBUTES: ReadonlySet<string> = new Set(["href", "src", "cite", "poster", "longdesc"]);

function addMarkup(field: Field, markup: string): void {
  if (field.meaning.kind !== "markup" || field.plain.length > MAX_TEXT) return;
  field.plain += markup;
  field.escaped += markup;
  field.hasTags = true;
}

/** Characters: nothing that we read is longer, but pictures written into their address are. */
const MAX_ATTRIBUTE = 10_000;

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function writeAttributes(attributes: Attributes, base: string | undefined): string {
  let written = "";
  for (const [name, value] of attributes) {
    if (!/^[a-z][\w-]*$/.test(name) || name === "xmlns" || value.length > MAX_ATTRIBUTE) continue;
    const absolute = base !== undefined && URL_ATTRIBUTES.has(name) ? (resolve(value, base) ?? value) : value;
    written += ` ${name}="${escapeXml(absolute)}"`;
  }
  return written;
}

const typeOf = (attributes: Attributes): string => attributes.get("type")?.trim().toLowerCase() ?? "";
const isLiteral = (attributes: Attributes): boolean =>
  attributes.get("mode") === "xml" || /^xhtml$|[/+]xml$/.test(typeOf(attributes));

/** Inline markup in Atom that says no type is XHTML that forgot to say so; in RSS it is HTML that forgot to escape. */
const keepsEscaped = (field: Field): boolean => field.literal || (field.isAtom && typeOf(field.attributes) === "");

interface Value {
  readonly text: string;
  readonly type: "text" | "html";
}

/** RFC 4287 3.1.1 and 4.1.3, Atom 0.3's `mode`, and what RSS publishers do without saying so. */
function readMarkup(field: Field): Value {
  const type = typeOf(field.attributes);
  if (field.hasTags) return { text: keepsEscaped(field) ? field.escaped : field.plain, type: "html" };
  if (isBase64(field.attributes, type)) return sniff(decodeBase64(field.plain));
  if (/html/.test(type) && type !== "xhtml") return { text: field.plain, type: "html" };
  if (/^text/.test(type) || field.literal) return { text: field.plain, type: "text" };
  return field.isAtom || field.meaning.as === "title" ? sniff(field.plain) : { text: field.plain, type: "html" };
}

const isBase64 = (attributes: Attributes, type: string): boolean =>
  attributes.get("mode") === "base64" ||
  (type.includes("/") && !/^text\/|^(?:application|image)\/.*(?:html|xml)$|json/.test(type));

/** Nothing where it holds a picture, or was not base64. */
function decodeBase64(text: string): string {
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return decoded.includes("\ufffd") ? "" : clean(decoded);
}

const sniff = (text: string): Value => ({ text, type: MARKUP.test(text) ? "html" : "text" });

/** A tag that people use in titles and teasers, or a reference to a character. */
const MARKUP =
  /<\/?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|td|tr|tt|u|ul)(?:\s[^<>]*)?\/?>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,24}\d{0,2});/i;

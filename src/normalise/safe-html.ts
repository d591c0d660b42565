import { Parser } from "htmlparser2";
import { writeAttribute, writeAttributes } from "./attributes.ts";
import { readEmbed } from "./embed.ts";
import { type Picture, readPicture } from "./picture.ts";
import { DROPPED_TAGS, HOLLOW_TAGS, SAFE_TAGS, VOID_TAGS } from "./safe-tags.ts";
import { BLOCKS, MAX_BEGINNING, NO_RUNNING_TEXT } from "./text-tags.ts";
import { absoluteUrl } from "./url.ts";

export type { Picture } from "./picture.ts";

export interface Written {
  readonly html: string;
  readonly text: string;
  readonly pictures: readonly Picture[];
}

/**
 * HTML written anew. Safe by how it is written, whatever was read: each "<" in it begins a tag of SAFE_TAGS with its
 * attributes between quotation marks, and all else, also in the attributes, is escaped text. No browser reads anything
 * else into that. One pass; undefined where elements stand in elements without end.
 */
export function writeSafely(html: string, base: string): Written | undefined {
  const writer: Writer = {
    base,
    out: [],
    open: [],
    tags: 0,
    dropped: 0,
    silent: 0,
    text: "",
    pictures: [],
    sources: [],
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      writer.tags++;
      if (writer.tags > MAX_OPEN) parser.pause();
      else openTag(writer, name, attributes);
    },
    ontext: (text) => addText(writer, text),
    onclosetag: (name) => {
      writer.tags--;
      closeTag(writer, name);
    },
  });
  parser.write(html);
  if (writer.tags > MAX_OPEN) return undefined;
  parser.end();
  return { html: writer.out.join(""), text: writer.text, pictures: writer.pictures };
}

/** Elements within elements that are written. */
const MAX_NESTING = 100;
/** Elements open at once: the parser looks through all of them at every end tag, so their number bounds its time. */
const MAX_OPEN = 1000;
/** So many are looked at for an item's picture. */
const MAX_PICTURES = 20;

interface Open {
  readonly name: string;
  /** how much was written before its start tag; absent where none was written */
  readonly start?: number;
  readonly isSilent: boolean;
}

interface Writer {
  readonly base: string;
  readonly out: string[];
  readonly open: Open[];
  tags: number;
  /** how deep in an element that is left out */
  dropped: number;
  /** how deep in what is no running text */
  silent: number;
  text: string;
  readonly pictures: Picture[];
  /** `srcset` of the <source>s before an <img> */
  sources: string[];
}

type Attributes = Readonly<Record<string, string>>;

function openTag(writer: Writer, name: string, attributes: Attributes): void {
  if (writer.dropped > 0 || DROPPED_TAGS.has(name)) {
    if (name === "iframe" && writer.dropped === 0) writeEmbed(writer, attributes);
    writer.dropped++;
    return;
  }
  if (BLOCKS.has(name)) writer.text += " ";
  const isSilent = NO_RUNNING_TEXT.has(name);
  if (isSilent) writer.silent++;
  const tag = writer.open.length < MAX_NESTING ? tagOf(writer, name, attributes) : "";
  writer.open.push(tag === "" ? { name, isSilent } : { name, isSilent, start: writer.out.length });
  if (tag !== "") writer.out.push(tag);
}

/** The start tag; empty where the element is not written. */
function tagOf(writer: Writer, name: string, attributes: Attributes): string {
  const allowed = SAFE_TAGS.get(name);
  if (allowed === undefined) return "";
  if (name === "img") return pictureTag(writer, attributes, allowed);
  if (name === "source" && attributes["srcset"] !== undefined) {
    writer.sources.push(attributes["srcset"]);
    return "";
  }
  return `<${name}${writeAttributes(attributes, allowed, writer.base)}${VOID_TAGS.has(name) ? " />" : ">"}`;
}

function pictureTag(writer: Writer, attributes: Attributes, allowed: readonly string[]): string {
  const picture = readPicture(attributes, writer.sources, writer.base);
  writer.sources = [];
  if (picture === undefined) return "";
  if (writer.pictures.length < MAX_PICTURES) writer.pictures.push(picture);
  const { src, srcset } = picture;
  const others = writeAttributes(attributes, allowed.filter(isNoAddress), writer.base);
  const addresses = `${writeAttribute("src", src)}${srcset === undefined ? "" : writeAttribute("srcset", srcset)}`;
  return `<img${addresses}${others} />`;
}

const isNoAddress = (name: string): boolean => name !== "src" && name !== "srcset";

/** No page of ours opens somebody else's page inside of it; a link to a player is better than nothing. */
function writeEmbed(writer: Writer, { src, title }: Attributes): void {
  const url = src === undefined ? undefined : absoluteUrl(src, writer.base);
  const embed = url === undefined ? undefined : readEmbed(url);
  if (embed === undefined) return;
  writer.out.push(`<a${writeAttribute("href", embed.page)}>▶ ${escapeText(title?.trim() || embed.host)}</a>`);
}

function addText(writer: Writer, text: string): void {
  if (writer.dropped > 0) return;
  if (writer.silent === 0 && writer.text.length < MAX_BEGINNING) writer.text += text;
  writer.out.push(escapeText(text));
}

function closeTag(writer: Writer, name: string): void {
  if (writer.dropped > 0) {
    writer.dropped--;
    return;
  }
  // a tag that the end of the text cut through is closed, but was never opened
  if (writer.open.at(-1)?.name !== name) return;
  const { start, isSilent = false } = writer.open.pop() ?? {};
  if (BLOCKS.has(name)) writer.text += " ";
  if (isSilent) writer.silent--;
  if (start === undefined || VOID_TAGS.has(name)) return;
  if (HOLLOW_TAGS.has(name) && writer.out.length === start + 1) writer.out.length = start;
  else writer.out.push(`</${name}>`);
}

const escapeText = (text: string): string => (/[&<>]/.test(text) ? text.replace(/[&<>]/g, escapeCharacter) : text);

const escapeCharacter = (character: string): string =>
  character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;";

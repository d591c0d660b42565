import iconv from "iconv-lite";
import type { Document } from "../model/document.ts";

export interface Decoded {
  readonly text: string;
  readonly repairs: readonly string[];
}

/**
 * Bytes to text: byte order mark, then the HTTP charset, then the XML prolog, then UTF-8, then windows-1252.
 * A label that the bytes contradict loses its turn.
 */
export function decode({ bytes, headers }: Document): Decoded {
  const marked = signature(bytes);
  if (marked !== undefined) return { text: strip(iconv.decode(bytes, marked)), repairs: [] };
  const labels = inOrderOfTrust(charsetOf(headers["content-type"]), prologOf(bytes));
  const utf8 = decodeStrictly(bytes);
  // text of no other charset is UTF-8 by chance
  if (utf8 !== undefined && utf8.length < bytes.length)
    return { text: strip(utf8), repairs: labels.every(isUtf8) ? [] : ["wrong-charset"] };
  for (const label of labels.filter((each) => !isUtf8(each))) {
    const text = decodeAs(bytes, label);
    if (!text.includes(REPLACEMENT)) return { text: strip(text), repairs: [] };
  }
  if (utf8 !== undefined) return { text: utf8, repairs: [] };
  return { text: strip(decodeLeniently(bytes, labels)), repairs: ["broken-bytes"] };
}

const REPLACEMENT = "\ufffd";
/** The XML declaration has to be the first thing in a document; some have junk before it. */
const PROLOG_BYTES = 1024;

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Which of the first four bytes are zero tells what they belong to, since XML and JSON begin in ASCII (RFC 4627, section 3). */
const BY_ZEROS: ReadonlyMap<string, string> = new Map([
  ["1000", "utf-32le"],
  ["0001", "utf-32be"],
  ["1010", "utf-16le"],
  ["0101", "utf-16be"],
]);

function signature(bytes: Uint8Array): string | undefined {
  const [name] = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  // a UTF-8 mark before bytes that are not UTF-8 proves nothing
  if (name === "utf-8" && decodeStrictly(bytes) === undefined) return undefined;
  return name ?? BY_ZEROS.get([...bytes.subarray(0, 4)].map((byte) => Math.sign(byte)).join(""));
}

const charsetOf = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1]?.toLowerCase();

function prologOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOG_BYTES)).toString("latin1");
  return /<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i.exec(start)?.[1]?.toLowerCase();
}

/** Servers say Latin-1 of everything they were told nothing about, so a prolog that names another script knows better. */
function inOrderOfTrust(http: string | undefined, prolog: string | undefined): readonly string[] {
  const isDefault = http !== undefined && isLatin(http) && prolog !== undefined && !isLatin(prolog) && !isUtf8(prolog);
  return (isDefault ? [prolog, http] : [http, prolog]).filter(isUsable);
}

/** Bytes without zeros where "<" was expected are no UTF-16 whatever the label says. */
const isUsable = (label: string | undefined): label is string =>
  label !== undefined && !/^(utf-?(16|32)|ucs|iso-10646)/.test(label) && (isUtf8(label) || isKnown(label));

function isKnown(label: string): boolean {
  try {
    return iconv.encodingExists(label) || new TextDecoder(label).encoding !== "replacement";
  } catch {
    return false;
  }
}

const isUtf8 = (label: string): boolean => /^utf-?8$/.test(label);
/** Labels under which publishers send windows-1252, as the WHATWG encoding standard reads them. */
const isLatin = (label: string): boolean => /^(iso-?8859-1|latin-?1|us-ascii|ascii|windows-1252|cp-?1252)$/.test(label);
/** GB18030 holds GBK, which holds GB2312, and goes by their names. */
const isChinese = (label: string): boolean => /^(?:x-)?(?:gb_?2312(?:-?80)?|gbk|cp936|windows-936)$/.test(label);

/** iconv-lite knows most charsets, the platform some more (ISO-2022-JP). */
function decodeAs(bytes: Uint8Array, label: string): string {
  const charset = isLatin(label) ? "windows-1252" : isChinese(label) ? "gb18030" : label;
  return iconv.encodingExists(charset) ? iconv.decode(bytes, charset) : new TextDecoder(charset).decode(bytes);
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 with a few broken bytes is still UTF-8; where most of what is not ASCII is broken it was never UTF-8. */
function decodeLeniently(bytes: Uint8Array, labels: readonly string[]): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const broken = text.split(REPLACEMENT).length - 1;
  const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  if (foreign - broken > broken) return text;
  const other = labels.find((label) => !isUtf8(label) && !isLatin(label));
  return decodeAs(bytes, other ?? "windows-1252");
}

const strip = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

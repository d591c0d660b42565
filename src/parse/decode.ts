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
export function decode(document: Document): Decoded {
  const marked = signature(document.bytes);
  if (marked !== undefined) return { text: strip(iconv.decode(document.bytes, marked)), repairs: [] };
  const labels = [charsetOf(document.headers["content-type"]), prologOf(document.bytes)].filter(isUsable);
  const utf8 = decodeStrictly(document.bytes);
  for (const label of labels) {
    if (isUtf8(label) || (isLatin(label) && utf8 !== undefined)) {
      if (utf8 !== undefined) return { text: strip(utf8), repairs: isUtf8(label) ? [] : ["wrong-charset"] };
      continue;
    }
    const text = iconv.decode(document.bytes, isLatin(label) ? "windows-1252" : label);
    if (!text.includes(REPLACEMENT)) return { text: strip(text), repairs: [] };
  }
  if (utf8 !== undefined) return { text: strip(utf8), repairs: labels.length > 0 ? ["wrong-charset"] : [] };
  return { text: strip(decodeLeniently(document.bytes, labels)), repairs: ["broken-bytes"] };
}

const REPLACEMENT = "\ufffd";
/** The XML declaration has to be the first thing in a document; some have junk before it. */
const PROLOG_BYTES = 1024;

/** Byte order marks, and the first "<" of UTF-16 and UTF-32 without one (XML 1.0, appendix F). */
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  ["utf-32le", [0x3c, 0, 0, 0]],
  ["utf-32be", [0, 0, 0, 0x3c]],
  ["utf-16le", [0x3c, 0]],
  ["utf-16be", [0, 0x3c]],
];

function signature(bytes: Uint8Array): string | undefined {
  const [name] = SIGNATURES.find(([, start]) => start.every((byte, at) => bytes[at] === byte)) ?? [];
  // a UTF-8 mark before bytes that are not UTF-8 proves nothing
  return name === "utf-8" && decodeStrictly(bytes) === undefined ? undefined : name;
}

const charsetOf = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1]?.toLowerCase();

function prologOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOG_BYTES)).toString("latin1");
  return /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1]?.toLowerCase();
}

/** Bytes without zeros where "<" was expected are no UTF-16 whatever the label says. */
const isUsable = (label: string | undefined): label is string =>
  label !== undefined && !/^(utf-?(16|32)|ucs|iso-10646)/.test(label) && (isUtf8(label) || iconv.encodingExists(label));

const isUtf8 = (label: string): boolean => /^utf-?8$/.test(label);
/** Labels under which publishers send windows-1252 (as the WHATWG encoding standard reads them), or UTF-8 unawares. */
const isLatin = (label: string): boolean => /^(iso-?8859-1|latin-?1|us-ascii|ascii|windows-1252|cp-?1252)$/.test(label);

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
  return iconv.decode(bytes, other ?? "windows-1252");
}

const strip = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

import type { Parsed } from "../../src/model/parsed.ts";
import { parse } from "../../src/parse/parse.ts";

export type ParsedDocument = Extract<Parsed, { kind: "parsed" }>;

const URL_OF_FEED = "https://press.example/feed";

export const parseBytes = (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Parsed> =>
  parse({ url: URL_OF_FEED, headers, bytes });

/** A document that has to be readable. */
export async function parseText(text: string, headers: Readonly<Record<string, string>> = {}): Promise<ParsedDocument> {
  const parsed = await parseBytes(Buffer.from(text), headers);
  if (parsed.kind === "unreadable") throw new Error(`unreadable: ${parsed.why}`);
  return parsed;
}

export const rss = (inChannel: string): string => `<rss version="2.0"><channel>${inChannel}</channel></rss>`;
export const atom = (inFeed: string): string => `<feed xmlns="http://www.w3.org/2005/Atom">${inFeed}</feed>`;

/** The only item of an RSS document that has these elements in it. */
export async function itemOf(inItem: string) {
  const { items } = await parseText(rss(`<item>${inItem}</item>`));
  return items[0] ?? fail();
}

/** The only entry of an Atom document that has these elements in it. */
export async function entryOf(inEntry: string) {
  const { items } = await parseText(atom(`<entry>${inEntry}</entry>`));
  return items[0] ?? fail();
}

/** No character that XML 1.0 forbids. */
export function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  return text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text);
}

function fail(): never {
  throw new Error("no item");
}

import { escapeUTF8 } from "entities";
import type { Extension } from "feed";

/** The namespace of Media RSS, for pictures. */
export const MEDIA_RSS = "http://search.yahoo.com/mrss/";

/**
 * What `feed` 6 and its writer `xml-js` need so that values arrive as they are.
 * `feed` assigns an extension as it is, over whatever it made of that name itself: that is how its faults are mended.
 */
export function extension(name: string, value: unknown): Extension {
  return { name, objects: value as Extension["objects"] };
}

/** xml-js turns "&amp;" into "&" before it escapes text, so that a text about entities would change. */
export function guarded(text: string): string {
  return text.replaceAll("&", "&amp;");
}

/** An element in xml-js's notation, which escapes text but of attributes only the quotes. */
export function tag(attributes: Readonly<Record<string, string | number | undefined>>, text?: string): object {
  const escaped = Object.entries(attributes).map(([name, value]) => [name, escapedAttribute(value)]);
  return { _attributes: Object.fromEntries(escaped), ...(text === undefined ? {} : { _text: guarded(text) }) };
}

function escapedAttribute(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : escapeUTF8(String(value));
}

import { Parser } from "htmlparser2";
import type { Draft } from "../../src/model/item.ts";
import type { Reading } from "../../src/model/reading.ts";

/** What may never come out of reading, whatever went in: one sentence each. */
export function offencesOf(reading: Reading): readonly string[] {
  if (reading.kind === "unreadable") return textOffences(reading);
  const { profile, drafts, hints } = reading;
  return [
    ...textOffences(reading),
    ...[hints.hub, hints.self].flatMap(addressOffence),
    ...[profile, ...drafts].flatMap(addressesOf).flatMap(addressOffence),
    ...drafts.flatMap(({ summary, content }) => [summary, content].flatMap(markupOffences)),
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

function textOffences(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textOffences);
  if (typeof value !== "string") return [];
  return value.isWellFormed() && !FORBIDDEN.test(value) ? [] : [`forbidden character in ${JSON.stringify(value)}`];
}

function addressesOf(read: Pick<Draft, "authors" | "enclosures" | "image" | "permalink"> & { homeUrl?: string }) {
  const { authors = [], enclosures = [], image, permalink, homeUrl } = read;
  return [...authors.map(({ url }) => url), ...enclosures.map(({ url }) => url), image?.url, permalink, homeUrl];
}

const addressOffence = (url: string | undefined): readonly string[] =>
  url === undefined || /^https?:\/\//.test(url) ? [] : [`address that is no page: ${url}`];

const HARMFUL =
  /^(?:script|style|iframe|frame|frameset|object|embed|applet|base|meta|link|form|input|button|svg|math|template|noscript|xml)$/;

/** As a browser would see it. */
function markupOffences(html: string | undefined): readonly string[] {
  if (html === undefined) return [];
  const found: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (HARMFUL.test(name)) found.push(`<${name}> in ${html}`);
      for (const [attribute, value] of Object.entries(attributes))
        if (isHarmful(attribute, value)) found.push(`${attribute}="${value}" in ${html}`);
    },
  });
  parser.end(html);
  if (/<\s*\/?\s*script/i.test(html)) found.push(`a script in ${html}`);
  return found;
}

function isHarmful(attribute: string, value: string): boolean {
  if (/^on|^style$|^srcdoc$|^formaction$/i.test(attribute)) return true;
  if (/^(?:title|alt)$/i.test(attribute)) return false;
  // browsers read over these in front of and within a scheme
  return /^(?:javascript|vbscript|data):/i.test(value.replace(/[\0- ]/g, ""));
}

import { prefixOf } from "./namespace.ts";
import type { Attributes } from "./scan.ts";

/** What every element inherits from the ones around it. */
export interface Surroundings {
  /** URL that relative URLs are meant against; absent where the document names none */
  readonly base?: string;
  readonly language?: string;
  /** prefix as written ("" for the default namespace) to the usual prefix, undefined where the namespace is foreign */
  readonly prefixes: ReadonlyMap<string, string | undefined>;
}

/** Prefixes that publishers forget to declare; others (dc, media, itunes) already are the usual ones. */
export const OUTERMOST: Surroundings = {
  prefixes: new Map([
    ["atom", ""],
    ["rss", ""],
  ]),
};

/** xml:base, xml:lang and xmlns as of this element. */
export function enter(around: Surroundings, attributes: Attributes, documentUrl: string): Surroundings {
  if (attributes.size === 0) return around;
  const base = attributes.get("xml:base");
  const language = attributes.get("xml:lang");
  const declared = [...attributes].filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"));
  if (base === undefined && language === undefined && declared.length === 0) return around;
  const absolute =
    base === undefined || (around.base?.length ?? 0) > MAX_URL_LENGTH
      ? undefined
      : resolve(base, around.base ?? documentUrl);
  return {
    ...around,
    ...(absolute === undefined ? {} : { base: absolute }),
    ...(language === undefined ? {} : { language }),
    prefixes: declared.length === 0 ? around.prefixes : declare(around.prefixes, declared),
  };
}

/** No honest document uses more; each element that declares one copies the map. */
const MAX_PREFIXES = 64;
/** Relative bases within relative bases would grow without end. */
const MAX_URL_LENGTH = 4096;

function declare(
  known: Surroundings["prefixes"],
  declared: readonly (readonly [string, string])[],
): Surroundings["prefixes"] {
  if (known.size >= MAX_PREFIXES) return known;
  const prefixes = new Map(known);
  for (const [name, uri] of declared) prefixes.set(name.slice("xmlns:".length), prefixOf(uri));
  return prefixes;
}

/** "dc:creator" for any prefix that means Dublin Core, "title" for a title of the feed formats under any prefix. */
export function usualName(name: string, around: Surroundings): string {
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  const usual = around.prefixes.get(prefix) ?? prefix;
  return usual === "" ? name.slice(colon + 1) : `${usual}:${name.slice(colon + 1)}`;
}

export function resolve(url: string, base: string | undefined): string | undefined {
  return url.length > MAX_URL_LENGTH ? undefined : URL.parse(url.trim(), base)?.href;
}

import type { OutputFormat, PublishedDocument } from "../model/published.ts";

/** HTML stands in CDATA sections, where a text may speak of <item>. */
const ENTRY: Readonly<Record<Exclude<OutputFormat, "json">, RegExp>> = {
  rss: /<!\[CDATA\[.*?\]\]>|<item[\s>]|<\/item>/gs,
  atom: /<entry[\s>]|<\/entry>/g,
};

/**
 * The document with only these of its entries: what a hub pushes (WebSub 7) and what a reader is sent that knows the
 * others (RFC 3229, "feed"). The frame stays as it is, an Atom document's tombstones among it.
 * @param keep ids of entries
 */
export function partialOf(
  { text, entries, path }: Pick<PublishedDocument, "text" | "entries" | "path">,
  keep: ReadonlySet<string>,
): string {
  const format = formatOf(path);
  if (format === "json") return partialJson(text, keep);
  let partial = "";
  let from = 0;
  for (const [at, { start, end }] of rangesOf(text, ENTRY[format]).entries()) {
    if (keep.has(entries[at]?.id ?? "")) continue;
    partial += text.slice(from, start).trimEnd();
    from = end;
  }
  return partial + text.slice(from);
}

/** "search.rss?q=gold" is RSS, too. */
function formatOf(path: string): OutputFormat {
  const [, format] = /\.(rss|atom|json)(?:\?|$)/.exec(path) ?? [];
  if (format === undefined) throw new TypeError(`${path} is no feed`);
  return format as OutputFormat;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function rangesOf(text: string, entry: RegExp): readonly Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(entry)) {
    if (mark.startsWith("<!")) continue;
    if (mark.startsWith("</")) ranges.push({ start, end: index + mark.length });
    else start = index;
  }
  return ranges;
}

function partialJson(text: string, keep: ReadonlySet<string>): string {
  const feed = JSON.parse(text) as { readonly items: readonly { readonly id: string }[] };
  return JSON.stringify({ ...feed, items: feed.items.filter(({ id }) => keep.has(id)) }, undefined, 4);
}

import type { OutputFormat } from "../model/published.ts";
import type { Edition } from "./edition.ts";
import type { Telling } from "./telling.ts";

/** The namespace of RFC 5005's marks. */
export const HISTORY = "http://purl.org/syndication/history/1.0";

/**
 * The entries that make a topic's next archive (RFC 5005 4), oldest first; undefined while all of them are still to be
 * seen. An archive is cut once and stays, so that every story is in one or in the current document: it takes the oldest
 * `size` as soon as there are so many, and in a quiet topic all there are when the first of them leaves. To be asked
 * again until there is none.
 * @param since entries that no archive has, in any order
 * @param shown ids that the current document is about to show
 * @param size at most as many as the current document can show
 */
export function nextArchive<Entry extends Pick<Telling, "iri" | "publishedAt">>(
  since: readonly Entry[],
  shown: ReadonlySet<string>,
  size: number,
): readonly Entry[] | undefined {
  const oldestFirst = since.toSorted((a, b) => a.publishedAt - b.publishedAt || (a.iri < b.iri ? -1 : 1));
  if (oldestFirst.length >= size) return oldestFirst.slice(0, size);
  return oldestFirst.every(({ iri }) => shown.has(iri)) ? undefined : oldestFirst;
}

/** Links between the documents of one topic, by their relation. */
export function historyOf({ older, archiveOf }: Edition, format: OutputFormat): readonly (readonly [string, string])[] {
  const links = {
    "prev-archive": older?.[format],
    current: archiveOf?.current[format],
    "next-archive": archiveOf?.newer[format],
  };
  return Object.entries(links).flatMap(([rel, href]) => (href === undefined ? [] : [[rel, href] as const]));
}

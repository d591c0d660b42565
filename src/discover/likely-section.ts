import type { SectionId } from "../model/ids.ts";
import type { Section } from "../model/section.ts";
import { fold, wordsOf } from "./words.ts";

export interface LikelySection {
  readonly section: SectionId;
  /** for people */
  readonly because: string;
}

/** Nobody's sections lie deeper. */
const DEEPEST = 8;
/** A feed of one section has no item elsewhere, but for the odd advertisement. */
const MOST = 0.8;
/** Fewer addresses prove nothing. */
const FEWEST = 5;

/** The one section that a feed is of, by its own name, its address, or its items' addresses; undefined where none is sure. */
export function likelySection(
  feed: {
    readonly url: string;
    readonly title?: string | undefined;
    /** what the name says anyway: "Handelsblatt: Politik" is of politics, "Handelsblatt" is of no trade */
    readonly publisher?: string | undefined;
    readonly permalinks?: readonly string[];
  },
  sections: readonly Section[],
): LikelySection | undefined {
  const { url, title = "", publisher = "", permalinks = [] } = feed;
  return byName(title, publisher, sections) ?? byAddress(url, sections) ?? byItems(permalinks, sections);
}

function byName(title: string, publisher: string, sections: readonly Section[]): LikelySection | undefined {
  const house = new Set(wordsOf(publisher));
  const words = wordsOf(title).filter((word) => !house.has(word));
  const named = sections.filter((section) => {
    const names = [section.id, ...Object.values(section.titles), ...section.titleWords].map((name) => fold(name));
    return words.some((word) => names.includes(word));
  });
  const [only] = named;
  return only === undefined || named.length > 1
    ? undefined
    : { section: only.id, because: `its title is "${title.trim()}"` };
}

function byAddress(url: string, sections: readonly Section[]): LikelySection | undefined {
  for (const segment of segmentsOf(url).toReversed()) {
    const section = sectionAt(segment, sections);
    if (section !== undefined) return { section: section.id, because: `"${segment}" stands in its address` };
  }
  return undefined;
}

function byItems(permalinks: readonly string[], sections: readonly Section[]): LikelySection | undefined {
  const counts = new Map<Section, number>();
  for (const permalink of permalinks) {
    const [section] = segmentsOf(permalink).flatMap((segment) => sectionAt(segment, sections) ?? []);
    if (section !== undefined) counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  for (const [{ id }, count] of counts)
    if (permalinks.length >= FEWEST && count >= MOST * permalinks.length)
      return { section: id, because: `${count} of ${permalinks.length} items lie there by their addresses` };
  return undefined;
}

const sectionAt = (segment: string, sections: readonly Section[]): Section | undefined =>
  sections.find(({ id, paths }) => id === segment || paths.includes(segment));

function segmentsOf(url: string): readonly string[] {
  const { pathname = "" } = URL.parse(url) ?? {};
  return pathname
    .split("/")
    .slice(0, DEEPEST)
    .map((segment) => fold(segment).replace(/\.(?:rss|xml|atom|json|rdf|html?)$/, ""))
    .filter((segment) => segment !== "");
}

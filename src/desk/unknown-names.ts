import type { PublisherId, SectionId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Section } from "../model/section.ts";
import { EDITOR } from "./file-section.ts";
import { bookOf, namedSection, type SectionBook } from "./section-book.ts";
import { foldersOf } from "./url-places.ts";
import { foldedWords } from "./words.ts";

/** A publisher's name for a desk that config/sections.yaml does not know, and where its items ended up without it. */
export interface UnknownName {
  /** the list of sections.yaml that it would stand in */
  readonly list: "categories" | "paths";
  /** in a spelling that sections.yaml takes */
  readonly name: string;
  /** most items first */
  readonly publishers: readonly PublisherId[];
  readonly items: number;
  /** where most of its items are that words and votes could file; absent where they are too few or too far apart */
  readonly section?: SectionId;
  /** how many are there, of how many that are filed at all */
  readonly there: number;
  readonly filed: number;
}

/** A name that two of five of its items contradict says nothing about a section. */
const LEAST_SHARE = 0.6;
const LEAST_FILED = 3;
/** A publisher has some dozens of desks; what is more are keywords, and the least used of them go. */
const MOST_NAMES = 1000;
/** More categories than these are keywords. */
const MOST_CATEGORIES = 10;
const LONGEST_LABEL = 60;

interface Use {
  readonly list: UnknownName["list"];
  readonly name: string;
  items: number;
  readonly sections: Map<SectionId, number>;
}

type Uses = Map<string, Use>;

/**
 * Counts the names of items that none of their names filed: a desk that a publisher has renamed or newly opened. It
 * holds at most MOST_NAMES a publisher, whatever comes.
 */
export function countUnknownNames(sections: readonly Section[]) {
  const book = bookOf(sections);
  const byPublisher = new Map<PublisherId, Uses>();
  return {
    add({ item, decision }: Placed): void {
      if (isFiledByName({ item, decision }, book)) return;
      const uses = byPublisher.get(item.publisher) ?? new Map<string, Use>();
      byPublisher.set(item.publisher, uses);
      for (const [list, name] of namesOf(item)) count(uses, list, name, decision.section);
    },
    /** @returns those that one publisher uses for so many items, most items first */
    all: (least: number): readonly UnknownName[] => summed(byPublisher, least),
  };
}

/** By today's sections.yaml: a name that stands in it now is known, though older items were filed without it. */
function isFiledByName({ item, decision }: Placed, book: SectionBook): boolean {
  const rule = decision.reasons.find(({ about }) => about === "section")?.rule;
  return rule === EDITOR || rule === "feed-section" || namedSection(item, book) !== undefined;
}

function namesOf({ categories = [], permalink = "" }: Placed["item"]): readonly (readonly [Use["list"], string])[] {
  const labels = categories.slice(0, MOST_CATEGORIES).map(({ label, term }) => foldedWords(label ?? term));
  const told = labels.filter((label) => label !== "" && label.length <= LONGEST_LABEL);
  return [
    ...[...new Set(told)].map((label) => ["categories", label] as const),
    ...[...new Set(foldersOf(permalink))].map((folder) => ["paths", folder] as const),
  ];
}

function count(uses: Uses, list: Use["list"], name: string, section: SectionId | undefined): void {
  const key = `${list} ${name}`;
  if (uses.size >= MOST_NAMES && !uses.has(key)) dropSeldom(uses);
  const use: Use = uses.get(key) ?? { list, name, items: 0, sections: new Map() };
  uses.set(key, use);
  use.items += 1;
  if (section !== undefined) use.sections.set(section, (use.sections.get(section) ?? 0) + 1);
}

/** The seldomer half goes, so that the next come cheap. */
function dropSeldom(uses: Uses): void {
  const seldom = [...uses].sort(([, a], [, b]) => a.items - b.items).slice(0, MOST_NAMES >> 1);
  for (const [key] of seldom) uses.delete(key);
}

function summed(byPublisher: ReadonlyMap<PublisherId, Uses>, least: number): readonly UnknownName[] {
  const byName = new Map<string, { readonly publisher: PublisherId; readonly use: Use }[]>();
  for (const [publisher, uses] of byPublisher)
    for (const [key, use] of uses) byName.set(key, [...(byName.get(key) ?? []), { publisher, use }]);
  return [...byName.values()]
    .filter((all) => all.some(({ use }) => use.items >= least))
    .map((all) => unknownName(all.toSorted((a, b) => b.use.items - a.use.items)))
    .sort((a, b) => b.items - a.items || (a.name < b.name ? -1 : 1));
}

function unknownName(all: readonly { readonly publisher: PublisherId; readonly use: Use }[]): UnknownName {
  const sections = new Map<SectionId, number>();
  for (const { use } of all)
    for (const [section, items] of use.sections) sections.set(section, (sections.get(section) ?? 0) + items);
  const [[section, there] = [undefined, 0]] = [...sections].sort(([, a], [, b]) => b - a);
  const filed = [...sections.values()].reduce((sum, items) => sum + items, 0);
  const isClear = section !== undefined && filed >= LEAST_FILED && there >= LEAST_SHARE * filed;
  return {
    list: all[0]?.use.list ?? "categories",
    name: all[0]?.use.name ?? "",
    publishers: all.map(({ publisher }) => publisher),
    items: all.reduce((sum, { use }) => sum + use.items, 0),
    ...(isClear ? { section } : {}),
    there,
    filed,
  };
}

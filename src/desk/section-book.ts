import type { SectionId } from "../model/ids.ts";
import type { NewsItem, Reason } from "../model/news.ts";
import type { Section } from "../model/section.ts";
import { topicsAbove } from "./media-topics.ts";
import { placesOf } from "./url-places.ts";
import { foldedWords } from "./words.ts";

/** Whatever names a section, ready to be looked up. */
export interface SectionBook {
  readonly sections: readonly SectionId[];
  /** Sections that say what an item is about. "Regional" and "Meinung" have no Media Topic: they say where and how. */
  readonly subjects: ReadonlySet<SectionId>;
  readonly mediaTopics: ReadonlyMap<string, SectionId>;
  readonly categories: ReadonlyMap<string, SectionId>;
  /** the sections' own titles in all languages */
  readonly titles: ReadonlyMap<string, SectionId>;
  readonly paths: ReadonlyMap<string, SectionId>;
  readonly titleWords: ReadonlyMap<string, SectionId>;
}

export interface Filed {
  readonly section: SectionId;
  /** where else its publisher filed it */
  readonly alsoIn?: readonly SectionId[];
  readonly reason: Reason;
}

export function bookOf(sections: readonly Section[]): SectionBook {
  const index = (names: (section: Section) => readonly string[], spell: (name: string) => string) =>
    new Map(
      sections.toReversed().flatMap((section) => names(section).map((name) => [spell(name), section.id] as const)),
    );
  return {
    sections: sections.map(({ id }) => id),
    subjects: new Set(sections.filter(({ mediaTopics }) => mediaTopics.length > 0).map(({ id }) => id)),
    mediaTopics: index(
      (section) => section.mediaTopics,
      (code) => code,
    ),
    categories: index((section) => section.categories, foldedWords),
    titles: index((section) => Object.values(section.titles), foldedWords),
    paths: index(
      (section) => section.paths,
      (path) => path.toLowerCase(),
    ),
    titleWords: index((section) => section.titleWords, foldedWords),
  };
}

/** The section that the publisher itself names, surest evidence first. */
export function namedSection(item: NewsItem, book: SectionBook): Filed | undefined {
  return byFeed(item, book) ?? byCategory(item, book) ?? byPath(item, book) ?? byTitleWord(item, book);
}

function byFeed(item: NewsItem, book: SectionBook): Filed | undefined {
  const section = item.feedSection;
  if (section === undefined || !book.sections.includes(section)) return undefined;
  return filed(section, "feed-section", "the operator filed the whole feed here", { feed: item.feed });
}

/** Of several the section that most categories mean; of equal ones the first. */
function byCategory(item: NewsItem, book: SectionBook): Filed | undefined {
  const found = (item.categories ?? []).slice(0, MOST_CATEGORIES).flatMap((category) => {
    const name = category.label ?? category.term;
    const topic = ofTopicCode(category.term, book);
    const section = topic ?? ofLabel(name, book) ?? ofLabel(category.term, book);
    const isDesk = topic !== undefined || book.titles.get(foldedWords(name)) === section;
    return section === undefined ? [] : [{ section, name, isDesk }];
  });
  const votes = (section: SectionId) => found.filter((one) => one.section === section).length;
  const best = found.toSorted((a, b) => votes(b.section) - votes(a.section))[0];
  if (best === undefined) return undefined;
  const names = found.filter((one) => one.section === best.section).map((one) => one.name);
  const further = found.filter((one) => one.isDesk && one.section !== best.section);
  const alsoIn = [...new Set(further.map((one) => one.section))];
  if (alsoIn.length === 0 || alsoIn.length > MOST_FURTHER)
    return filed(best.section, "category", OWN_CATEGORY, { categories: names });
  const also = further.map((one) => one.name);
  return { ...filed(best.section, "category", OWN_CATEGORY, { categories: names, also }), alsoIn };
}

const OWN_CATEGORY = "the publisher's own category";
/**
 * "Politik" beside "Wirtschaft" files an item twice, and so do two IPTC codes; "Deutschland" beside "Fußball" is a
 * keyword. What is filed everywhere is filed nowhere.
 */
const MOST_FURTHER = 2;
/** More categories than these are keywords. */
const MOST_CATEGORIES = 40;
/** IPTC's eight digits, alone, in a QCode ("medtop:11000000") or at the end of an address. */
const TOPIC_CODE = /(?:^|[:/])(\d{8})$/;

/** The section of the nearest topic that has one: football's, else sport's. */
function ofTopicCode(term: string, book: SectionBook): SectionId | undefined {
  const code = TOPIC_CODE.exec(term.trim())?.[1];
  if (code === undefined) return undefined;
  return topicsAbove(code).flatMap((topic) => book.mediaTopics.get(topic) ?? [])[0];
}

/** "Nachrichten / Sport > Fußball" is known by its whole or by one of its parts, the first first. */
function ofLabel(label: string, book: SectionBook): SectionId | undefined {
  for (const part of [label, ...label.split(/[/>|»:;,]/)]) {
    const section = book.categories.get(foldedWords(part));
    if (section !== undefined) return section;
  }
  return undefined;
}

function byPath(item: NewsItem, book: SectionBook): Filed | undefined {
  for (const place of placesOf(item.permalink ?? "")) {
    const section = book.paths.get(place);
    if (section !== undefined)
      return filed(section, "url-path", "the page's address names the section", { path: place });
  }
  return undefined;
}

function byTitleWord(item: NewsItem, book: SectionBook): Filed | undefined {
  const word = item.sectionWord;
  const section =
    word === undefined ? undefined : (book.titleWords.get(foldedWords(word)) ?? book.categories.get(foldedWords(word)));
  return word === undefined || section === undefined
    ? undefined
    : filed(section, "section-word", "the section's name stood before the title", { word });
}

const filed = (section: SectionId, rule: string, words: string, evidence: NonNullable<Reason["evidence"]>): Filed => ({
  section,
  reason: { about: "section", rule, words, evidence },
});

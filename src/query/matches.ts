import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Query, TextClause } from "./clause.ts";
import { spellingsOf, termsOf } from "./terms.ts";

/** Whether the query holds for one item. `now` matters to `within:` only. */
export function matches(query: Query, placed: Placed, now: Instant): boolean {
  switch (query.kind) {
    case "everything":
      return true;
    case "text":
      return textsOf(placed.item, query.where).some((words) => holds(words, query));
    case "section":
      return placed.decision.section === query.section;
    case "publisher":
      return placed.item.publisher === query.publisher;
    case "feed":
      return placed.item.feed === query.feed;
    case "lang":
      return isLanguage(placed.item.language, query.language);
    case "url":
      return placed.item.permalink?.toLowerCase().includes(query.part) ?? false;
    case "within":
      return placed.item.arrivedAt >= now - query.duration;
    case "before":
      return placed.item.arrivedAt < query.instant;
    case "after":
      return placed.item.arrivedAt >= query.instant;
    case "and":
      return query.of.every((part) => matches(part, placed, now));
    case "or":
      return query.of.some((part) => matches(part, placed, now));
    case "not":
      return !matches(query.of, placed, now);
    default:
      return query satisfies never;
  }
}

/** The words of one text, each by its spellings. */
type Words = readonly (readonly string[])[];

function textsOf(item: Item, where: TextClause["where"]): readonly Words[] {
  switch (where) {
    case "text":
      return wordsOf(item).text;
    case "title":
      return wordsOf(item).title;
    case "author":
      return (item.authors ?? []).map((author) => spelt(author.name ?? ""));
    case "category":
      return (item.categories ?? []).flatMap(({ term, label }) => [spelt(term), spelt(label ?? "")]);
    default:
      return where satisfies never;
  }
}

interface ItemWords {
  readonly item: Item;
  readonly title: readonly Words[];
  readonly text: readonly Words[];
}

/** Topics ask about the same item one after the other; its words are cut once. Keeping more than one costs more than cutting. */
let lastCut: ItemWords | undefined;

function wordsOf(item: Item): ItemWords {
  if (lastCut?.item !== item) {
    const title = spelt(item.title);
    lastCut = { item, title: [title], text: [title, spelt(item.teaser ?? "")] };
  }
  return lastCut;
}

const spelt = (text: string): Words => termsOf(text).map(spellingsOf);

function holds(words: Words, { terms, prefix }: TextClause): boolean {
  const asked = terms.map(spellingsOf);
  const lastStart = words.length - asked.length;
  for (let start = 0; start <= lastStart; start++) {
    if (asked.every((spellings, i) => meet(words[start + i] ?? [], spellings, prefix && i === asked.length - 1)))
      return true;
  }
  return false;
}

const meet = (word: readonly string[], asked: readonly string[], prefix: boolean): boolean =>
  asked.some((spelling) => (prefix ? word.some((known) => known.startsWith(spelling)) : word.includes(spelling)));

const isLanguage = (known: string | undefined, asked: string): boolean =>
  known !== undefined && (known === asked || known.startsWith(`${asked}-`));

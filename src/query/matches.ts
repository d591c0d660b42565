import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Query, TextClause } from "./clause.ts";
import { spellingsIn, textsOf, type Words } from "./item-words.ts";
import { spellingsOf } from "./terms.ts";

/** Whether the query holds for one item. `now` matters to `within:` only. */
export function matches(query: Query, placed: Placed, now: Instant): boolean {
  switch (query.kind) {
    case "everything":
      return true;
    case "text":
      return mayHold(placed.item, query) && textsOf(placed.item, query.where).some((words) => holds(words, query));
    case "section":
      return placed.decision.section === query.section || placed.decision.alsoIn?.includes(query.section) === true;
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

/** A word that is nowhere in the item needs no looking for side by side with others. */
function mayHold(item: Item, clause: TextClause): boolean {
  if (clause.where === "author" || clause.where === "category") return true;
  if (clause.prefix && clause.terms.length === 1) return true;
  const [first = []] = spelt(clause);
  const spellings = spellingsIn(item);
  return first.some((spelling) => spellings.has(spelling));
}

/** Of each of a clause's terms, found once. */
const spellingsOfClause = new WeakMap<TextClause, readonly (readonly string[])[]>();

function spelt(clause: TextClause): readonly (readonly string[])[] {
  const known = spellingsOfClause.get(clause) ?? clause.terms.map(spellingsOf);
  spellingsOfClause.set(clause, known);
  return known;
}

function holds(words: Words, clause: TextClause): boolean {
  const asked = spelt(clause);
  const { prefix } = clause;
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

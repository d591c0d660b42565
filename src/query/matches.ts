import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { ItemState, Query, StoryFacts, TextClause } from "./clause.ts";
import { type Forms, formsOf, isFormOf } from "./forms.ts";
import { spellingsIn, textsOf, type Words } from "./item-words.ts";
import { spellingsOf } from "./terms.ts";

/**
 * Whether the query holds for one item. `now` matters to `within:` only. Without `story` whatever is asked of the item's
 * story is unknown, and an item for which the query may yet hold is taken.
 */
export function matches(query: Query, placed: Placed, now: Instant, story?: StoryFacts): boolean {
  return verdict(query, placed, now, story) !== false;
}

/** Whether nobody can tell without knowing the item's story. */
export function asksOfStory(query: Query): boolean {
  switch (query.kind) {
    case "publishers":
      return true;
    case "is":
      return query.what === "lead";
    case "and":
    case "or":
      return query.of.some(asksOfStory);
    case "not":
      return asksOfStory(query.of);
    default:
      return false;
  }
}

/** Three values, as Kleene's logic and SQL have it; undefined is unknown. */
type Verdict = boolean | undefined;

function verdict(query: Query, placed: Placed, now: Instant, story: StoryFacts | undefined): Verdict {
  switch (query.kind) {
    case "publishers":
      return story && story.publishers >= query.least && story.publishers <= (query.most ?? story.publishers);
    case "is":
      return isInState(query.what, placed, story);
    case "and":
      return both(query.of, false, placed, now, story);
    case "or":
      return both(query.of, true, placed, now, story);
    case "not":
      return opposite(verdict(query.of, placed, now, story));
    default:
      return holdsAlone(query, placed, now);
  }
}

const opposite = (known: Verdict): Verdict => (known === undefined ? undefined : !known);

/** One part that is `decisive` decides; else one that is unknown leaves all unknown. */
function both(
  parts: readonly Query[],
  decisive: boolean,
  placed: Placed,
  now: Instant,
  story: StoryFacts | undefined,
): Verdict {
  let all: Verdict = !decisive;
  for (const part of parts) {
    const known = verdict(part, placed, now, story);
    if (known === decisive) return decisive;
    if (known === undefined) all = undefined;
  }
  return all;
}

function isInState(what: ItemState, { item, decision }: Placed, story: StoryFacts | undefined): Verdict {
  switch (what) {
    case "revised":
      return item.revisedAt !== undefined;
    case "copy":
      return decision.copyOf !== undefined;
    case "lead":
      return story && story.lead === item.id;
    default:
      return what satisfies never;
  }
}

type Alone = Exclude<Query, { readonly kind: "and" | "or" | "not" | "publishers" | "is" }>;

/** What the item itself tells. */
function holdsAlone(query: Alone, placed: Placed, now: Instant): boolean {
  switch (query.kind) {
    case "everything":
      return true;
    case "text":
      return query.forms ? hasForm(placed.item, query) : hasWords(placed.item, query);
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
    default:
      return query satisfies never;
  }
}

function hasForm(item: Item, clause: TextClause): boolean {
  const asked = askedOf(clause);
  const [spellings = []] = asked.spellings;
  const isIt = (spelling: string): boolean => spellings.includes(spelling) || isFormOf(spelling, asked.forms);
  if (clause.where !== "text") return textsOf(item, clause.where).some((words) => words.flat().some(isIt));
  const all = spellingsIn(item);
  return spellings.some((spelling) => all.has(spelling)) || all.values().some((one) => isFormOf(one, asked.forms));
}

const hasWords = (item: Item, clause: TextClause): boolean =>
  mayHold(item, clause) && textsOf(item, clause.where).some((words) => holds(words, clause));

/** A word that is nowhere in the item needs no looking for side by side with others. */
function mayHold(item: Item, clause: TextClause): boolean {
  if (clause.where === "author" || clause.where === "category") return true;
  if (clause.prefix && clause.terms.length === 1) return true;
  const [first = []] = askedOf(clause).spellings;
  const spellings = spellingsIn(item);
  return first.some((spelling) => spellings.has(spelling));
}

interface Asked {
  /** of each term */
  readonly spellings: readonly (readonly string[])[];
  readonly forms: Forms;
}

/** Found once for each clause. */
const known = new WeakMap<TextClause, Asked>();

function askedOf(clause: TextClause): Asked {
  const asked = known.get(clause) ?? {
    spellings: clause.terms.map(spellingsOf),
    forms: formsOf(clause.terms[0] ?? ""),
  };
  known.set(clause, asked);
  return asked;
}

function holds(words: Words, clause: TextClause): boolean {
  const { spellings: asked } = askedOf(clause);
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

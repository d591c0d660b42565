import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Query, StoryFacts } from "./clause.ts";
import { matches } from "./matches.ts";

/** Why a query holds for an item, or not; as clauses that showQuery() can write. */
export interface Explanation {
  readonly holds: boolean;
  /** the fewest clauses that make it so by themselves: where it holds each of them does, else none of them */
  readonly because: readonly Query[];
  /** the fewest clauses that would have to be otherwise for it to hold; none where it holds */
  readonly missing: readonly Query[];
  /** all else that it asks for beside `missing` is there, a word among it */
  readonly isNear: boolean;
}

/** Decides as `matches` does: what nobody knows without `story` may hold. */
export function explain(query: Query, placed: Placed, now: Instant, story?: StoryFacts): Explanation {
  const holdsFor = (part: Query): boolean => matches(part, placed, now, story);
  const holds = holdsFor(query);
  const { clauses: missing, isNear } = otherwise(query, true, holdsFor);
  return { holds, because: deciding(query, holdsFor), missing, isNear };
}

/** Holds where any one of the query's words does; words under a NOT do not count. Undefined where it asks for no word. */
export function anyWordOf(query: Query): Query | undefined {
  const words = wordsOf(query);
  const [first] = words;
  return first === undefined || words.length === 1 ? first : { kind: "or", of: words };
}

/**
 * What can be asked of an item before the desk has placed it: holds wherever the query may. What needs a section, a
 * story or a copy is taken for whatever lets it hold.
 */
export function beforePlacing(query: Query, isTaken = true): Query {
  switch (query.kind) {
    case "section":
    case "publishers":
    case "is":
      return isTaken ? EVERYTHING : { kind: "not", of: EVERYTHING };
    case "and":
    case "or":
      return { kind: query.kind, of: query.of.map((part) => beforePlacing(part, isTaken)) };
    case "not":
      return { kind: "not", of: beforePlacing(query.of, !isTaken) };
    default:
      return query;
  }
}

const EVERYTHING: Query = { kind: "everything" };

type Holds = (part: Query) => boolean;

/** Of an AND that fails and an OR that holds one part is enough: the one with the least to say. */
function deciding(query: Query, holdsFor: Holds): readonly Query[] {
  const holds = holdsFor(query);
  switch (query.kind) {
    case "and":
      return holds ? query.of.flatMap(own) : shortest(query.of.filter((part) => !holdsFor(part)).map(own));
    case "or":
      // none of its words: nobody wants to read them one by one
      return holds ? shortest(query.of.filter(holdsFor).map(own)) : [query];
    case "not":
      return holds ? [query] : deciding(query.of, holdsFor).map(opposite);
    default:
      return [query];
  }
  function own(part: Query): readonly Query[] {
    return deciding(part, holdsFor);
  }
}

interface Change extends Pick<Explanation, "isNear"> {
  readonly clauses: readonly Query[];
}

/** What has to be otherwise for the query to hold, or not to hold. */
function otherwise(query: Query, wanted: boolean, holdsFor: Holds): Change {
  if (holdsFor(query) === wanted) return { clauses: [], isNear: hasWord(query, holdsFor) };
  switch (query.kind) {
    case "and":
      return wanted ? all(query.of.map(own)) : fewest(query.of.map(own));
    case "or": {
      if (!wanted) return all(query.of.map(own));
      const near = query.of.map(own).filter(({ isNear }) => isNear);
      return near.length > 0 ? fewest(near) : { clauses: [query], isNear: false };
    }
    case "not": {
      const { clauses } = otherwise(query.of, !wanted, holdsFor);
      return { clauses: clauses.map(opposite), isNear: false };
    }
    default:
      return { clauses: [query], isNear: false };
  }
  function own(part: Query): Change {
    return otherwise(part, wanted, holdsFor);
  }
}

const all = (changes: readonly Change[]): Change => ({
  clauses: changes.flatMap(({ clauses }) => clauses),
  isNear: changes.some(({ isNear }) => isNear),
});

/** One of its words is there, and not as one that must not be. */
function hasWord(query: Query, holdsFor: Holds): boolean {
  const word = anyWordOf(query);
  return word !== undefined && holdsFor(word);
}

/** The first of those that have the least to say. */
const fewest = (changes: readonly Change[]): Change =>
  changes.reduce((least, one) => (one.clauses.length < least.clauses.length ? one : least), changes[0] ?? all([]));

const shortest = (parts: readonly (readonly Query[])[]): readonly Query[] =>
  parts.reduce((least, one) => (one.length < least.length ? one : least), parts[0] ?? []);

const opposite = (part: Query): Query => (part.kind === "not" ? part.of : { kind: "not", of: part });

function wordsOf(query: Query): readonly Query[] {
  if (query.kind === "text") return [query];
  return query.kind === "and" || query.kind === "or" ? query.of.flatMap(wordsOf) : [];
}

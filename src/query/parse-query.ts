import { nearest } from "../model/nearest.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import type { QueryNames } from "../model/query-names.ts";
import type { BadQuery, Query } from "./clause.ts";
import { FIELDS, type Field, storyClause, textClause } from "./fields.ts";
import { joined } from "./joined.ts";
import { bad } from "./mistakes.ts";
import { idMeantBy, unknownName, unknownTopic } from "./names.ts";
import { isStopWord } from "./stop-words.ts";
import { type Token, tokensOf } from "./tokens.ts";

export interface QueryLimits {
  readonly characters: number;
  /** words and field values together */
  readonly terms: number;
  /** letters before a "*" at least */
  readonly prefix: number;
  /** asked for good, of whatever comes: there is no moment from which `within:` would count */
  readonly isStanding?: true;
}

const LIMITS: QueryLimits = { characters: 2000, terms: 200, prefix: 2 };
/** Topics are written once by editors and may list a whole field of words. */
export const TOPIC_LIMITS: QueryLimits = { ...LIMITS, isStanding: true };
/** Of a topic's query together with its sections, publishers and languages. */
export const WHOLE_TOPIC_LIMITS: QueryLimits = { ...TOPIC_LIMITS, characters: 20_000, terms: 500 };
/** Searches come from anyone: room for a pasted headline. A prefix of two letters holds up the server for 0.2 s (100k items). */
export const READER_LIMITS: QueryLimits = { characters: 200, terms: 8, prefix: 3 };

/**
 * Reads a query. An empty one is bad: "*" asks for everything. What it names must be among `names`, and instead of
 * "topic:id" stands what that topic asks for.
 */
export function parseQuery(text: string, limits: QueryLimits = LIMITS, names: QueryNames = {}): Parsed {
  return read(text, { limits, names, path: [], expanded: { left: MOST_EXPANDED } });
}

type Parsed = { readonly kind: "query"; readonly query: Query } | BadQuery;

/** What a query is read with. */
interface Reading {
  readonly limits: QueryLimits;
  readonly names: QueryNames;
  /** the topics in which we are, the outermost first */
  readonly path: readonly string[];
  /** how many words and topics more may stand in the topics asked for, all together */
  readonly expanded: { left: number };
}

/** Five topics of full length. It bounds what a search can make us do that asks for topics that ask for topics. */
const MOST_EXPANDED = 1000;
const DEEPEST_TOPICS = 8;

function read(text: string, reading: Reading): Parsed {
  const { limits } = reading;
  if (text.length > limits.characters) return bad({ rule: "too-long", most: limits.characters }, limits.characters);
  const tokens = tokensOf(text);
  if ("kind" in tokens) return tokens;
  if (tokens.length === 0) return bad({ rule: "empty" }, 0);
  const cursor: Cursor = { tokens, end: text.length, next: 0, terms: limits.terms, little: new Set(), ...reading };
  const query = readAlternatives(cursor, { depth: 0 });
  const left = peek(cursor);
  if (left) fail(cursor, { rule: "never-opened" }, left.at);
  return cursor.bad ?? { kind: "query", query };
}

interface Cursor extends Reading {
  readonly tokens: readonly Token[];
  readonly end: number;
  next: number;
  /** how many more are allowed */
  terms: number;
  /** stop words: beside a word that says more they are not asked for */
  readonly little: Set<Query>;
  /** the first thing that went wrong; nothing is read after it */
  bad?: BadQuery;
}

/** Where in the query we are: inside how many brackets, after which field ("title:(a OR b)"). */
interface Place {
  readonly depth: number;
  readonly field?: string;
}

/** Nobody means more; and every bracket is a recursion. */
const DEEPEST = 50;

function readAlternatives(cursor: Cursor, place: Place): Query {
  const parts = [readTogether(cursor, place)];
  while (peek(cursor)?.kind === "or") {
    cursor.next++;
    parts.push(readTogether(cursor, place));
  }
  return joined(parts, "or", cursor.little);
}

function readTogether(cursor: Cursor, place: Place): Query {
  const parts = [readOne(cursor, place)];
  for (let token = peek(cursor); token && token.kind !== "or" && token.kind !== "close"; token = peek(cursor)) {
    if (token.kind === "and") cursor.next++;
    parts.push(readOne(cursor, place));
  }
  return joined(parts, "and", cursor.little);
}

function readOne(cursor: Cursor, place: Place): Query {
  const before = cursor.tokens[cursor.next - 1];
  const token = peek(cursor);
  if (!token) return fail(cursor, { rule: "missing-after", word: before?.text ?? "" }, cursor.end);
  if (place.depth > DEEPEST) return fail(cursor, { rule: "too-deep", most: DEEPEST }, token.at);
  cursor.next++;
  switch (token.kind) {
    case "not":
      return { kind: "not", of: readOne(cursor, { ...place, depth: place.depth + 1 }) };
    case "open":
      return readBracket(cursor, place, token);
    case "field":
      return readField(cursor, place, token);
    case "word":
      return readWord(cursor, place, token);
    case "phrase":
      return readValue(cursor, token, place.field);
    case "close":
      return fail(cursor, before ? { rule: "missing-after", word: before.text } : { rule: "never-opened" }, token.at);
    case "and":
    case "or":
      return fail(cursor, { rule: "missing-before", word: token.text }, token.at);
    default:
      return token.kind satisfies never;
  }
}

function readWord(cursor: Cursor, { field }: Place, token: Token): Query {
  if (field !== undefined && storyClause(token.text) !== undefined)
    return fail(cursor, { rule: "field-in-field", field: token.text, outer: field }, token.at);
  return readValue(cursor, token, field);
}

function readBracket(cursor: Cursor, place: Place, open: Token): Query {
  const query = readAlternatives(cursor, { ...place, depth: place.depth + 1 });
  if (peek(cursor)?.kind !== "close") return fail(cursor, { rule: "never-closed" }, open.at);
  cursor.next++;
  return query;
}

function readField(cursor: Cursor, place: Place, { text, at }: Token): Query {
  const name = text.toLowerCase();
  if (!FIELDS.has(name)) return fail(cursor, unknownField(text), at);
  if (place.field) return fail(cursor, { rule: "field-in-field", field: text, outer: place.field }, at);
  const value = peek(cursor);
  if (value?.kind === "open") return readOne(cursor, { ...place, field: name });
  if (value?.kind !== "word" && value?.kind !== "phrase") return fail(cursor, { rule: "no-value", field: text }, at);
  cursor.next++;
  return readValue(cursor, value, name);
}

function readValue(cursor: Cursor, token: Token, fieldName?: string): Query {
  const field = fieldName === undefined ? undefined : FIELDS.get(fieldName);
  const mistake = token.kind === "word" ? wordMistake(token.text, field) : undefined;
  if (mistake) return fail(cursor, mistake, token.at);
  if (!field && token.kind === "word" && token.text === "*") return { kind: "everything" };
  const clause = clauseOf(cursor, token, field);
  if ("rule" in clause) return fail(cursor, withIdMeant(clause, fieldName, cursor.names), token.at);
  const tooMany = spend(cursor, clause.kind === "text" ? clause.terms.length : 1);
  if (tooMany) return fail(cursor, tooMany, token.at);
  return fieldName === "topic" ? readTopic(cursor, token) : clause;
}

function clauseOf(cursor: Cursor, { kind, text }: Token, field: Field | undefined): Query | QueryMistake {
  const ofStory = field || kind === "phrase" ? undefined : storyClause(text);
  const written = { ...cursor.limits, isBare: kind === "word" };
  const clause = ofStory ?? (field ? field(text, written) : textClause("text", text, written));
  if ("rule" in clause) return clause;
  if (written.isBare && saysNothing(clause)) cursor.little.add(clause);
  return unknownName(clause, cursor.names) ?? clause;
}

function withIdMeant(mistake: QueryMistake, field: string | undefined, names: QueryNames): QueryMistake {
  const near = mistake.rule === "no-id" ? idMeantBy(mistake.value, field, names) : undefined;
  return mistake.rule === "no-id" && near !== undefined ? { ...mistake, near } : mistake;
}

/** A stop word that was typed like any other; author names are exact. */
const saysNothing = (clause: Query): boolean =>
  clause.kind === "text" &&
  clause.where !== "author" &&
  clause.terms.length === 1 &&
  !clause.prefix &&
  clause.terms.every(isStopWord);

/** What stands in topics that are asked for is not counted where they are, but with all others. */
function spend(cursor: Cursor, words: number): QueryMistake | undefined {
  cursor.terms -= words;
  if (cursor.path.length > 0) cursor.expanded.left -= words;
  if (cursor.terms < 0) return { rule: "too-many-words", most: cursor.limits.terms };
  return cursor.expanded.left < 0 ? { rule: "topics-too-many-words", most: MOST_EXPANDED } : undefined;
}

function readTopic(cursor: Cursor, { text, at }: Token): Query {
  const { names, path, expanded } = cursor;
  const id = text.toLowerCase();
  const query = names.topics?.get(id);
  if (query === undefined) return fail(cursor, unknownTopic(id, names), at);
  if (path.includes(id)) return fail(cursor, { rule: "topic-circle", topics: [...path, id] }, at);
  if (path.length >= DEEPEST_TOPICS) return fail(cursor, { rule: "topics-too-deep", most: DEEPEST_TOPICS }, at);
  const parsed = read(query, { limits: WHOLE_TOPIC_LIMITS, names, path: [...path, id], expanded });
  return parsed.kind === "bad" ? fail(cursor, mistakeOfTopic(id, parsed.mistake), at) : parsed.query;
}

/** Where all topics together are at fault, none of them is. */
const mistakeOfTopic = (topic: string, mistake: QueryMistake): QueryMistake =>
  OF_ALL.has(mistake.rule) ? mistake : { rule: "bad-topic", topic, mistake };

const OF_ALL: ReadonlySet<QueryMistake["rule"]> = new Set([
  "topic-circle",
  "topics-too-deep",
  "topics-too-many-words",
  "bad-topic",
]);

/** What a bare word cannot be; between quotation marks it can. */
function wordMistake(word: string, field: Field | undefined): QueryMistake | undefined {
  const name = /^(\p{L}+):$/u.exec(word)?.[1];
  if (name !== undefined && FIELDS.has(name.toLowerCase())) return { rule: "no-value", field: name };
  if (field === FIELDS.get("url") || word === "*") return undefined;
  if (!word.includes("*") || /^[^*]*[\p{L}\p{N}\p{M}]\*$/u.test(word)) return undefined;
  return { rule: "star" };
}

function unknownField(field: string): QueryMistake {
  const near = nearest(field, FIELDS.keys());
  return {
    rule: "unknown-field",
    field,
    fields: [...FIELDS.keys(), "story.publishers"].join(", "),
    ...(near !== undefined && { near }),
  };
}

const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.next];

function fail(cursor: Cursor, mistake: QueryMistake, at: number): Query {
  cursor.bad ??= bad(mistake, at);
  cursor.next = cursor.tokens.length;
  return { kind: "everything" };
}

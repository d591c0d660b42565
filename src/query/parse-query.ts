import { nearest } from "../model/nearest.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import type { BadQuery, Query } from "./clause.ts";
import { FIELDS, type Field, textClause } from "./fields.ts";
import { bad } from "./mistakes.ts";
import { type Token, tokensOf } from "./tokens.ts";

export interface QueryLimits {
  readonly characters: number;
  /** words and field values together */
  readonly terms: number;
  /** letters before a "*" at least */
  readonly prefix: number;
}

/** Topics are written once by editors and may list a whole field of words. */
export const TOPIC_LIMITS: QueryLimits = { characters: 2000, terms: 200, prefix: 2 };
/** Searches come from anyone: room for a pasted headline. A prefix of two letters holds up the server for 0.2 s (100k items). */
export const READER_LIMITS: QueryLimits = { characters: 200, terms: 8, prefix: 3 };

/** Reads a query. An empty one is bad: "*" asks for everything. */
export function parseQuery(
  text: string,
  limits: QueryLimits = TOPIC_LIMITS,
): { readonly kind: "query"; readonly query: Query } | BadQuery {
  if (text.length > limits.characters) return bad({ rule: "too-long", most: limits.characters }, limits.characters);
  const tokens = tokensOf(text);
  if ("kind" in tokens) return tokens;
  if (tokens.length === 0) return bad({ rule: "empty" }, 0);
  const cursor: Cursor = { tokens, end: text.length, next: 0, terms: limits.terms, limits };
  const query = readAlternatives(cursor, { depth: 0 });
  const left = peek(cursor);
  if (left) fail(cursor, { rule: "never-opened" }, left.at);
  return cursor.bad ?? { kind: "query", query };
}

interface Cursor {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly limits: QueryLimits;
  next: number;
  /** how many more are allowed */
  terms: number;
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
  return joined("or", parts);
}

function readTogether(cursor: Cursor, place: Place): Query {
  const parts = [readOne(cursor, place)];
  for (let token = peek(cursor); token && token.kind !== "or" && token.kind !== "close"; token = peek(cursor)) {
    if (token.kind === "and") cursor.next++;
    parts.push(readOne(cursor, place));
  }
  return joined("and", parts);
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
  const clause = field ? field(token.text, cursor.limits) : textClause("text", token.text, cursor.limits);
  if ("rule" in clause) return fail(cursor, clause, token.at);
  cursor.terms -= clause.kind === "text" ? clause.terms.length : 1;
  if (cursor.terms < 0) return fail(cursor, { rule: "too-many-words", most: cursor.limits.terms }, token.at);
  return clause;
}

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
  return { rule: "unknown-field", field, fields: [...FIELDS.keys()].join(", "), ...(near !== undefined && { near }) };
}

function joined(kind: "and" | "or", parts: readonly Query[]): Query {
  const [first, ...more] = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return first && more.length === 0 ? first : { kind, of: first ? [first, ...more] : more };
}

const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.next];

function fail(cursor: Cursor, mistake: QueryMistake, at: number): Query {
  cursor.bad ??= bad(mistake, at);
  cursor.next = cursor.tokens.length;
  return { kind: "everything" };
}

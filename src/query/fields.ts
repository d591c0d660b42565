import { feedId, publisherId, SLUG, sectionId } from "../model/ids.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import { parseDuration } from "../model/time.ts";
import type { Query, TextClause } from "./clause.ts";
import { termsOf } from "./terms.ts";

/** What one field makes of its value: a clause, or what is wrong with it. */
export type Field = (value: string, limits: PrefixLimit) => Query | QueryMistake;

interface PrefixLimit {
  /** letters before a "*" at least */
  readonly prefix: number;
}

export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["title", (value, limits) => textClause("title", value, limits)],
  ["section", (value) => withId(value, (id) => ({ kind: "section", section: sectionId(id) }))],
  ["publisher", (value) => withId(value, (id) => ({ kind: "publisher", publisher: publisherId(id) }))],
  ["lang", language],
  ["author", (value, limits) => textClause("author", value, limits)],
  ["category", (value, limits) => textClause("category", value, limits)],
  ["url", url],
  ["feed", (value) => withId(value, (id) => ({ kind: "feed", feed: feedId(id) }))],
  ["within", within],
  ["before", (value) => day(value, (instant) => ({ kind: "before", instant }))],
  ["after", (value) => day(value, (instant) => ({ kind: "after", instant }))],
]);

/** A word or a phrase; "*" right after its last letter asks for words that begin so. */
export function textClause(where: TextClause["where"], value: string, limits: PrefixLimit): TextClause | QueryMistake {
  const terms = termsOf(value);
  const prefix = PREFIX.test(value);
  const last = terms.at(-1);
  if (last === undefined) return { rule: "no-text" };
  if (prefix && last.length < limits.prefix && ALPHABETIC.test(last))
    return { rule: "short-beginning", beginning: last, letters: limits.prefix };
  return { kind: "text", where, terms, prefix };
}

const PREFIX = /[\p{L}\p{N}\p{M}]\*$/u;
/** In other scripts a single character may be a word. */
const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]+$/u;

function withId(value: string, clauseOf: (id: string) => Query): Query | QueryMistake {
  const id = value.toLowerCase();
  return SLUG.test(id) ? clauseOf(id) : { rule: "no-id", value };
}

function language(value: string): Query | QueryMistake {
  const tag = value.toLowerCase();
  return LANGUAGE.test(tag) ? { kind: "lang", language: tag } : { rule: "no-language", value };
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}$/;

function url(value: string): Query | QueryMistake {
  return value.trim() === "" ? { rule: "no-address" } : { kind: "url", part: value.toLowerCase() };
}

function within(value: string): Query | QueryMistake {
  const duration = parseDuration(value.toLowerCase());
  return duration ? { kind: "within", duration } : { rule: "no-duration", value };
}

function day(value: string, clauseOf: (instant: number) => Query): Query | QueryMistake {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2026-02-30 for the 2nd of March
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
  return isDay ? clauseOf(instant) : { rule: "no-day", value };
}

import { feedId, publisherId, SLUG, sectionId } from "../model/ids.ts";
import { nearest } from "../model/nearest.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import { parseDuration } from "../model/time.ts";
import type { ItemState, Query, TextClause } from "./clause.ts";
import { formsOf } from "./forms.ts";
import { termsOf } from "./terms.ts";

/** What one field makes of its value: a clause, or what is wrong with it. */
export type Field = (value: string, written: Written) => Query | QueryMistake;

interface Written {
  /** without quotation marks */
  readonly isBare: boolean;
  /** letters before a "*" at least */
  readonly prefix: number;
  /** as a topic is: see QueryLimits */
  readonly isStanding?: true;
}

export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["title", (value, written) => textClause("title", value, written)],
  ["section", (value) => withId(value, (id) => ({ kind: "section", section: sectionId(id) }))],
  ["publisher", (value) => withId(value, (id) => ({ kind: "publisher", publisher: publisherId(id) }))],
  ["lang", language],
  ["author", (value, written) => textClause("author", value, { ...written, isBare: false })],
  ["category", (value, written) => textClause("category", value, written)],
  ["url", url],
  ["feed", (value) => withId(value, (id) => ({ kind: "feed", feed: feedId(id) }))],
  ["within", within],
  ["before", (value) => day(value, (instant) => ({ kind: "before", instant }))],
  ["after", (value) => day(value, (instant) => ({ kind: "after", instant }))],
  ["is", state],
  // what it stands for is read in its place
  ["topic", (value) => withId(value, () => ({ kind: "everything" }))],
]);

/** "story.publishers>=3": the only field that is compared. Undefined: a word like others. */
export function storyClause(word: string): Query | QueryMistake | undefined {
  if (!OF_STORY.test(word)) return undefined;
  const [, how = "", count = ""] = COMPARISON.exec(word) ?? [];
  const range = RANGES[how]?.(Number(count));
  if (range === undefined || range.least > MOST_COUNTED || (range.most ?? 0) < 0)
    return { rule: "no-comparison", value: word, ...meantBy(word) };
  return { kind: "publishers", ...range };
}

/** "story.publisher>=5", "story.sources>3": there is only one thing to compare. */
function meantBy(word: string): { readonly near?: string } {
  const [, name = "", comparison = ""] = /^story\.(\p{L}+)((?:>=|<=|>|<|=)\d{1,4})$/iu.exec(word) ?? [];
  return comparison === "" || name.toLowerCase() === "publishers" ? {} : { near: `story.publishers${comparison}` };
}

/** There are no more publishers. */
const MOST_COUNTED = 9999;

const OF_STORY = /^story\.(?:publishers?(?![\p{L}\p{N}])|\p{L}+[<>=:])/iu;
const COMPARISON = /^story\.publishers(>=|<=|>|<|=)(\d{1,4})$/i;

const RANGES: Readonly<Record<string, (count: number) => { readonly least: number; readonly most?: number }>> = {
  ">=": (count) => ({ least: count }),
  ">": (count) => ({ least: count + 1 }),
  "=": (count) => ({ least: count, most: count }),
  "<=": (count) => ({ least: 0, most: count }),
  "<": (count) => ({ least: 0, most: count - 1 }),
};

/** A word or a phrase; "*" right after its last letter asks for words that begin so. */
export function textClause(
  where: TextClause["where"],
  value: string,
  { isBare, prefix: shortest }: Written,
): TextClause | QueryMistake {
  const terms = termsOf(value);
  const prefix = PREFIX.test(value);
  const last = terms.at(-1);
  if (last === undefined) return { rule: "no-text" };
  if (prefix && last.length < shortest && ALPHABETIC.test(last))
    return { rule: "short-beginning", beginning: last, letters: shortest };
  const hasForms = isBare && !prefix && terms.length === 1 && formsOf(last).keys.size > 0;
  return { kind: "text", where, terms, prefix, ...(hasForms && { forms: true }) };
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

function within(value: string, { isStanding }: Written): Query | QueryMistake {
  const duration = parseDuration(value.toLowerCase());
  if (!duration) return { rule: "no-duration", value };
  return isStanding ? { rule: "age-in-topic", value } : { kind: "within", duration };
}

function day(value: string, clauseOf: (instant: number) => Query): Query | QueryMistake {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2026-02-30 for the 2nd of March
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
  return isDay ? clauseOf(instant) : { rule: "no-day", value };
}

const STATES: readonly ItemState[] = ["revised", "copy", "lead"];

function state(value: string): Query | QueryMistake {
  const what = STATES.find((one) => one === value.toLowerCase());
  if (what !== undefined) return { kind: "is", what };
  const near = nearest(value, STATES);
  return { rule: "no-state", value, states: STATES.join(", "), ...(near !== undefined && { near }) };
}

import { DAY, type Duration, HOUR, type Instant, isoOf, MINUTE, SECOND } from "../model/time.ts";
import type { Query, TextClause } from "./clause.ts";
import { formsOf } from "./forms.ts";
import { isStopWord } from "./stop-words.ts";

/** The query in one spelling: reading it again gives an equal query, and equal queries look equal. */
export function showQuery(query: Query): string {
  switch (query.kind) {
    case "and":
      return query.of.map(within).join(" ");
    case "or":
      return query.of.map(within).join(" OR ");
    case "not":
      return `-${query.of.kind === "everything" || query.of.kind === "not" ? `(${showQuery(query.of)})` : within(query.of)}`;
    default:
      return showClause(query);
  }
}

const within = (part: Query): string =>
  part.kind === "and" || part.kind === "or" ? `(${showQuery(part)})` : showQuery(part);

function showClause(query: Exclude<Query, { kind: "and" | "or" | "not" }>): string {
  switch (query.kind) {
    case "everything":
      return "*";
    case "text":
      return showText(query);
    case "section":
      return `section:${query.section}`;
    case "publisher":
      return `publisher:${query.publisher}`;
    case "feed":
      return `feed:${query.feed}`;
    case "lang":
      return `lang:${query.language}`;
    case "url":
      return `url:${/[\s()]/.test(query.part) ? `"${query.part}"` : query.part}`;
    case "within":
      return `within:${showSpan(query.duration)}`;
    case "before":
      return `before:${showDay(query.instant)}`;
    case "after":
      return `after:${showDay(query.instant)}`;
    case "publishers":
      return `story.publishers${showRange(query)}`;
    case "is":
      return `is:${query.what}`;
    default:
      return query satisfies never;
  }
}

function showText(clause: TextClause): string {
  const { where, terms, prefix } = clause;
  const words = `${terms.join(" ")}${prefix ? "*" : ""}`;
  return `${where === "text" ? "" : `${where}:`}${isQuoted(clause) ? `"${words}"` : words}`;
}

/** Phrases; and what would be read otherwise without quotation marks. */
function isQuoted({ where, terms, prefix, forms }: TextClause): boolean {
  const [term = ""] = terms;
  if (terms.length > 1) return true;
  if (prefix || forms || where === "author") return false;
  return isStopWord(term) || formsOf(term).keys.size > 0;
}

function showRange({ least, most }: { readonly least: number; readonly most?: number }): string {
  if (most === undefined) return `>=${least}`;
  return least === most ? `=${most}` : `<=${most}`;
}

const UNITS: readonly (readonly [Duration, string])[] = [
  [7 * DAY, "w"],
  [DAY, "d"],
  [HOUR, "h"],
  [MINUTE, "m"],
  [SECOND, "s"],
];

/** Exact, unlike showDuration: "36h" stays 36 hours. */
function showSpan(duration: Duration): string {
  const [unit, letter] = UNITS.find(([length]) => duration % length === 0) ?? [1, "ms"];
  return `${duration / unit}${letter}`;
}

const showDay = (instant: Instant): string => isoOf(instant).slice(0, 10);

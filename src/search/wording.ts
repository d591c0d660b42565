import type { QueryHint } from "../model/query-hint.ts";
import {
  type BadQuery,
  hintsOf,
  parseQuery,
  type Query,
  type QueryNames,
  READER_LIMITS,
  showQuery,
} from "../query/query.ts";

/** A search that was understood. */
export interface Search {
  readonly kind: "search";
  readonly query: Query;
  /** in its one spelling, whichever way it was typed */
  readonly text: string;
  /** where it was perhaps meant otherwise */
  readonly hints: readonly QueryHint[];
  /** the first of these wordings that is a search, too: what is written out in full may be too long for one */
  wording(...texts: readonly string[]): string | undefined;
}

/** Reads what somebody searches for. */
export function readSearch(typed: string, names?: QueryNames): Search | BadQuery {
  const parse = (text: string) => parseQuery(text, READER_LIMITS, names);
  const parsed = parse(typed);
  if (parsed.kind === "bad") return parsed;
  const wording: Search["wording"] = (...texts) => texts.find((text) => parse(text).kind === "query");
  const { query } = parsed;
  const own = typed.replaceAll(/\s+/g, " ").trim();
  // a search's feed asks for the topic as it will be, not for what the topic asks for today
  const text = TOPIC.test(typed) ? own : (wording(showQuery(query)) ?? own);
  return { kind: "search", query, wording, text, hints: hintsOf(typed) };
}

const TOPIC = /(?<![\p{L}\p{N}])topic:/iu;

/** The one query language of topics, searches and previews: docs/query-language.md. */
export type { Query, TextClause } from "./clause.ts";
export { matches } from "./matches.ts";
export { parseQuery, READER_LIMITS, TOPIC_LIMITS } from "./parse-query.ts";
export { percolator } from "./percolate.ts";
export { showQuery } from "./show-query.ts";
export { spellingsOf, termsOf } from "./terms.ts";

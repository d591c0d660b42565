/** The one query language of topics, searches and previews: docs/query-language.md. */
export type { QueryNames } from "../model/query-names.ts";
export type { BadQuery, Query, StoryFacts, TextClause } from "./clause.ts";
export { anyWordOf, beforePlacing, type Explanation, explain } from "./explain.ts";
export { type Forms, formsOf, isFormOf } from "./forms.ts";
export { hintsOf } from "./hints.ts";
export { leastPublishers } from "./least-publishers.ts";
export { asksOfStory, matches } from "./matches.ts";
export { MEANING } from "./meaning.ts";
export { namesOf } from "./names.ts";
export { parseQuery, READER_LIMITS, TOPIC_LIMITS, WHOLE_TOPIC_LIMITS } from "./parse-query.ts";
export { percolator } from "./percolate.ts";
export { showQuery } from "./show-query.ts";
export { storyFacts } from "./story-facts.ts";
export { spellingsOf, termsOf } from "./terms.ts";

import type { Placed } from "./news.ts";
import type { QueryHint } from "./query-hint.ts";

/** A stretch of a text; `hit` where a search matched it. End to end they are the text. */
export interface Run {
  readonly text: string;
  readonly hit?: true;
}

/** One item that a search found, and where its words stand in it. */
export interface Hit {
  readonly placed: Placed;
  /** the whole title */
  readonly title: readonly Run[];
  /** what is around the first match, where the teaser is long */
  readonly teaser?: readonly Run[];
}

export type SearchOrder = "relevance" | "newest";

export type FacetField = "section" | "publisher" | "lang" | "day";

/** How the hits spread over one field, all hits and not only those of a page. */
export interface Facet {
  readonly field: FacetField;
  readonly values: readonly FacetValue[];
}

interface FacetValue {
  /** an id, a language without its country, a day as "2026-01-31" (UTC) */
  readonly value: string;
  readonly count: number;
  /** the search narrowed to this value */
  readonly query: string;
}

/** A condition of the search that can be taken away again. */
export interface Filter {
  /** "other": `value` is the condition as it is written */
  readonly field: FacetField | "other";
  readonly value: string;
  /** the search without it */
  readonly query: string;
}

/** One page of what a search found. */
export interface SearchResult {
  readonly kind: "found";
  /** in its one spelling */
  readonly query: string;
  readonly order: SearchOrder;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  readonly hits: readonly Hit[];
  /** all that match */
  readonly total: number;
  /** so many of them are on a page */
  readonly reachable: number;
  readonly facets: readonly Facet[];
  readonly filters: readonly Filter[];
  /** it has so many words already that no condition fits in: nothing narrows it */
  readonly isFull?: true;
  /** another spelling that finds more */
  readonly suggestion?: { readonly query: string; readonly total: number };
  /** where the search was perhaps meant otherwise than it was read */
  readonly hints?: readonly QueryHint[];
  /** the time was up before all items were looked at: the newest were */
  readonly isPartial?: true;
}

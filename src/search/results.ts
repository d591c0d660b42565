import type { SearchOrder, SearchResult } from "../model/found.ts";
import type { Instant } from "../model/time.ts";
import { facetCounts } from "./facets.ts";
import { filtersOf } from "./filters.ts";
import type { SearchIndex } from "./search.ts";
import { snippeter } from "./snippet.ts";
import { FEW_HITS, suggestionFor } from "./suggest.ts";
import type { Search } from "./wording.ts";

interface PageAsked {
  /** from 1; beyond the last there is the last */
  readonly page: number;
  readonly order: SearchOrder;
  readonly now: Instant;
}

/** Hits a page, and pages that can be turned to: nobody reads further. */
const HITS = 50;
const MOST_PAGES = 20;

/** One page of a search for people: its hits with their words marked, what would narrow it, what was perhaps meant. */
export async function searchPageOf(
  index: Pick<SearchIndex, "ask" | "dictionaries">,
  search: Search,
  { page: asked, order, now }: PageAsked,
): Promise<SearchResult> {
  const page = Math.min(Math.max(1, asked), MOST_PAGES);
  const start = (page - 1) * HITS;
  const counts = facetCounts();
  const found = await index.ask(search.query, { limit: start + HITS, from: start, now, order, each: counts.count });
  const { total } = found;
  const reachable = Math.min(total, MOST_PAGES * HITS);
  const pages = Math.max(1, Math.ceil(reachable / HITS));
  if (page > pages) return await searchPageOf(index, search, { page: pages, order, now });
  const snippetOf = snippeter(search.query);
  const suggestion = total < FEW_HITS ? await suggestionFor(search, index, { total, now }) : undefined;
  return {
    kind: "found",
    query: search.text,
    ...{ order, page, pages, total, reachable },
    hits: found.hits.map((placed) => ({ placed, ...snippetOf(placed.item) })),
    facets: counts.facets(search),
    filters: filtersOf(search),
    ...(suggestion !== undefined && { suggestion }),
    ...(found.isCut && { isPartial: true }),
  };
}

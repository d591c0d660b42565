import type { SearchOrder, SearchResult } from "../model/found.ts";
import type { Instant } from "../model/time.ts";
import { aTurn } from "./a-turn.ts";
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
  /** aborted: nobody waits for it any more */
  readonly signal?: AbortSignal | undefined;
}

/** Hits a page, and pages that can be turned to: nobody reads further. */
const HITS = 50;
const MOST_PAGES = 20;

/** One page of a search for people: its hits with their words marked, what would narrow it, what was perhaps meant. */
export async function searchPageOf(
  index: Pick<SearchIndex, "ask" | "dictionaries">,
  search: Search,
  { page: asked, order, now, signal }: PageAsked,
): Promise<SearchResult> {
  const wanted = Math.min(Math.max(1, asked), MOST_PAGES);
  const pageIn = (total: number): number => Math.min(wanted, pagesOf(total));
  const from = (total: number): number => (pageIn(total) - 1) * HITS;
  const counts = facetCounts();
  const found = await index.ask(search.query, { limit: wanted * HITS, from, now, order, signal, each: counts.count });
  const { total } = found;
  await aTurn();
  const snippetOf = snippeter(search.query);
  const hits = found.hits.map((placed) => ({ placed, ...snippetOf(placed.item) }));
  await aTurn();
  const [facets, filters] = [counts.facets(search), filtersOf(search)];
  const asksMore = total < FEW_HITS && !signal?.aborted;
  const suggestion = asksMore ? await suggestionFor(search, index, { total, now, signal }) : undefined;
  // whoever shows them has a turn of its own
  await aTurn();
  return {
    kind: "found",
    query: search.text,
    ...{ order, page: pageIn(total), pages: pagesOf(total), total, reachable: reachableOf(total) },
    ...{ hits, facets, filters },
    ...(suggestion !== undefined && { suggestion }),
    ...(total > 1 && search.wording(`${search.text} ${ONE_WORD}`) === undefined && { isFull: true }),
    ...(search.hints.length > 0 && { hints: search.hints }),
    ...(found.isCut && { isPartial: true }),
  };
}

const ONE_WORD = "word";

const reachableOf = (total: number): number => Math.min(total, MOST_PAGES * HITS);
const pagesOf = (total: number): number => Math.max(1, Math.ceil(reachableOf(total) / HITS));

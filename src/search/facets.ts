import type { Facet, FacetField } from "../model/found.ts";
import { DAY, isoOf } from "../model/time.ts";
import { filtersOf, narrowed } from "./filters.ts";
import type { Glimpse } from "./glimpse.ts";
import type { Search } from "./wording.ts";

export interface FacetCounts {
  count(glimpse: Glimpse): void;
  /** what would narrow the search: the most common first, days from the newest */
  facets(search: Search): readonly Facet[];
}

/** A list that is read, not searched. */
const MOST: Readonly<Record<FacetField, number>> = { section: 12, publisher: 10, lang: 6, day: 7 };
const FIELDS = ["section", "publisher", "lang", "day"] as const;

/** Counts hits as they are found, one after the other. */
export function facetCounts(): FacetCounts {
  const sections = new Map<string, number>();
  const publishers = new Map<string, number>();
  const languages = new Map<string, number>();
  const days = new Map<number, number>();
  let total = 0;

  function count({ item, decision }: Glimpse): void {
    const { section, alsoIn } = decision;
    total++;
    if (section !== undefined) add(sections, section);
    for (const also of alsoIn ?? []) if (also !== section) add(sections, also);
    add(publishers, item.publisher);
    if (item.language !== undefined) add(languages, item.language);
    add(days, Math.floor(item.arrivedAt / DAY));
  }

  function facets(search: Search): readonly Facet[] {
    const counted: Readonly<Record<FacetField, readonly Counted[]>> = {
      section: mostCommon(sections),
      publisher: mostCommon(publishers),
      lang: mostCommon(withoutCountries(languages)),
      day: [...days].sort(([a], [b]) => b - a).map(([day, times]) => [isoOf(day * DAY).slice(0, 10), times]),
    };
    const chosen = new Set(filtersOf(search).map(({ field, value }) => `${field} ${value}`));
    return FIELDS.flatMap((field) => {
      const open = counted[field].filter(([value]) => !chosen.has(`${field} ${value}`)).slice(0, MOST[field]);
      const values = open.flatMap(([value, times]) => {
        const narrower = narrowed(search, field, value);
        return narrower === undefined ? [] : [{ value, count: times, query: narrower }];
      });
      // what all hits have in common narrows nothing
      return values.some(({ count: times }) => times < total) ? [{ field, values }] : [];
    });
  }

  return { count, facets };
}

type Counted = readonly [value: string, times: number];

function add<Key>(counts: Map<Key, number>, key: Key, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

/** "de" means "de-at", too. */
function withoutCountries(languages: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [language, times] of languages) add(counts, language.split("-")[0] ?? language, times);
  return counts;
}

const mostCommon = (counts: ReadonlyMap<string, number>): readonly Counted[] =>
  [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

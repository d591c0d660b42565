import type { Item } from "../model/item.ts";
import type { Decision } from "../model/news.ts";
import type { Query } from "../query/query.ts";

/** What of an item is counted, sorted and asked for by fields: all that lies open of most. Every Placed is one. */
export interface Glimpse {
  readonly item: Pick<Item, "id" | "feed" | "publisher" | "arrivedAt" | "language" | "revisedAt">;
  readonly decision: Pick<Decision, "story" | "section" | "alsoIn" | "copyOf"> & Partial<Decision>;
}

/** A query in two: what a glimpse decides, and what takes the whole item. Both must hold. */
export function split(query: Query): { readonly atAGlance: readonly Query[]; readonly closely: readonly Query[] } {
  const parts = query.kind === "and" ? query.of : [query];
  return {
    atAGlance: parts.filter(isSeenAtAGlance),
    closely: parts.filter((part) => !isSeenAtAGlance(part)),
  };
}

function isSeenAtAGlance(query: Query): boolean {
  switch (query.kind) {
    case "everything":
    case "section":
    case "publisher":
    case "feed":
    case "lang":
    case "within":
    case "before":
    case "after":
    case "publishers":
    case "is":
      return true;
    case "and":
    case "or":
      return query.of.every(isSeenAtAGlance);
    case "not":
      return isSeenAtAGlance(query.of);
    default:
      return false;
  }
}

import type { Placed } from "./news.ts";

/** The publisher's page that an item leads to: in two feeds of its publisher it is still one page. */
export const pageOf = ({ item }: Placed): string => `${item.publisher} ${item.permalink ?? item.id}`;

/** Each page once, in the order given; `but` is told already. */
export function onePerPage(items: readonly Placed[], but?: Placed): readonly Placed[] {
  const seen = new Set(but === undefined ? [] : [pageOf(but)]);
  return items.filter((placed) => {
    const page = pageOf(placed);
    if (seen.has(page)) return false;
    seen.add(page);
    return true;
  });
}

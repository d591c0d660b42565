import type { ItemId } from "../model/ids.ts";
import type { Glimpse } from "./glimpse.ts";

/** What stands in the line, and by what. */
type Standing = Pick<Glimpse, "item">;

export interface Timeline {
  add(standing: Standing): void;
  /** found by arrival and id, so another version of the item will do */
  remove(standing: Standing): void;
  oldest(): ItemId | undefined;
  newest(): Iterable<ItemId>;
}

/** Ids in one array: to close or open a gap moves all that stand behind it. */
const LARGEST = 2000;

/**
 * Items by arrival, in sorted arrays, one after the other: most arrive in order, and go to the end of the last.
 * @param of whatever stands in the line
 */
export function timeline(of: (id: ItemId) => Standing | undefined): Timeline {
  /** oldest first; none is empty but an only one */
  const stretches: ItemId[][] = [[]];

  /** where the item is or belongs */
  function placeOf(standing: Standing): { readonly stretch: ItemId[]; readonly at: number } {
    const isOlder = (id: ItemId | undefined): boolean => {
      const there = id && of(id);
      return there !== undefined && newestFirst(standing, there) < 0;
    };
    const last = stretches.at(-1) ?? [];
    if (isOlder(last.at(-1))) return { stretch: last, at: last.length };
    const stretch = stretches[firstOf(stretches.length, (n) => !isOlder(stretches[n]?.at(-1)))] ?? last;
    return { stretch, at: firstOf(stretch.length, (n) => !isOlder(stretch[n])) };
  }

  return {
    add(standing) {
      const { stretch, at } = placeOf(standing);
      stretch.splice(at, 0, standing.item.id);
      if (stretch.length > LARGEST) stretches.splice(stretches.indexOf(stretch) + 1, 0, stretch.splice(LARGEST / 2));
    },
    remove(standing) {
      const { stretch, at } = placeOf(standing);
      if (stretch[at] !== standing.item.id) return;
      stretch.splice(at, 1);
      if (stretch.length === 0 && stretches.length > 1) stretches.splice(stretches.indexOf(stretch), 1);
    },
    oldest: () => stretches[0]?.[0],
    *newest() {
      // whoever pauses in between must not meet an item twice
      const walked = stretches.flat();
      for (let place = walked.length - 1; place >= 0; place--) {
        const id = walked[place];
        if (id !== undefined) yield id;
      }
    },
  };
}

/** By bisection; `count` where there is none. */
function firstOf(count: number, isSo: (n: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A total order: of two that arrived together the smaller id comes first. */
export function newestFirst({ item: a }: Standing, { item: b }: Standing): number {
  if (a.arrivedAt !== b.arrivedAt) return b.arrivedAt - a.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

import type { Placed } from "../model/news.ts";

export interface Timeline {
  add(placed: Placed): void;
  /** found by arrival and id, so another version of the item will do */
  remove(placed: Placed): void;
  oldest(): Placed | undefined;
  newest(): Iterable<Placed>;
}

/** Items by arrival. Most arrive in order, so a sorted array with a binary search is as quick as any tree. */
export function timeline(): Timeline {
  const line: Placed[] = [];

  /** where the item is or belongs */
  function placeOf(placed: Placed): number {
    let [low, high] = [0, line.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = line[middle];
      if (there && newestFirst(placed, there) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add: (placed) => {
      line.splice(placeOf(placed), 0, placed);
    },
    remove: (placed) => {
      const place = placeOf(placed);
      if (line[place]?.item.id === placed.item.id) line.splice(place, 1);
    },
    oldest: () => line[0],
    *newest() {
      // whoever pauses in between must not meet an item twice
      const walked = line.slice();
      for (let place = walked.length - 1; place >= 0; place--) {
        const placed = walked[place];
        if (placed) yield placed;
      }
    },
  };
}

/** A total order: of two that arrived together the smaller id comes first. */
export function newestFirst({ item: a }: Placed, { item: b }: Placed): number {
  if (a.arrivedAt !== b.arrivedAt) return b.arrivedAt - a.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

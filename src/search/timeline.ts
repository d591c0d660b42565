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

/**
 * Items by arrival, in a sorted array: most arrive in order, and go to its end.
 * @param of whatever stands in the line
 */
export function timeline(of: (id: ItemId) => Standing | undefined): Timeline {
  const line: ItemId[] = [];

  /** where the item is or belongs */
  function placeOf(standing: Standing): number {
    const last = of(line.at(-1) ?? standing.item.id);
    if (last && newestFirst(standing, last) < 0) return line.length;
    let [low, high] = [0, line.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = of(line[middle] ?? standing.item.id);
      if (there && newestFirst(standing, there) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add: (standing) => {
      line.splice(placeOf(standing), 0, standing.item.id);
    },
    remove: (standing) => {
      const place = placeOf(standing);
      if (line[place] === standing.item.id) line.splice(place, 1);
    },
    oldest: () => line[0],
    *newest() {
      // whoever pauses in between must not meet an item twice
      const walked = line.slice();
      for (let place = walked.length - 1; place >= 0; place--) {
        const id = walked[place];
        if (id !== undefined) yield id;
      }
    },
  };
}

/** A total order: of two that arrived together the smaller id comes first. */
export function newestFirst({ item: a }: Standing, { item: b }: Standing): number {
  if (a.arrivedAt !== b.arrivedAt) return b.arrivedAt - a.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

import type { ItemId, StoryId } from "../model/ids.ts";
import { keepNewest } from "../model/keep-newest.ts";
import type { Decision, Placed } from "../model/news.ts";
import type { Glimpse } from "./glimpse.ts";

/** Where an item can be read that is not held whole. */
export interface Source {
  read(at: number): Placed | undefined;
  glimpse(at: number): Glimpse | undefined;
}

interface Place {
  readonly part: Source;
  readonly at: number;
}

/** All items that are kept: the newest and those that changed whole, of the others a glimpse and where they are packed. */
export interface ItemShelf {
  has(id: ItemId): boolean;
  /** of the packed ones those that were read last are at hand */
  get(id: ItemId): Placed | undefined;
  /** the same for those who look at many, once */
  peek(id: ItemId): Placed | undefined;
  glimpse(id: ItemId): Glimpse | undefined;
  put(placed: Placed): void;
  drop(id: ItemId): void;
  move(id: ItemId, story: StoryId, storyIri: string): void;
  /** an item that is packed from now on */
  pack(id: ItemId, place: Place): void;
  /** another object after each change of the item, the same as long as there is none */
  state(id: ItemId): object | undefined;
  readonly size: number;
  /** whole ones, and packed ones that were told to be of another story since */
  changed(): Iterable<Changed>;
}

export type Changed =
  | { readonly kind: "whole"; readonly placed: Placed }
  | { readonly kind: "moved"; readonly item: ItemId; readonly story: StoryId; readonly storyIri: string };

type Move = Pick<Decision, "story" | "storyIri">;

/** As many as the sections' pages choose from, some 3 KB each. */
const AT_HAND = 12_000;

export function itemShelf(): ItemShelf {
  const shelf = new Map<ItemId, Placed | Place>();
  /** where packed ones belong that were told to be of another story since */
  const moves = new Map<ItemId, Move>();
  const atHand = new Map<ItemId, Placed>();

  function peek(id: ItemId): Placed | undefined {
    const there = shelf.get(id);
    return there === undefined || "item" in there
      ? there
      : (atHand.get(id) ?? moved(there.part.read(there.at), moves.get(id)));
  }

  function get(id: ItemId): Placed | undefined {
    const known = peek(id);
    if (known === undefined || known === shelf.get(id)) return known;
    keepNewest(atHand, id, known, AT_HAND);
    return known;
  }

  function glimpse(id: ItemId): Glimpse | undefined {
    const there = shelf.get(id);
    return there === undefined || "item" in there ? there : moved(there.part.glimpse(there.at), moves.get(id));
  }

  function move(id: ItemId, story: StoryId, storyIri: string): void {
    const there = shelf.get(id);
    if (there === undefined) return;
    atHand.delete(id);
    if ("item" in there) shelf.set(id, { ...there, decision: { ...there.decision, story, storyIri } });
    else moves.set(id, { story, storyIri });
  }

  return {
    has: (id) => shelf.has(id),
    get,
    peek,
    glimpse,
    move,
    put(placed) {
      atHand.delete(placed.item.id);
      moves.delete(placed.item.id);
      shelf.set(placed.item.id, placed);
    },
    drop(id) {
      atHand.delete(id);
      moves.delete(id);
      shelf.delete(id);
    },
    pack(id, place) {
      moves.delete(id);
      shelf.set(id, place);
    },
    state: (id) => moves.get(id) ?? shelf.get(id),
    get size() {
      return shelf.size;
    },
    *changed() {
      for (const there of shelf.values()) if ("item" in there) yield { kind: "whole", placed: there };
      for (const [item, move] of moves) yield { kind: "moved", item, ...move };
    },
  };
}

/** Where it belongs now may have been told after it was packed. */
function moved<Told extends Glimpse>(told: Told | undefined, move: Move | undefined): Told | undefined {
  return told === undefined || move === undefined ? told : { ...told, decision: { ...told.decision, ...move } };
}

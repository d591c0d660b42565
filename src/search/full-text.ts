import { hash } from "node:crypto";
import type { Query as MiniSearchQuery } from "minisearch";
import type { ItemId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Instant } from "../model/time.ts";
import type { PackedPart, Text } from "./pack.ts";
import { type OpenPart, openPart } from "./packed-part.ts";
import { youngPart } from "./young-part.ts";

/** A tree of MiniSearch's own; its leaves are spellings, folded already. */
export type Tree = MiniSearchQuery;

/** Is told of each hit. `score`: BM25+, titles count twice. */
export type Visit = (id: ItemId, score: number, arrivedAt: Instant) => void;

/** Some of the texts, each at a place that only its part knows. */
export interface Part {
  readonly size: number;
  /** @param rarityOf how rare a spelling is among many; absent: as it is among these */
  search(tree: Tree, visit: Visit, rarityOf?: (spelling: string) => number): void;
  drop(id: ItemId, at: number): void;
}

/** Makes a part of texts that hardly change any more. */
export type Pack = (texts: readonly Text[]) => Promise<PackedPart>;

export interface FullText {
  /** `known` is what stood there before */
  put(item: Item, known: Item | undefined): void;
  drop(id: ItemId): void;
  /** As put() for many that are new, oldest first; found when they are packed, all of them after loaded(). */
  load(items: readonly Item[]): void;
  loaded(): Promise<void>;
  /** yields after each part, the newest first */
  search(tree: Tree, visit: Visit): Generator<void, void>;
}

/** So many texts a part on average; tests take fewer. */
const PART = 1500;
/** Others in the thread wait for so many to be indexed. */
const TAKEN_AT_ONCE = 50;
/** No part has many times as many, whatever the ids. */
const MOST_PARTS_IN_ONE = 2;

/**
 * Titles and teasers, in parts by arrival: the newest in MiniSearch, the others packed, which happens elsewhere (a
 * thread) and once. A part whose texts are all gone is gone. Where one part ends an item's id says, so that the same
 * items make the same parts tomorrow, whichever have left by then and come.
 */
export function fullText({ pack, part: size = PART }: { readonly pack: Pack; readonly part?: number }): FullText {
  const homes = new Map<ItemId, { readonly part: Part; readonly at: number }>();
  const packing = new Set<Promise<void>>();
  let young = youngPart();
  let waiting = waitingPart();
  /** oldest first, the young one last */
  let parts: readonly (Part & Partial<Pick<OpenPart, "rarityOf">>)[] = [young];

  function put(item: Item, known: Item | undefined): void {
    if (known?.title === item.title && known.teaser === item.teaser && homes.has(item.id)) return;
    drop(item.id);
    young.put(textOf(item));
    homes.set(item.id, { part: young, at: 0 });
    if (isFull(young, item.id)) seal();
  }

  function drop(id: ItemId): void {
    const home = homes.get(id);
    if (home === undefined) return;
    homes.delete(id);
    home.part.drop(id, home.at);
    if (home.part.size === 0 && home.part !== young) parts = parts.filter((part) => part !== home.part);
  }

  const isFull = (part: Part, last: ItemId): boolean => endsPart(last, size) || part.size >= MOST_PARTS_IN_ONE * size;

  /** Nothing new comes into the young part any more; until it is packed it answers as it is. */
  function seal(): void {
    const sealed = young;
    young = youngPart();
    parts = [...parts, young];
    begin(sealed);
  }

  function begin(part: Part & { readonly texts: ReadonlyMap<ItemId, Text> }): void {
    const done = replaced(part)
      .catch(() => keepUnpacked(part))
      .finally(() => packing.delete(done));
    packing.add(done);
  }

  /** What cannot be packed is larger, and found all the same. */
  function keepUnpacked(part: Part & { readonly texts: ReadonlyMap<ItemId, Text> }): void {
    if ("put" in part) return;
    const kept = youngPart();
    for (const text of part.texts.values()) {
      kept.put(text);
      homes.set(text.id, { part: kept, at: 0 });
    }
    parts = parts.map((one) => (one === part ? kept : one));
  }

  /** What left it meanwhile, or was worded anew, is not in the packed one. */
  async function replaced(part: Part & { readonly texts: ReadonlyMap<ItemId, Text> }): Promise<void> {
    const packed = openPart(await pack([...part.texts.values()]));
    for (const [at, id] of packed.ids.entries()) {
      if (homes.get(id)?.part === part) homes.set(id, { part: packed, at });
      else packed.drop(id, at);
    }
    parts = parts.flatMap((one) => (one !== part ? [one] : packed.size === 0 ? [] : [packed]));
  }

  function load(items: readonly Item[]): void {
    for (const item of items) {
      if (homes.has(item.id)) continue;
      waiting.texts.set(item.id, textOf(item));
      homes.set(item.id, { part: waiting, at: 0 });
      if (!isFull(waiting, item.id)) continue;
      parts = [...parts.slice(0, -1), waiting, young];
      begin(waiting);
      waiting = waitingPart();
    }
  }

  async function loaded(): Promise<void> {
    const { texts } = waiting;
    waiting = waitingPart();
    let taken = 0;
    // what leaves meanwhile, or is worded anew, leaves these texts
    for (const text of texts.values()) {
      homes.set(text.id, { part: young, at: 0 });
      young.put(text);
      if (++taken % TAKEN_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    while (packing.size > 0) await Promise.all(packing);
  }

  function* search(tree: Tree, visit: Visit): Generator<void, void> {
    const rarityOf = parts.findLast((part) => part.rarityOf !== undefined)?.rarityOf;
    for (const part of parts.toReversed()) yield part.search(tree, visit, rarityOf);
  }

  return { put, drop, load, loaded, search };
}

const textOf = ({ id, arrivedAt, title, teaser }: Item): Text => ({
  id,
  arrivedAt,
  title,
  ...(teaser !== undefined && { teaser }),
});

/** One in `size` ids. */
const endsPart = (id: ItemId, size: number): boolean =>
  Number.parseInt(hash("md5", id, "hex").slice(0, 8), 16) % size === 0;

/** Found when it is packed. */
function waitingPart(): Part & { readonly texts: Map<ItemId, Text> } {
  const texts = new Map<ItemId, Text>();
  return {
    texts,
    get size() {
      return texts.size;
    },
    search: () => undefined,
    drop: (id) => void texts.delete(id),
  };
}

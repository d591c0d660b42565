import { hash } from "node:crypto";
import type { ItemId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import { aTurn } from "./a-turn.ts";
import type { ItemShelf } from "./item-shelf.ts";
import { type PackedPart, type Text, textIn } from "./pack.ts";
import { type OpenPart, openPart } from "./packed-part.ts";
import { type Hit, type Pack, type Part, type SealedPart, type Tree, waitingPart } from "./part.ts";
import { youngPart } from "./young-part.ts";

export interface FullText {
  /** `known` is what stood there before */
  put(item: Item, known: Item | undefined): void;
  drop(id: ItemId): void;
  /** As put() for many that are new, oldest first; found when they are packed, all of them after loaded(). */
  load(items: readonly Item[]): void;
  loaded(): Promise<void>;
  /** when no more than a few parts wait to be packed */
  room(): Promise<void>;
  /** a part of another run, newer than those that were restored before. @returns what was not there */
  restore(part: PackedPart, sealed: SealedPart): Promise<readonly ItemId[]>;
  sealed(): readonly SealedPart[];
  /** part by part, the newest first */
  search(tree: Tree): Generator<readonly Hit[], void>;
  /** in how many texts of each part a spelling stands; the newest part first */
  dictionaries(): readonly Part["countOf"][];
}

/** So many texts a part on average; tests take fewer. In large parts the same words stand less often. */
const PART = 6000;
/** MiniSearch takes fifty times as much memory as a packed part, so what comes in is packed in small parts at first. */
const SMALL_ONES_IN_ONE = 24;
/** Others in the thread wait for so many to be indexed. */
const TAKEN_AT_ONCE = 50;
const RESTORED_AT_ONCE = 1000;
/** No part has more than this times the usual number of texts, whatever the ids. */
const LARGEST_PART = 2;

interface FullTextOptions {
  readonly pack: Pack;
  readonly part?: number;
  /** where the items stand, and what is packed of them */
  readonly shelf: Pick<ItemShelf, "peek" | "state" | "pack">;
}

/** More than so many parts that wait to be packed are more than threads can work on. */
const MOST_WAITING = 2;

/**
 * Titles and teasers, in parts by arrival: the newest in MiniSearch, the others packed, which happens elsewhere (a
 * thread): small parts first, then those since the last whole one as one. A part whose texts are all gone is gone. Where a
 * whole one ends an item's id says, so that the same items make the same parts tomorrow, whichever have left by then and
 * come.
 */
export function fullText({ pack, part: size = PART, shelf }: FullTextOptions): FullText {
  const homes = new Map<ItemId, { readonly part: Part; readonly at: number }>();
  const [small, most] = [Math.ceil(size / SMALL_ONES_IN_ONE), LARGEST_PART * size];
  const packing = new Set<Promise<void>>();
  const underWay = new Map<Part, Promise<void>>();
  /** of those that were kept in files */
  const kept = new Map<Part, { readonly packed: OpenPart; readonly name: string }>();
  /** small parts since the last whole one, and those that are about to be a whole one */
  let growing: Part[] = [];
  const endings = new Set<Part[]>();
  let young = youngPart();
  let waiting = waitingPart();
  /** oldest first, the young one last */
  let parts: readonly (Part & Partial<Pick<OpenPart, "rarityOf">>)[] = [young];

  function put(item: Item, known: Item | undefined): void {
    if (known?.title === item.title && known.teaser === item.teaser && homes.has(item.id)) return;
    drop(item.id);
    young.put(textIn(item));
    homes.set(item.id, { part: young, at: 0 });
    const isEnd = endsPart(item.id, size) || growing.reduce((sum, part) => sum + part.size, young.size) >= most;
    if (isEnd || young.size >= small) seal(isEnd);
  }

  function drop(id: ItemId): void {
    const home = homes.get(id);
    if (home === undefined) return;
    homes.delete(id);
    home.part.drop(id, home.at);
    if (home.part.size > 0 || home.part === young) return;
    forget(home.part);
  }

  function forget(part: Part): void {
    parts = parts.filter((one) => one !== part);
    replaceIn(part, []);
    kept.delete(part);
  }

  function replaceIn(part: Part, by: readonly Part[]): void {
    for (const list of [growing, ...endings]) {
      const at = list.indexOf(part);
      if (at >= 0) list.splice(at, 1, ...by);
    }
  }

  /** Nothing new comes into the young part any more; until it is packed it answers as it is. */
  function seal(isEnd: boolean): void {
    growing.push(young);
    if (isEnd) {
      begin(growing, Promise.all(growing.map((part) => underWay.get(part))));
      growing = [];
    } else begin([young]);
    young = youngPart();
    parts = [...parts, young];
  }

  function begin(group: Part[], after: Promise<unknown> = Promise.resolve()): void {
    const [first = young] = group;
    endings.add(group);
    const done = after
      .then(() => replaced(group))
      .catch(() => group.forEach(keepUnpacked))
      .finally(() => {
        endings.delete(group);
        packing.delete(done);
        underWay.delete(first);
      });
    packing.add(done);
    underWay.set(first, done);
  }

  /** What cannot be packed is larger, and found all the same. */
  function keepUnpacked(part: Part): void {
    if (!("isWaiting" in part)) return;
    const unpacked = youngPart();
    for (const id of part.ids()) unpacked.put(textOf(id));
    for (const id of part.ids()) homes.set(id, { part: unpacked, at: 0 });
    swap([part], unpacked);
  }

  /** What left them meanwhile, or was worded anew, is not in the packed one; what changed otherwise stays as it is, too. */
  async function replaced(group: readonly Part[]): Promise<void> {
    const taken = [...group];
    const isTaken = (id: ItemId): boolean => taken.some((part) => part === homes.get(id)?.part);
    /** as they were when they were packed */
    const states: object[] = [];
    function* sources(): Generator<Placed, void> {
      for (const id of taken.flatMap((part) => [...part.ids()])) {
        const [placed, state] = [shelf.peek(id), shelf.state(id)];
        if (isTaken(id) && placed && state && states.push(state)) yield placed;
      }
    }
    const { part: made, name } = await pack(sources());
    const packed = openPart(made);
    for (const [at, id] of packed.ids().entries()) {
      const place = { part: packed, at };
      if (isTaken(id)) homes.set(id, place);
      else packed.drop(id, at);
      if (shelf.state(id) === states[at]) shelf.pack(id, place);
    }
    if (name !== undefined && packed.size > 0) kept.set(packed, { packed, name });
    swap(taken, packed);
  }

  /** The parts of the group are one now. */
  function swap(group: readonly Part[], into: Part): void {
    const last = group.findLast((part) => parts.includes(part));
    const by = into.size > 0 ? [into] : [];
    parts = parts.flatMap((part) => (part === last ? by : group.includes(part) ? [] : [part]));
    for (const part of group) {
      replaceIn(part, part === last ? by : []);
      kept.delete(part);
    }
  }

  function load(items: readonly Item[]): void {
    for (const item of items) {
      if (homes.has(item.id)) continue;
      waiting.put(item.id);
      homes.set(item.id, { part: waiting, at: 0 });
      if (endsPart(item.id, size) || waiting.size >= most) packWaiting();
    }
  }

  function packWaiting(): void {
    parts = [...parts.slice(0, -1), waiting, young];
    begin([waiting]);
    waiting = waitingPart();
  }

  async function loaded(): Promise<void> {
    if (waiting.size > small) packWaiting();
    const left = waiting;
    waiting = waitingPart();
    let taken = 0;
    for (const id of left.ids()) {
      // what leaves meanwhile, or is worded anew, leaves these, too
      homes.set(id, { part: young, at: 0 });
      young.put(textOf(id));
      if (++taken % TAKEN_AT_ONCE === 0) await aTurn();
    }
    while (packing.size > 0) await Promise.all(packing);
  }

  async function restore(part: PackedPart, { name, gone }: SealedPart): Promise<readonly ItemId[]> {
    const packed = openPart(part);
    const isGone = new Set(gone);
    const restored: ItemId[] = [];
    for (const [at, id] of packed.ids().entries()) {
      if (at % RESTORED_AT_ONCE === 0) await aTurn();
      if (isGone.has(at) || homes.has(id)) packed.drop(id, at);
      else {
        const place = { part: packed, at };
        homes.set(id, place);
        shelf.pack(id, place);
        restored.push(id);
      }
    }
    if (packed.size > 0) {
      kept.set(packed, { packed, name });
      parts = [...parts.slice(0, -1), packed, young];
    }
    const last = packed.ids().at(-1);
    if (last === undefined || endsPart(last, size)) growing = [];
    else growing.push(packed);
    return restored;
  }

  const sealed = (): readonly SealedPart[] =>
    parts.flatMap((part) => kept.get(part) ?? []).map(({ name, packed }) => ({ name, gone: packed.gone() }));

  function textOf(id: ItemId): Text {
    const item = shelf.peek(id)?.item;
    if (item === undefined) throw new TypeError(`${id} is in a part and not on the shelf`);
    return textIn(item);
  }

  async function room(): Promise<void> {
    while (packing.size > MOST_WAITING) await Promise.race(packing);
  }

  function* search(tree: Tree): Generator<readonly Hit[], void> {
    const rarityOf = parts.findLast((part) => part.rarityOf !== undefined)?.rarityOf;
    for (const part of parts.toReversed()) yield part.search(tree, rarityOf);
  }

  const dictionaries = (): readonly Part["countOf"][] => parts.toReversed().map(({ countOf }) => countOf);

  return { put, drop, load, loaded, room, restore, sealed, search, dictionaries };
}

/** One in `size` ids. */
const endsPart = (id: ItemId, size: number): boolean =>
  Number.parseInt(hash("md5", id, "hex").slice(0, 8), 16) % size === 0;

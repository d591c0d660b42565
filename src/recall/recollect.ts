import type { ItemId } from "../model/ids.ts";
import type { Draft } from "../model/item.ts";
import type { Trace } from "../model/reading.ts";
import type { Instant } from "../model/time.ts";
import { areDatesTheirOwn } from "./dates.ts";
import { minuteOf, type Recalled, type Recollection, shortHash } from "./recollection.ts";

/** What the feed's items are known by, and whose each key was before and is after this document. */
export interface Identities {
  keysOf(draft: Draft): readonly string[];
  readonly before: ReadonlyMap<string, Known>;
  readonly after: ReadonlyMap<string, Known>;
}

interface Known {
  readonly item: ItemId;
  readonly at?: Instant;
}

interface Named extends Recalled {
  readonly raw: string;
  readonly allKeys: readonly string[];
}

/** Before this a date orders nothing (identify/dates.ts). */
const FIRST_PLAUSIBLE: Instant = Date.UTC(1990, 0, 1);
/** Of so many titles one section word is no habit yet, of so large a part neither (normalise/section-word.ts). */
const HABIT = 3;
const HABIT_SHARE = 0.6;

/**
 * What to remember of a document that was just read, all of it or what was new. Undefined where what one item says may
 * depend on another one: two share a key, all share a date, most begin with a section word. A document of which only
 * a part was read has to be read again then, as a whole.
 */
export function recollect(input: {
  readonly trace: Trace;
  readonly drafts: readonly Draft[];
  readonly identities: Identities;
  readonly last?: Recollection;
  readonly sectionWords: readonly string[];
  /** does another document decide which address of the page counts? */
  readonly hasOwnPage: (draft: Draft) => boolean;
  readonly now: Instant;
}): Recollection | undefined {
  const { trace, drafts, identities, last, sectionWords, now } = input;
  const { left = [] } = trace;
  if (!drafts.every((draft) => isPlain(draft) && input.hasOwnPage(draft))) return undefined;
  const named = drafts.flatMap((draft, at) => nameOf(draft, trace.raw[at] ?? "", identities) ?? []);
  if (named.length < drafts.length || !areApart(named)) return undefined;

  const kept = left.flatMap((raw) => {
    const recalled = last?.items.get(raw);
    return recalled === undefined ? [] : [[raw, recalled] as const];
  });
  if (kept.length < left.length) return undefined;
  const isPart = trace.left !== undefined;
  if (isPart && !(areStrangers(named, kept) && drafts.every((draft) => isBeyondDoubt(draft, identities))))
    return undefined;

  const items = inOrderOf(trace, [
    ...kept,
    ...named.map(({ raw, allKeys: _, ...recalled }) => [raw, recalled] as const),
  ]);
  const newHeads = countHeads(drafts, sectionWords);
  const heads = newHeads + (isPart ? (last?.heads ?? 0) : 0);
  // of those that were read alone, and of all of the document
  const isHabit = isHabitOf(newHeads, drafts.length) || isHabitOf(heads, items.size);
  if (isHabit || !areDatesTheirOwn([...items.values()])) return undefined;
  return { context: trace.context, wholeAt: isPart ? (last?.wholeAt ?? 0) : now, heads, items };
}

function inOrderOf(
  { raw, all = raw }: Trace,
  items: readonly (readonly [string, Recalled])[],
): ReadonlyMap<string, Recalled> {
  const found = new Map(items);
  return new Map(
    all.flatMap((one) => {
      const recalled = found.get(one);
      return recalled === undefined ? [] : [[one, recalled] as const];
    }),
  );
}

const isHabitOf = (heads: number, titles: number): boolean => heads >= HABIT && heads >= HABIT_SHARE * titles;

const isPlain = ({ publishedAt = 0, isDayOnly, permalink = "" }: Draft): boolean =>
  publishedAt >= FIRST_PLAUSIBLE && isDayOnly === undefined && !permalink.includes("#");

/** Undefined where its keys are not all its own. */
function nameOf(draft: Draft, raw: string, { keysOf, before, after }: Identities): Named | undefined {
  const { publishedAt = 0, updatedAt } = draft;
  const allKeys = keysOf(draft);
  const [item, ...others] = new Set(allKeys.map((key) => (after.get(key) ?? before.get(key))?.item));
  if (item === undefined || others.length > 0) return undefined;
  return {
    raw,
    allKeys,
    item,
    publishedAt: minuteOf(publishedAt),
    ...(updatedAt !== undefined && { updatedAt: minuteOf(updatedAt) }),
    keys: allKeys.map(shortHash),
  };
}

/** No two have a key or an item in common. */
function areApart(named: readonly Named[]): boolean {
  const keys = named.flatMap(({ allKeys }) => allKeys);
  return new Set(keys).size === keys.length && new Set(named.map(({ item }) => item)).size === named.length;
}

/** None of the new has a key of those that were left out, or stands for one of them. */
function areStrangers(named: readonly Named[], kept: readonly (readonly [string, Recalled])[]): boolean {
  const keys = new Set(kept.flatMap(([, recalled]) => recalled.keys));
  const items = new Set(kept.map(([, { item }]) => item));
  return !named.some((one) => items.has(one.item) || one.keys.some((key) => keys.has(key)));
}

/**
 * New in every way, or the revision of an item that no other could be: what the document says as a whole has no part in
 * it (identify/evidence.ts).
 */
function isBeyondDoubt(draft: Draft, { keysOf, before }: Identities): boolean {
  const keys = keysOf(draft);
  const known = keys.flatMap((key) => {
    const record = before.get(key);
    return record === undefined ? [] : [{ kind: key.slice(0, 1), ...record }];
  });
  if (known.length === 0) return true;
  const isOne = new Set(known.map(({ item }) => item)).size === 1;
  const isOfSameTime = known.every(({ at }) => at === draft.publishedAt);
  const name = draft.guid === undefined ? "l" : "g";
  return isOne && isOfSameTime && known.some(({ kind }) => kind === name);
}

function countHeads(drafts: readonly Draft[], sectionWords: readonly string[]): number {
  const words = sectionWords.map((word) => `${word.normalize("NFC").toLowerCase().trim()} `);
  return drafts.filter(({ title = "", sectionWord }) => {
    const folded = title.toLowerCase();
    return sectionWord !== undefined || words.some((word) => folded.startsWith(word));
  }).length;
}

import type { Draft } from "../model/item.ts";
import { type KeyKind, kindOf } from "./keys.ts";

export interface Keyed {
  readonly draft: Draft;
  /** all that it may be known by, strongest first */
  readonly keys: readonly string[];
}

/** Two titles under one guid on one page are two versions of an item (Atom allows that); so many are no longer. */
const CROWD = 3;

/**
 * Keys that drafts of one document share although they are different items: the same guid on every item, one page
 * for all, "Untitled" photos. Such a key identifies nothing, however strong its kind.
 */
export function ambiguousKeys(drafts: readonly Keyed[]): ReadonlySet<string> {
  const sharers = new Map<string, Draft[]>();
  for (const { draft, keys } of drafts)
    for (const key of keys) {
      const group = sharers.get(key);
      if (group === undefined) sharers.set(key, [draft]);
      else group.push(draft);
    }
  return new Set([...sharers].flatMap(([key, group]) => (areDifferent(kindOf(key), group) ? [key] : [])));
}

function areDifferent(kind: KeyKind, [first, ...others]: readonly Draft[]): boolean {
  if (first === undefined || others.length === 0) return false;
  const titles = new Set([first, ...others].map(titleOf));
  return titles.size >= CROWD || others.some((other) => ARE_DIFFERENT[kind](first, other));
}

/** By kind of the shared key: does the rest say that these are two items? */
const ARE_DIFFERENT: Readonly<Record<KeyKind, (one: Draft, other: Draft) => boolean>> = {
  g: (one, other) => !haveSameTitle(one, other) && !haveSame("permalink", one, other),
  l: (one, other) => !haveSameTitle(one, other) && !haveSame("guid", one, other),
  d: (one, other) => haveOtherGuids(one, other) && !haveSame("permalink", one, other),
  t: (one, other) => haveOtherGuids(one, other) && !haveSame("permalink", one, other),
};

/** Short messages have no title; their beginning stands for it. */
const titleOf = ({ title, teaser }: Draft): string | undefined => title ?? teaser;

const haveSameTitle = (one: Draft, other: Draft): boolean => titleOf(one) === titleOf(other);

const haveSame = (field: "guid" | "permalink", one: Draft, other: Draft): boolean =>
  one[field] !== undefined && one[field] === other[field];

const haveOtherGuids = (one: Draft, other: Draft): boolean =>
  one.guid !== undefined && other.guid !== undefined && one.guid !== other.guid;

import { type Duration, HOUR, type Instant } from "../model/time.ts";
import { type KeyKind, kindOf, type Mark } from "./keys.ts";

/** Two titles under one guid on one page are two versions of an item (Atom allows that); so many are no longer. */
const CROWD = 3;

/** Words that come again so much later are a column: "Weather today", "News at eight". */
export const RECURS_AFTER: Duration = 18 * HOUR;

/**
 * Keys that drafts of one document share although they are different items: the same guid on every item, one page
 * for all, "Untitled" photos. Such a key identifies nothing, however strong its kind.
 */
export function ambiguousKeys(marks: readonly Mark[]): ReadonlySet<string> {
  const sharers = new Map<string, Mark | Mark[]>();
  const shared = new Map<string, Mark[]>();
  for (const mark of marks)
    for (const key of mark.keys) {
      const sharer = sharers.get(key);
      if (sharer === undefined) sharers.set(key, mark);
      else if (Array.isArray(sharer)) sharer.push(mark);
      else {
        const group = [sharer, mark];
        sharers.set(key, group);
        shared.set(key, group);
      }
    }
  return new Set([...shared].flatMap(([key, group]) => (areDifferent(kindOf(key), group) ? [key] : [])));
}

function areDifferent(kind: KeyKind, [first, ...others]: readonly Mark[]): boolean {
  if (first === undefined) return false;
  const titles = new Set([first, ...others].map(titleOf));
  return titles.size >= CROWD || others.some((other) => ARE_DIFFERENT[kind](first, other));
}

type Question = (one: Mark, other: Mark) => boolean;

const haveSame = (one: Mark, other: Mark, kind: KeyKind): boolean =>
  one.keyOf[kind] !== undefined && one.keyOf[kind] === other.keyOf[kind];

/** Short messages have no title; their beginning stands for it. */
const titleOf = ({ draft }: Mark): string | undefined => draft.title ?? draft.teaser;

const haveSameTitle: Question = (one, other) => titleOf(one) === titleOf(other);

const haveOther = (one: Mark, other: Mark, kind: KeyKind): boolean =>
  one.keyOf[kind] !== undefined && other.keyOf[kind] !== undefined && one.keyOf[kind] !== other.keyOf[kind];

/** Under one title: another day's, or another text of another time. */
const areOfOtherTimes: Question = (one, other) => {
  const gap = gapBetween(one.draft.publishedAt, other.draft.publishedAt) ?? 0;
  return gap >= RECURS_AFTER || (gap > 0 && haveOther(one, other, "t"));
};

const shareOnlyPage: Question = (one, other) =>
  !haveSame(one, other, "g") && (!haveSameTitle(one, other) || areOfOtherTimes(one, other));

const shareOnlyPart: Question = (one, other) => !haveSame(one, other, "l") || shareOnlyPage(one, other);

const shareOnlyText: Question = (one, other) => haveOther(one, other, "g") && !haveSame(one, other, "l");

/** By kind of the shared key: does the rest say that these are two items? */
const ARE_DIFFERENT: Readonly<Record<KeyKind, Question>> = {
  g: (one, other) => !haveSame(one, other, "l") && (!haveSameTitle(one, other) || areOfOtherTimes(one, other)),
  l: shareOnlyPage,
  d: shareOnlyText,
  t: shareOnlyText,
  a: shareOnlyPart,
  s: shareOnlyPart,
};

export const gapBetween = (one: Instant | undefined, other: Instant | undefined): Duration | undefined =>
  one === undefined || other === undefined ? undefined : Math.abs(one - other);

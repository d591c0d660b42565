import type { KnownItem } from "../model/known-item.ts";
import type { KeyKind, Mark } from "./keys.ts";
import { lookUp, type Memory } from "./known.ts";

/** Who wants to be known. */
export interface Claimant {
  readonly mark: Mark;
  /** to be remembered with it */
  readonly keys: readonly string[];
  /** those of them that identify it, strongest first; never empty */
  readonly telling: readonly string[];
}

/** What a document says as a whole of the names in it. */
export interface Signs {
  /** more than one of its items is known */
  readonly hasNeighbours: boolean;
  /** most pages come back under new guids */
  readonly areGuidsNew: boolean;
  /** most guids stand for other items than page or text say */
  readonly doGuidsLie: boolean;
  /** most texts come back under new guids, pages and dates */
  readonly areAllNew: boolean;
}

/** So many at once come back under other names only where the publisher has named everything anew. */
const UPHEAVAL = 5;

export function signsIn(claimants: readonly Claimant[], known: Memory): Signs {
  const find = (claimant: Claimant, kind: KeyKind): KnownItem | undefined => recordOf(claimant, kind, known);
  const spotOf = (claimant: Claimant) => (find(claimant, "l") ?? find(claimant, "d"))?.item;
  const familiar = claimants.filter((one) => find(one, "g") ?? find(one, "l"));
  const strangers = claimants.filter((one) => !(find(one, "g") ?? find(one, "l") ?? find(one, "d")));
  const spotted = claimants.filter((one) => find(one, "g") !== undefined && spotOf(one) !== undefined);
  const misnamed = spotted.filter((one) => find(one, "g")?.item !== spotOf(one));
  return {
    hasNeighbours: familiar.length > 1,
    areGuidsNew: isUpheaval(familiar.filter((one) => isRenamed(one, known)).length, familiar.length),
    doGuidsLie: misnamed.length > spotted.length / 2,
    areAllNew: isUpheaval(strangers.filter((one) => find(one, "t")).length, claimants.length),
  };
}

const isUpheaval = (some: number, all: number): boolean => some >= UPHEAVAL && some > all / 2;

export const isRenamed = (claimant: Claimant, known: Memory): boolean =>
  keyFor(claimant, "g") !== undefined && recordOf(claimant, "g", known) === undefined;

/** Absent where it has no such key, or shares it with others. */
export function keyFor({ mark, keys }: Claimant, kind: KeyKind): string | undefined {
  const key = mark.keyOf[kind];
  return key !== undefined && keys.includes(key) ? key : undefined;
}

export const recordOf = (claimant: Claimant, kind: KeyKind, known: Memory): KnownItem | undefined =>
  lookUp(keyFor(claimant, kind), known);

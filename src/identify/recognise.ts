import type { FeedIdentity } from "../model/feed.ts";
import type { ItemId } from "../model/ids.ts";
import type { Draft } from "../model/item.ts";
import type { KnownItem } from "../model/known-item.ts";
import type { Instant } from "../model/time.ts";
import { ambiguousKeys } from "./ambiguous.ts";
import { type Evidence, evidenceIn } from "./evidence.ts";
import { type KeyKind, kindOf, type Mark, markOf } from "./keys.ts";
import { isNobodys, type Memory } from "./known.ts";
import { type Claimant, recordOf } from "./signs.ts";

/** One item of a document. */
export interface Sighting extends Claimant {
  /** absent: never seen before */
  readonly known?: KnownItem;
}

export interface Recognised {
  /** what the document had */
  readonly marks: readonly Mark[];
  /** in the document's order; drafts that say the same item twice are left out */
  readonly sightings: readonly Sighting[];
  /** keys that several items of the document have */
  readonly ambiguous: ReadonlySet<string>;
  /** guids and addresses that stand for nobody, now or since an earlier document */
  readonly shared: ReadonlySet<string>;
}

/** Kinds of which one is enough to be somebody: parts of an address only help to find who it was. */
const NAMING: ReadonlySet<KeyKind> = new Set(["g", "l", "d", "t"]);

const isText = (key: string): boolean => kindOf(key) === "d" || kindOf(key) === "t";
const isName = (key: string): boolean => NAMING.has(kindOf(key));

/** Whom to believe first, by what the feed's items are known by. */
const ORDER: Readonly<Record<FeedIdentity["by"], readonly KeyKind[]>> = {
  guid: ["g", "l", "d", "a", "s", "t"],
  page: ["l", "d", "g", "a", "s", "t"],
  text: ["d", "t", "l", "g", "a", "s"],
};

/** Who is who in one document? */
export function recognise(
  drafts: readonly Draft[],
  known: Memory,
  { by, now }: { readonly by: FeedIdentity["by"]; readonly now: Instant },
): Recognised {
  const marks = drafts.map(markOf);
  const ambiguous = ambiguousKeys(marks);
  const isShared = (key: string): boolean => ambiguous.has(key) || isNobodys(key, known);
  const seen = withoutRepeats(marks.map((mark) => claimantOf(mark, isShared)));
  const evidence = evidenceIn(seen, known, { by, now });
  const { claims, refused } = claimKnown(seen, known, ORDER[by], evidence);
  const sightings = seen.flatMap((item): readonly Sighting[] => {
    const claim = claims.get(item);
    if (claim !== undefined) return [{ ...item, known: latest(item.keys, claim, known) }];
    // Another draft speaks for the item that these keys stand for. Whoever has no key of their own repeats it.
    const names = refused.has(item) ? item.keys.filter(isName) : item.telling;
    const own = names.filter((key) => !known.has(key));
    return own.length === 0 ? [] : [{ ...item, telling: own }];
  });
  const learned = marks.flatMap(({ keys }) => keys.filter((key) => isNobodys(key, known)));
  const shared = new Set([...ambiguous, ...learned].filter((key) => !isText(key)));
  return { marks, sightings, ambiguous, shared };
}

/**
 * Text alone identifies only where a page cannot, or where nothing else is left: "Weather today" has the same text
 * every day and is another item every day.
 */
function claimantOf(mark: Mark, isShared: (key: string) => boolean): Claimant {
  const own = mark.keys.filter((key) => !isShared(key));
  const keys = own.some(isName) ? own : mark.keys.slice(-1);
  const names = keys.filter(isName);
  const strong = names.filter((key) => kindOf(key) !== "t");
  return { mark, keys, telling: strong.length === 0 || isKnownByText(mark.draft) ? names : strong };
}

/** Text so long that two items hardly share it by accident, where neither page nor date can be asked. */
const TELLING_TEXT = 200;

function isKnownByText({ permalink, publishedAt, teaser = "", content = "" }: Draft): boolean {
  const length = Math.max(teaser.length, content.length);
  return permalink === undefined || (publishedAt === undefined && length >= TELLING_TEXT);
}

function withoutRepeats(items: readonly Claimant[]): readonly Claimant[] {
  const seen = new Set<string>();
  return items.filter(({ telling }) => {
    const isRepeat = telling.some((key) => seen.has(key));
    for (const key of telling) seen.add(key);
    return !isRepeat;
  });
}

/** An item is claimed once: first by whoever is on its page with its text and date, then kind by kind. */
function claimKnown(
  items: readonly Claimant[],
  known: Memory,
  order: readonly KeyKind[],
  evidence: Evidence,
): { readonly claims: ReadonlyMap<Claimant, ItemId>; readonly refused: ReadonlySet<Claimant> } {
  const claims = new Map<Claimant, ItemId>();
  const refused = new Set<Claimant>();
  const taken = new Set<ItemId>();
  const claim = (claimant: Claimant, item: ItemId): void => {
    claims.set(claimant, item);
    taken.add(item);
  };
  const found = (item: Claimant, kind: KeyKind): KnownItem | undefined => recordOf(item, kind, known);

  for (const item of items) {
    const page = found(item, "l")?.item;
    if (page !== undefined && page === found(item, "d")?.item && !taken.has(page)) claim(item, page);
  }
  for (const kind of order)
    for (const item of items) {
      const record = claims.has(item) ? undefined : found(item, kind);
      if (record === undefined || taken.has(record.item)) continue;
      if (evidence.answers(item, kind, record)) claim(item, record.item);
      else refused.add(item);
    }
  return { claims, refused };
}

/** Keys of one item may remember different revisions: a guid that went and came back remembers an old one. */
function latest(keys: readonly string[], item: ItemId, known: Memory): KnownItem {
  const records = keys.flatMap((key) => known.get(key) ?? []).filter((record) => record.item === item);
  return records.reduce((newest, record) => (record.revision > newest.revision ? record : newest));
}

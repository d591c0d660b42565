import type { ItemId } from "../model/ids.ts";
import type { Draft } from "../model/item.ts";
import { ambiguousKeys, type Keyed } from "./ambiguous.ts";
import { KEY_KINDS, keysOf, kindOf } from "./keys.ts";

/** What the store remembers under an identity key of a feed. */
export interface Known {
  readonly item: ItemId;
  readonly digest: string;
  readonly revision: number;
}

/** One item of a document. */
export interface Sighting {
  readonly draft: Draft;
  /** to be remembered with it */
  readonly keys: readonly string[];
  /** those of them that identify it, strongest first; never empty */
  readonly telling: readonly string[];
  /** absent: never seen before */
  readonly known?: Known;
}

type Seen = Omit<Sighting, "known">;

/** Text so long that two items hardly share it by accident, where neither page nor date can be asked. */
const TELLING_TEXT = 200;

/** Who is who in one document, in its order. Drafts that say the same item twice are left out. */
export function recognise(drafts: readonly Draft[], known: ReadonlyMap<string, Known>): readonly Sighting[] {
  const keyed = drafts.map((draft) => ({ draft, keys: keysOf(draft) }));
  const ambiguous = ambiguousKeys(keyed);
  const seen = withoutRepeats(keyed.map((one) => seenBy(one, ambiguous)));
  const claims = claimKnown(seen, known);
  return seen.flatMap((item): readonly Sighting[] => {
    const claim = claims.get(item);
    if (claim !== undefined) return [{ ...item, known: latest(item.keys, claim, known) }];
    // Another draft speaks for the item that these keys stand for. Whoever has no key of their own repeats it.
    const telling = item.telling.filter((key) => !known.has(key));
    return telling.length === 0 ? [] : [{ ...item, telling }];
  });
}

/**
 * Text alone identifies only where a page cannot, or where nothing else is left: "Weather today" has the same text
 * every day and is another item every day.
 */
function seenBy({ draft, keys: all }: Keyed, ambiguous: ReadonlySet<string>): Seen {
  const unambiguous = all.filter((key) => !ambiguous.has(key));
  const keys = unambiguous.length === 0 ? all.slice(-1) : unambiguous;
  const strong = keys.filter((key) => kindOf(key) !== "t");
  return { draft, keys, telling: strong.length === 0 || isKnownByText(draft) ? keys : strong };
}

function isKnownByText({ permalink, publishedAt, teaser = "", content = "" }: Draft): boolean {
  const length = Math.max(teaser.length, content.length);
  return permalink === undefined || (publishedAt === undefined && length >= TELLING_TEXT);
}

function withoutRepeats(items: readonly Seen[]): readonly Seen[] {
  const seen = new Set<string>();
  return items.filter(({ telling }) => {
    const isRepeat = telling.some((key) => seen.has(key));
    for (const key of telling) seen.add(key);
    return !isRepeat;
  });
}

/** Guids choose before permalinks, permalinks before text; an item is claimed once. */
function claimKnown(items: readonly Seen[], known: ReadonlyMap<string, Known>): ReadonlyMap<Seen, ItemId> {
  const claims = new Map<Seen, ItemId>();
  const taken = new Set<ItemId>();
  for (const kind of KEY_KINDS)
    for (const item of items) {
      if (claims.has(item)) continue;
      const key = item.telling.find((candidate) => kindOf(candidate) === kind);
      const found = key === undefined ? undefined : known.get(key);
      if (found === undefined || taken.has(found.item)) continue;
      claims.set(item, found.item);
      taken.add(found.item);
    }
  return claims;
}

/** Keys of one item may remember different revisions: a guid that went and came back remembers an old one. */
function latest(keys: readonly string[], item: ItemId, known: ReadonlyMap<string, Known>): Known {
  const records = keys.flatMap((key) => known.get(key) ?? []).filter((record) => record.item === item);
  return records.reduce((newest, record) => (record.revision > newest.revision ? record : newest));
}

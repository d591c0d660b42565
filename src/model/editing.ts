import type { ItemId } from "./ids.ts";
import type { Placed } from "./news.ts";
import type { Duration, Instant } from "./time.ts";

/** What editors did to one topic by hand. What they took back is not in it. */
export interface Editing {
  /** first in the topic, in this order, until they expire */
  readonly pins: readonly Pin[];
  /** taken out of the topic */
  readonly spikes: readonly Act[];
  /** told under a title of our own */
  readonly retitles: readonly Retitle[];
  /** not shown before their moment */
  readonly embargoes: readonly Embargo[];
}

/**
 * One thing that an editor did to one story: by the item that stood for it, and by the id that the story had. Stories
 * merge, and the earlier one goes on: a spike holds for the story of that id, so that it never hides another one of
 * which its own became a part; everything else goes where the item goes, or stays with the id where the item has gone.
 * Where a topic has one entry an item, all of it holds for the entry that has the item.
 */
export interface Act {
  readonly item: ItemId;
  /** of the story, as the desk named it: Decision.storyIri */
  readonly iri: string;
  /** who, for those who ask */
  readonly by: string;
  readonly at: Instant;
}

export interface Pin extends Act {
  readonly until?: Instant;
}

export interface Retitle extends Act {
  /** plain text */
  readonly title: string;
}

export interface Embargo extends Act {
  readonly until: Instant;
}

export type ActKind = keyof Editing;

export const NO_EDITING: Editing = { pins: [], spikes: [], retitles: [], embargoes: [] };

/** Of topics that are one now: where several did the same to an item, the first of them holds. */
export function joinedEditing([first = NO_EDITING, ...others]: readonly Editing[]): Editing {
  return others.reduce(
    (joined, editing) => ({
      pins: withFurther(joined.pins, editing.pins),
      spikes: withFurther(joined.spikes, editing.spikes),
      retitles: withFurther(joined.retitles, editing.retitles),
      embargoes: withFurther(joined.embargoes, editing.embargoes),
    }),
    first,
  );
}

function withFurther<Any extends Act>(acts: readonly Any[], others: readonly Any[]): readonly Any[] {
  const known = new Set(acts.map(({ item }) => item));
  return [...acts, ...others.filter(({ item }) => !known.has(item))];
}

/** So many a topic. Pins are read by people. */
export const MOST_ACTS: Readonly<Record<ActKind, number>> = { pins: 20, spikes: 500, retitles: 200, embargoes: 100 };

/** Characters; longer ones are texts. */
export const LONGEST_RETITLE = 300;

/** How an act points at what an editor sees. */
export const pointedAt = ({ item, decision }: Placed): Pick<Act, "item" | "iri"> => ({
  item: item.id,
  iri: decision.storyIri,
});

/**
 * One more act, before the others of its kind; it takes the place of an earlier one on the same item. Where there is no
 * room, those go that have been over longest: an embargo that is over still dates its story, so none goes before.
 * @param matters for so long an act that has no end
 * @returns undefined where all that are there hold: none of them goes by itself
 */
export function withAct<Kind extends ActKind>(
  editing: Editing,
  kind: Kind,
  act: Editing[Kind][number],
  matters: Duration,
): Editing | undefined {
  const others: readonly Pin[] = editing[kind].filter(({ item }) => item !== act.item);
  const endOf = ({ at, until = at + matters }: Pin): Instant => until;
  const over = others.filter((one) => endOf(one) <= act.at).sort((one, other) => endOf(one) - endOf(other));
  const tooMany = Math.max(0, others.length + 1 - MOST_ACTS[kind]);
  if (tooMany > over.length) return undefined;
  const leaving = new Set(over.slice(0, tooMany));
  return { ...editing, [kind]: [act, ...others.filter((one) => !leaving.has(one))] };
}

/** @param iri also takes back what was done to the story of this id, whichever of its items was named */
export function withoutAct(editing: Editing, kind: ActKind, item: ItemId, iri?: string): Editing {
  return { ...editing, [kind]: editing[kind].filter((act) => act.item !== item && act.iri !== iri) };
}

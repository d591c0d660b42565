import type { ItemId, SectionId, StoryId } from "./ids.ts";

/** A story as the archive has it: of an old one the desk may have let go. */
export interface StoryRef {
  readonly id: StoryId;
  readonly iri: string;
  /** all its items, oldest first */
  readonly items: readonly ItemId[];
}

/** What an editor decides against the desk. Copies go where their original goes. */
export type Correction =
  /** these items of a story become one of their own */
  | {
      readonly kind: "split";
      readonly from: StoryRef;
      readonly items: readonly { readonly id: ItemId; readonly iri: string }[];
    }
  | {
      readonly kind: "move";
      readonly items: readonly ItemId[];
      /** the stories that they leave: one that keeps no item becomes part of the other */
      readonly from?: readonly StoryRef[];
      readonly into: StoryRef;
    }
  | { readonly kind: "merge"; readonly from: StoryRef; readonly into: StoryRef }
  /** this item speaks for its story, in every topic */
  | { readonly kind: "lead"; readonly item: ItemId }
  | { readonly kind: "file"; readonly items: readonly ItemId[]; readonly section: SectionId };

export function itemsOf(correction: Correction): readonly ItemId[] {
  switch (correction.kind) {
    case "split":
      return correction.items.map(({ id }) => id);
    case "lead":
      return [correction.item];
    case "merge":
      return [];
    default:
      return correction.items;
  }
}

export function storiesOf(correction: Correction): readonly StoryRef[] {
  switch (correction.kind) {
    case "split":
      return [correction.from];
    case "move":
      return [...(correction.from ?? []), correction.into];
    case "merge":
      return [correction.from, correction.into];
    default:
      return [];
  }
}

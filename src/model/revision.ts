import type { Instant } from "./time.ts";

/** What a change is worth to readers: a slip of the pen, news added, or something that was wrong before. */
export type RevisionWeight = "typo" | "update" | "correction";

/** A run of words: in both texts, only in the old one, only in the new one, or "…" for words left out. */
export interface Passage {
  readonly kind: "same" | "struck" | "inserted" | "gap";
  readonly text: string;
}

/** What a publisher changed in an item. Texts are plain. */
export interface Revision {
  /** the item's revision that it led to: 1 for the first */
  readonly number: number;
  readonly at: Instant;
  readonly weight: RevisionWeight;
  /** which rule told: short and stable */
  readonly because: RevisionRule;
  readonly title?: readonly Passage[];
  readonly teaser?: readonly Passage[];
  readonly body?: readonly Passage[];
  /** words of the body that went and came */
  readonly bodyWords?: { readonly struck: number; readonly inserted: number };
  /** the publisher's own note of what was wrong */
  readonly notice?: string;
}

/** Graver ones first, but for `notice`, which is the publisher's word. */
export type RevisionRule =
  | "notice" // the publisher says that something was wrong
  | "meaning" // it says the opposite
  | "figures" // figures were replaced
  | "names" // names were replaced
  | "words" // words were replaced
  | "live" // a ticker, a score or a time went on
  | "added" // text was added
  | "reworded" // said in other words
  | "characters"; // a few characters, punctuation, case

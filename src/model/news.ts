import type { Correction } from "./correction.ts";
import type { ItemId, SectionId, StoryId } from "./ids.ts";
import type { Item } from "./item.ts";
import type { Instant } from "./time.ts";

/** What the commit tells the desk, in order: the entries of the Redis stream "news". The item goes without its content. */
export type NewsEntry =
  | { readonly kind: "new"; readonly item: NewsItem }
  | { readonly kind: "revised"; readonly item: NewsItem }
  | { readonly kind: "withdrawn"; readonly item: ItemId; readonly at: Instant }
  /** `by`: who, for those who ask why */
  | { readonly kind: "corrected"; readonly correction: Correction; readonly by: string; readonly at: Instant };

export type NewsItem = Omit<Item, "content" | "summary" | "revisions"> & { readonly feedSection?: SectionId };

/** Why something was decided: a short stable rule name, words for people, and the evidence as figures or terms. */
export interface Reason {
  readonly about: "copy" | "story" | "section";
  /** e.g. "title-key", "centroid", "feed-section" */
  readonly rule: string;
  /** one sentence for people, without a full stop */
  readonly words: string;
  readonly evidence?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** An earlier story that an item's readers may want to read as well. */
export interface Related {
  readonly story: StoryId;
  /** the words by which it was found; absent where the item's story is its next chapter */
  readonly shared?: readonly string[];
}

/** Where the desk put one item. */
export interface Decision {
  readonly item: ItemId;
  /** the first item that carried the same text */
  readonly copyOf?: ItemId;
  readonly story: StoryId;
  /** the id under which topic feeds announce the story: its first item's, for ever */
  readonly storyIri: string;
  readonly section?: SectionId;
  /** further sections under which its publisher filed it */
  readonly alsoIn?: readonly SectionId[];
  /** an editor lets it speak for its story */
  readonly leads?: true;
  /** since when */
  readonly leadsSince?: Instant;
  /** likest first, at most five; some may since be one story, this one's included, or none any more */
  readonly related?: readonly Related[];
  readonly reasons: readonly Reason[];
}

/** All that one news entry changed. Applying it twice ends where applying it once ends. */
export interface DeskOutcome {
  readonly decisions: readonly Decision[];
  /** items of a story that was merged into another */
  readonly moved: readonly { readonly item: ItemId; readonly story: StoryId; readonly storyIri: string }[];
  /** old story ids stay valid for ever */
  readonly aliases: readonly { readonly from: StoryId; readonly into: StoryId }[];
  /** ids that stood for another story since a merge and are a story's own again */
  readonly revived?: readonly StoryId[];
  readonly withdrawn: readonly ItemId[];
}

/** An item and its place: what search, topics and pages work on. */
export interface Placed {
  readonly item: Item;
  readonly decision: Decision;
}

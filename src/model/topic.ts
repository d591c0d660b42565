import type { ItemId, PublisherId, SectionId, StoryId, TopicId } from "./ids.ts";
import type { Placed } from "./news.ts";
import type { Revision } from "./revision.ts";
import type { Duration, Instant } from "./time.ts";

/** A curated choice of stories. A section is republished through a topic made of it, with `section` set. */
export interface Topic {
  readonly id: TopicId;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** in our query language; every item that matches is in */
  readonly query: string;
  /** set where this is a section's own feed */
  readonly section?: SectionId;
  /** at most this many stories in the feed */
  readonly size: number;
  /** nothing that arrived longer before the topic's newest item */
  readonly window: Duration;
  /** off: one entry an item, copies still folded */
  readonly oneEntryAStory: boolean;
  /** a story needs so many publishers to appear */
  readonly minimumPublishers: number;
  /** who speaks first here; others keep the rank of their publisher */
  readonly ranks: Readonly<Record<PublisherId, number>>;
  /** so long a story may wait for a better copy before the feeds announce it; absent: not at all */
  readonly hold?: Duration;
  /** at most so many stories led by one publisher; absent: any number */
  readonly mostPerPublisher?: number;
  /** feeds name earlier stories below each entry */
  readonly related?: boolean;
}

/** One line of a topic feed: a story, told by its lead. */
export interface TopicEntry {
  /** stable for ever: the id of the story's first item */
  readonly iri: string;
  readonly story: StoryId;
  readonly lead: Placed;
  /** the other items of the story, best first, at most 20 */
  readonly others: readonly Placed[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  /** why this lead: for people */
  readonly because: string;
  /** what the entry is about, where it is a publisher's correction and no story */
  readonly revision?: Revision;
  /** earlier stories, likest first, where the topic names them */
  readonly related?: readonly RelatedStory[];
}

/** An earlier story, by the title of the item that speaks for it. */
export interface RelatedStory {
  readonly story: StoryId;
  readonly title: string;
}

/** What a topic shows. Holds no "now": the same items make the same value. */
export interface TopicFeed {
  readonly topic: Topic;
  readonly entries: readonly TopicEntry[];
  /** when the newest change in it arrived; 0 where it is empty */
  readonly updatedAt: Instant;
  /** entries that are gone because their publishers withdrew all that told them; until they would have left anyway */
  readonly deleted?: readonly Deletion[];
  /** when the first of the stories that wait is shown all the same */
  readonly heldUntil?: Instant;
}

export interface Deletion {
  readonly iri: string;
  readonly at: Instant;
}

/** As what a topic's readers know a story: kept, so that no merge, split or withdrawal announces it anew. */
export interface Announcement {
  readonly iri: string;
  readonly items: readonly ItemId[];
}

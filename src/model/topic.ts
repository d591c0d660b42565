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
  /** in our query language; every item that matches is in, as far as the three lists below let it */
  readonly query: string;
  /** only what we filed under one of these */
  readonly sections?: readonly SectionId[];
  /** only what one of these published */
  readonly publishers?: readonly PublisherId[];
  /** only what is in one of these: BCP 47, lower case; "de" takes "de-at" too */
  readonly languages?: readonly string[];
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
  /** reached by those who know its address, listed nowhere */
  readonly unlisted?: boolean;
  /** feeds name earlier stories below each entry */
  readonly related?: boolean;
  /** absent: newest */
  readonly order?: TopicOrder;
  /** one entry a period with its best stories, instead of the stories themselves */
  readonly digest?: DigestRule;
  /** what it was called before: these addresses lead to it */
  readonly renamedFrom?: readonly TopicId[];
  /** when its rules were last edited: what had arrived by then and nobody was told of is no news in its feeds */
  readonly editedAt?: Instant;
}

/**
 * newest: by first arrival; coverage: by how many publishers tell it, less the older it is; editor: the pins as the
 * editors put them, then the newest. Pins come first in all three.
 */
export const TOPIC_ORDERS = ["newest", "coverage", "editor"] as const;
type TopicOrder = (typeof TOPIC_ORDERS)[number];

/** When a digest is made, and how long it is. */
export interface DigestRule {
  /** a week ends on Monday */
  readonly every: "day" | "week";
  /** "07:00", on the clocks of timeZone */
  readonly at: string;
  /** IANA: "Europe/Berlin" */
  readonly timeZone: string;
  readonly stories: number;
}

/** The best stories of a period that is over. */
export interface Digest {
  /** the day on which the period ended, where it ended: "2026-03-10" */
  readonly day: string;
  readonly from: Instant;
  readonly to: Instant;
  /** each told by its lead, the best first */
  readonly stories: readonly TopicEntry[];
}

/** All that a topic asks of an item, in our query language: the one text that search, percolation and pages go by. */
export function wholeQuery({ query, sections = [], publishers = [], languages = [] }: Topic): string {
  const lists = [
    ["section", sections],
    ["publisher", publishers],
    ["lang", languages],
  ] as const;
  const narrowing = lists.flatMap(([field, ids]) => (ids.length === 0 ? [] : [`${field}:(${ids.join(" OR ")})`]));
  return narrowing.length === 0 ? query : `(${query}) ${narrowing.join(" ")}`;
}

/** May pages and lists lead to it? */
export const isListed = ({ unlisted }: Topic): boolean => unlisted !== true;

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
  /** ours, where editors gave it another title than its lead has, or where it is a digest */
  readonly title?: string;
  /** an editor put it first */
  readonly pinned?: true;
  /** what the entry is about, where it is a digest: its stories are told by `lead` and `others` */
  readonly digest?: Digest;
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
  /** when it changes by itself: a story has waited enough, an embargo or a pin ends, a digest is due */
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

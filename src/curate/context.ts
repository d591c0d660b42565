import type { Editing } from "../model/editing.ts";
import type { Publisher } from "../model/feed.ts";
import type { StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Announcement } from "../model/topic.ts";

export interface CurateContext {
  readonly publishers: readonly Publisher[];
  /**
   * All items of a story, also those that the topic's query does not match: their publishers count towards
   * `minimumPublishers`, and a story's entry names them among its others.
   */
  readonly membersOf?: (story: StoryId) => readonly Placed[];
  /** as what the topic's readers know its stories, the newest first; absent: for a page, which makes nobody wait */
  readonly announced?: readonly Announcement[];
  /**
   * For this moment it is decided who waits for a better copy, which pins and embargoes hold, and which digests are due;
   * absent: nobody waits, what ends has ended, and the newest item says what time it is.
   */
  readonly now?: Instant;
  readonly editing?: Editing;
}

import type { Feed, Publisher } from "./feed.ts";

/** One feed that is to be added to config/feeds.yaml. */
export interface Enrolment {
  readonly feed: Feed;
  /** where the feed's publisher is not in the file yet */
  readonly newPublisher?: Omit<Publisher, "rank">;
}

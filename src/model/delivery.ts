import type { TopicId } from "./ids.ts";
import type { Fresh } from "./published.ts";

/** One entry of the stream of deliveries: a document changed and has something to tell. */
export interface DeliveryEntry {
  /** position in the stream, "1767225600000-0": its beginning is when the document changed (ms) */
  readonly id: string;
  /** "topics/energie.rss": each format is an entry of its own */
  readonly path: string;
  readonly topic: TopicId;
  readonly etag: string;
  readonly fresh: Fresh;
}

/** Our hub's pushes and its questions, pings of another hub, alerts. */
export type DeliveryKind = "hub" | "hub-verify" | "ping" | "alerts";

/**
 * Somebody is to be told whatever he is owed by then: ids only, the words are made when they are sent. One job a name at
 * a time; what is asked for while it runs is one more after it.
 */
export interface DeliverJob {
  /** who sends it: the deliverer's name */
  readonly by: DeliveryKind;
  /** whom it reaches, as the deliverer knows it */
  readonly to: string;
}

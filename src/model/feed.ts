import type { FeedId, PublisherId, SectionId } from "./ids.ts";
import type { DocumentHints } from "./parsed.ts";
import type { Duration, Instant } from "./time.ts";

/** An organisation that issues feeds. */
export interface Publisher {
  readonly id: PublisherId;
  readonly title: string;
  readonly homeUrl?: string;
  readonly language?: string;
  readonly country?: string;
  /** 1 speaks first; equal ranks are decided by arrival */
  readonly rank: number;
}

/** One URL that we poll. */
export interface Feed {
  readonly id: FeedId;
  readonly publisher: PublisherId;
  readonly url: string;
  readonly title?: string;
  /** every item of this feed belongs here, whatever its category says */
  readonly section?: SectionId;
  readonly language?: string;
  readonly minInterval?: Duration;
  /** may we republish the full text? off unless the operator holds the rights */
  readonly fullContent: boolean;
}

/** ETag and Last-Modified byte for byte as the server sent them (RFC 9110 8.8). */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export type FeedHealth =
  | "new" // never polled
  | "ok"
  | "failing" // network, 5xx, unreadable: comes back by itself
  | "throttled" // 429, 503
  | "refused" // 401, 403, challenge
  | "missing" // 404
  | "gone"; // 410

/** What we remember of a feed between two polls. Written only by the commit. */
export interface FeedState {
  readonly validators: Validators;
  /** the address that was asked for validators and body hash; another address has others */
  readonly askedUrl?: string;
  /** when a body was last sent to us, changed or not */
  readonly bodyAt?: Instant;
  /** SHA-256 of the last body that was read, hex */
  readonly bodyHash?: string;
  readonly health: FeedHealth;
  /** since when the health is what it is */
  readonly healthSince?: Instant;
  readonly lastError?: string;
  /** polls in a row that failed */
  readonly failures: number;
  readonly polledAt?: Instant;
  readonly succeededAt?: Instant;
  /** when a poll last brought a new item */
  readonly freshAt?: Instant;
  readonly nextDueAt?: Instant;
  /** why then: cadence's reason code and its words */
  readonly nextBecause?: string;
  /** items a day, exponentially decayed (half-life 14 days) */
  readonly rate?: number;
  readonly rateAt?: Instant;
  readonly hints?: DocumentHints;
  readonly title?: string;
  readonly homeUrl?: string;
  readonly itemCount?: number;
  /** permanent redirects seen in a row, to the same address */
  readonly movedTo?: string;
  /** the feed's url that was redirected: a move of another one is void */
  readonly movedFrom?: string;
  readonly movedCount?: number;
  readonly movedSince?: Instant;
}

export const NEW_FEED_STATE: FeedState = { validators: {}, health: "new", failures: 0 };

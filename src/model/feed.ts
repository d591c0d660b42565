import type { FeedId, PublisherId, SectionId } from "./ids.ts";
import type { DocumentHints } from "./parsed.ts";
import type { PollReason } from "./poll-reason.ts";
import type { HubLinks } from "./subscription.ts";
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
  /** what its items are worth to us: 4 = polled twice as often as another feed that posts as much */
  readonly weight?: number;
  /** may we republish the full text? off unless the operator holds the rights */
  readonly fullContent: boolean;
  /** what the OPML list that it came from said beyond this; given back on export */
  readonly outline?: Outline;
}

/** A feed's place and attributes in an OPML list, as far as no other field says them. */
export interface Outline {
  /** the names of the folders from the top, one path for each time that the feed is listed; [] is the top itself */
  readonly folders: readonly (readonly string[])[];
  /** by name as written, prefix included, with the xmlns:… that a prefix needs */
  readonly attributes?: Readonly<Record<string, string>>;
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

/** When in the week a feed posts (GMT), decayed. */
export interface PostingHours {
  /** 24 hours of the day, then 7 weekdays from Sunday: two base-36 digits each, relative to the busiest of its kind */
  readonly counts: string;
  /** items that were counted */
  readonly items: number;
  /** when counting began */
  readonly since: Instant;
}

/** What a feed's items are known by, where its guids are not beyond doubt. */
export interface FeedIdentity {
  readonly by: "guid" | "page" | "text";
  /** why no longer by guid; absent while they are believed */
  readonly because?: IdentityReason;
  readonly since?: Instant;
  /** a letter for each of the last documents, newest last: "." nothing bad, c h x p the reasons below; bounded */
  readonly recent: string;
}

export interface IdentityReason {
  readonly code:
    | "guid-collisions" // one guid for several items of a document
    | "guid-churn" // new guids for items known by their page
    | "guid-exchange" // guids that stood for other items before
    | "page-churn"; // new guids and new pages for items known by their text
  /** in so many documents */
  readonly documents: number;
  /** of the last so many */
  readonly of: number;
}

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
  /** why then: what decided, then what else was weighed */
  readonly nextReasons?: readonly PollReason[];
  /** items a day, exponentially decayed (half-life 14 days) */
  readonly rate?: number;
  readonly rateAt?: Instant;
  readonly hints?: DocumentHints;
  /** who pushes it, by its last document */
  readonly hub?: HubLinks;
  /** what the server's caching headers last asked for */
  readonly freshFor?: Duration;
  readonly hours?: PostingHours;
  readonly title?: string;
  readonly homeUrl?: string;
  /** items of the last document */
  readonly itemCount?: number;
  /** absent: by guid, else by page, else by text */
  readonly identity?: FeedIdentity;
  /** items that its documents usually have */
  readonly usualCount?: number;
  /** since when its documents have had far fewer items than usual */
  readonly thinSince?: Instant;
  /** the last new item of a feed that posted regularly and has gone silent */
  readonly silentSince?: Instant;
  /** permanent redirects seen in a row, to the same address */
  readonly movedTo?: string;
  /** the feed's url that was redirected: a move of another one is void */
  readonly movedFrom?: string;
  readonly movedCount?: number;
  readonly movedSince?: Instant;
}

export const NEW_FEED_STATE: FeedState = { validators: {}, health: "new", failures: 0 };

import type { Duration } from "./time.ts";

/** What a publisher asks of those who poll: HTTP freshness, Retry-After, RSS ttl, mod_syndication. */
export type PublishersWish = "max-age" | "retry-after" | "ttl" | "update-period";

/**
 * One reason why a feed is polled when it is: a rule and its figures. The words are the reader's own: of pages in
 * their language, of the command line in English.
 */
export type PollReason =
  /** the square-root law under the request budget, of a feed with an item about `every` so long */
  | { readonly rule: "budget"; readonly every: Duration }
  /** sooner or later than that, by the hours of the week at which the feed posts */
  | { readonly rule: "busy-hours" | "slow-hours" }
  /** the operator's bounds, and ours where nobody has asked for more */
  | { readonly rule: "min-interval" | "max-interval" | "courtesy" | "no-validators"; readonly length: Duration }
  /** the document's items are replaced `within` so long: any later and some are lost */
  | { readonly rule: "turnover"; readonly items: number; readonly within: Duration }
  /** a hub brings the items */
  | { readonly rule: "pushed" }
  /** `isShorter`: it was heard, and something else is longer */
  | { readonly rule: PublishersWish; readonly length: Duration; readonly isShorter?: true }
  /** skipHours and skipDays end then */
  | { readonly rule: "skipped-hours" }
  | { readonly rule: "challenge" }
  | { readonly rule: "refused" | "throttled"; readonly status: number; readonly failures: number }
  | { readonly rule: "missing" | "dead" | "gone" | "no-answer" | "back-off"; readonly failures: number };

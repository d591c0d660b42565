import type { FeedState } from "../model/feed.ts";
import { type Duration, type Instant, MINUTE } from "../model/time.ts";

/** facts A-18 */
const REFRESH_GAP: Duration = 30 * MINUTE;

export type Refresh =
  | { readonly kind: "may" }
  /** `because`: it was polled a moment ago, or its server asked us to stay away */
  | { readonly kind: "later"; readonly at: Instant; readonly because: "just-polled" | "throttled" };

/**
 * May a person have the feed polled at once? A refresh makes the feed due, so the poll stays conditional, but it may
 * not undo what a server asked for.
 */
export function mayRefresh({ polledAt, health, nextDueAt }: FeedState, now: Instant): Refresh {
  if (health === "throttled" && nextDueAt !== undefined && nextDueAt > now)
    return { kind: "later", at: nextDueAt, because: "throttled" };
  if (polledAt !== undefined && polledAt + REFRESH_GAP > now)
    return { kind: "later", at: polledAt + REFRESH_GAP, because: "just-polled" };
  return { kind: "may" };
}

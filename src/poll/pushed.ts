import type { FeedState } from "../model/feed.ts";
import type { Draft } from "../model/item.ts";
import type { Instant } from "../model/time.ts";
import { hoursAfter } from "./hours.ts";
import { rateAfter } from "./rate.ts";

/**
 * What is remembered of a feed after a hub has pushed it: how often it posts. Validators, body hash and health are the
 * polls': a push says nothing of them (facts A-42).
 */
export function stateAfterPush(state: FeedState, drafts: readonly Draft[], newItems: number, now: Instant): FeedState {
  if (newItems === 0) return state;
  const { silentSince, ...known } = state;
  const hours = hoursAfter(state, drafts, newItems, now);
  return { ...known, freshAt: now, ...rateAfter(state, newItems, now), ...(hours !== undefined && { hours }) };
}

import { feedId } from "../../src/model/ids.ts";
import { type Instant, isoOf, showDuration } from "../../src/model/time.ts";
import { mayRefresh } from "../../src/poll/poll.ts";
import type { World } from "../world.ts";

const LATER = {
  "just-polled": "it was polled a moment ago",
  throttled: "its server has asked us to stay away",
} as const;

/** Makes a feed due now, unless it was polled a moment ago: the poll itself stays conditional (facts A-18). */
export async function refreshFeed(world: World, id: string): Promise<boolean> {
  const feed = feedId(id);
  const now = world.now();
  const state = (await world.feeds.states([feed])).get(feed);
  const refresh = state === undefined ? { kind: "may" as const } : mayRefresh(state, now);
  if (refresh.kind === "later") {
    console.log(`${id}: ${LATER[refresh.because]}; ${laterWords(refresh.at, state?.nextDueAt, now)}.`);
    return false;
  }
  await world.feeds.dueNow(feed, now);
  console.log(`${id} is due now; a running Ressort polls it within seconds, a stopped one when it starts.`);
  return true;
}

/** Where its own turn comes first, that is what one waits for. */
function laterWords(at: Instant, nextDueAt: Instant | undefined, now: Instant): string {
  const isSooner = nextDueAt !== undefined && nextDueAt <= at;
  const moment = Math.max(now, isSooner ? nextDueAt : at);
  const when = `in ${showDuration(moment - now)}, at ${isoOf(moment)}`;
  return isSooner ? `its next poll is due ${when}` : `it can be asked for again ${when}`;
}

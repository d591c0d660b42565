import { lapsed } from "../../src/hub/hub.ts";
import { MINUTE } from "../../src/model/time.ts";
import type { World } from "../world.ts";
import { type Moves, PUSH_OUT, VERIFY } from "./moves.ts";
import type { Subscribers } from "./subscribers.ts";

const CLAIMS = 500;
const LEASE = 5 * MINUTE;
/** By then a job is under way or waits for its next try. One that was lost is made anew; for others nothing happens. */
const WAITING = MINUTE;
const REMINDERS = 1000;

/** What no request brings: leases end, feeds disappear, jobs get lost. */
export async function hubRound(world: World, subscribers: Subscribers, moves: Moves): Promise<void> {
  const now = world.now();
  for (const id of await subscribers.claim(now, CLAIMS, LEASE))
    await subscribers.change(id, (before) => ({ after: before && lapsed(before, now) }));
  await moves.follow();
  for (const path of await subscribers.orphaned()) {
    // renamed a moment ago, or not rendered yet
    if (moves.pathNow(path) !== undefined) continue;
    const orphans = await subscribers.subscribersOf(path);
    await world.queues.askForDeliveries(orphans.map((to) => ({ by: VERIFY, to })));
  }
  const waiting = await subscribers.waiting(now - WAITING, REMINDERS);
  await world.queues.askForDeliveries(waiting.map((to) => ({ by: PUSH_OUT, to })));
  const { held, pending } = await subscribers.counts();
  world.metrics.subscribers.set({ state: "subscribed" }, held);
  world.metrics.subscribers.set({ state: "unconfirmed" }, pending);
}

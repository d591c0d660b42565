import { denialTo, lapsed } from "../../src/hub/hub.ts";
import { MINUTE } from "../../src/model/time.ts";
import type { World } from "../world.ts";
import type { Caller } from "./caller.ts";
import { type Moves, PUSH_OUT } from "./moves.ts";
import type { Subscribers } from "./subscribers.ts";
import { NO_SUCH_FEED } from "./verify.ts";

const CLAIMS = 500;
const LEASE = 5 * MINUTE;
/** By then a job is under way or waits for its next try. One that was lost is made anew; for others nothing happens. */
const WAITING = MINUTE;
const REMINDERS = 1000;

/** What no request brings: leases end, feeds disappear, jobs get lost. */
export async function hubRound(world: World, subscribers: Subscribers, caller: Caller, moves: Moves): Promise<void> {
  const now = world.now();
  for (const id of await subscribers.claim(now, CLAIMS, LEASE))
    await subscribers.change(id, (before) => ({ after: before && lapsed(before, now) }));
  await moves.follow();
  for (const path of await subscribers.orphaned()) {
    // renamed a moment ago, or not rendered yet
    if (moves.pathNow(path) !== undefined) continue;
    const some = (await subscribers.subscribersOf(path)).slice(0, CLAIMS);
    await Promise.all(some.map((id) => orphan(world, subscribers, caller, id)));
  }
  const waiting = await subscribers.waiting(now - WAITING, REMINDERS);
  await world.queues.askForDeliveries(waiting.map((to) => ({ by: PUSH_OUT, to })));
  const { held, pending } = await subscribers.counts();
  world.metrics.subscribers.set({ state: "subscribed" }, held);
  world.metrics.subscribers.set({ state: "unconfirmed" }, pending);
}

/** It is told once, together with others: one that answers slowly must not hold up the round. */
async function orphan(world: World, subscribers: Subscribers, caller: Caller, id: string): Promise<void> {
  const subscriber = await subscribers.of(id);
  await subscribers.end(id);
  if (subscriber === undefined) return;
  const { path, host } = subscriber;
  world.log.info({ path, host, why: NO_SUCH_FEED }, "hub.denied");
  await caller.call(host, { url: denialTo(subscriber, NO_SUCH_FEED), headers: {} });
}

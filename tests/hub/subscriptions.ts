import { offered, tended, verified } from "../../src/hub/hub.ts";
import type { HubLinks, Subscription } from "../../src/model/subscription.ts";
import { DAY, type Instant, SECOND } from "../../src/model/time.ts";

export const LINKS: HubLinks = { hub: "https://hub.example/", topic: "https://blatt.example/feed" };
export const START: Instant = Date.UTC(2026, 0, 5, 12);

export function fresh(token: string) {
  return { token, secret: `secret-of-${token}`, address: `https://ressort.example/websub/${token}` };
}

/** Offered, and asked for with the callback "one". */
export function askedFor(now = START): Subscription {
  const subscription = offered(undefined, LINKS, now);
  if (subscription === undefined) throw new Error("nothing was offered");
  return tended(subscription, fresh("one"), now, 0).after;
}

export function confirmed(
  subscription: Subscription,
  token: string,
  now: Instant,
  lease = 10 * DAY,
  chance = 0.5,
): Subscription {
  const { topic } = subscription;
  const question = { mode: "subscribe", topic, challenge: "c", leaseSeconds: lease / SECOND } as const;
  const { after, answer } = verified(subscription, token, question, now, chance);
  if (answer === undefined) throw new Error(`${token} was not confirmed`);
  return after;
}

/** Asked for and verified. */
export function held(now = START): Subscription {
  return confirmed(askedFor(now), "one", now);
}

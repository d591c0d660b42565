import type { Subscription } from "../model/subscription.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import { leaseOf, renewalAfter } from "./lease.ts";
import type { Verification } from "./messages.ts";
import { leavingWith } from "./subscription.ts";

/** A hub that does not want us is not asked again for so long. */
const DENIED: Duration = 30 * DAY;

/** What a hub's question comes to. `answer` is what it is to be told; undefined: it is none of ours, 404. */
export interface Verified {
  readonly after: Subscription;
  readonly answer?: string;
}

/** Says yes only to what we have asked for ourselves: this callback, this topic, this mode (facts A-38). */
export function verified(
  subscription: Subscription,
  token: string,
  verification: Verification,
  now: Instant,
  chance: number,
): Verified {
  switch (verification.mode) {
    case "subscribe":
      return subscribed(subscription, token, verification, now, chance);
    case "unsubscribe":
      return unsubscribed(subscription, token, verification);
    case "denied":
      return denied(subscription, token, verification, now);
    default:
      return verification satisfies never;
  }
}

function subscribed(
  subscription: Subscription,
  token: string,
  { topic, challenge, leaseSeconds }: Extract<Verification, { mode: "subscribe" | "unsubscribe" }>,
  now: Instant,
  chance: number,
): Verified {
  const { asked, held, lastError, ...rest } = subscription;
  if (asked?.token !== token || asked.topic !== topic) return { after: subscription };
  const lease = leaseOf(leaseSeconds);
  const isRenewal = held !== undefined && held.expiresAt > now;
  const after = {
    ...rest,
    held: { ...asked, verifiedAt: now, expiresAt: now + lease },
    leaving: leavingWith(subscription, isRenewal ? held : undefined, now),
    since: isRenewal ? (subscription.since ?? now) : now,
    nextAt: now + renewalAfter(lease, chance),
    failures: 0,
  };
  return { after, answer: challenge };
}

function unsubscribed(
  subscription: Subscription,
  token: string,
  { topic, challenge }: Extract<Verification, { mode: "subscribe" | "unsubscribe" }>,
): Verified {
  const isAsked = subscription.leaving.some((one) => one.token === token && one.topic === topic && one.tries > 0);
  if (!isAsked) return { after: subscription };
  const leaving = subscription.leaving.filter((one) => one.token !== token);
  return { after: { ...subscription, leaving }, answer: challenge };
}

/** A hub may deny at any time, also what it had granted (WebSub 5.2). */
function denied(
  subscription: Subscription,
  token: string,
  { topic, why }: Extract<Verification, { mode: "denied" }>,
  now: Instant,
): Verified {
  const { asked, held, since, ...rest } = subscription;
  const mine = [asked, held].find((one) => one?.token === token && one.topic === topic);
  if (mine === undefined) return { after: subscription };
  const kept = held === undefined || mine === held ? {} : { held, ...(since !== undefined && { since }) };
  const lastError = `the hub denied it: ${why}`;
  return { after: { ...rest, ...kept, lastError, nextAt: now + DENIED }, answer: "" };
}

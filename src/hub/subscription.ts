import type {
  Callback,
  HeldCallback,
  HubLinks,
  LeavingCallback,
  PushReport,
  Subscription,
} from "../model/subscription.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import { retryAfter } from "./lease.ts";

/** A hub that lost our request to leave forgets us with the lease. */
const LEAVE_TRIES = 2;
const LEAVE_AGAIN: Duration = DAY;
/** Some publishers' rel=self is another one in every document: no hub is to suffer from it. */
const BETWEEN_HUBS: Duration = DAY;
/** Renewals leave one each; a hub that confirms none of them cannot make the list grow. */
const MAX_LEAVING = 4;
const MAX_ERROR = 200;

/** What is to be sent to hubs now. */
export interface Errands {
  readonly ask?: Callback;
  readonly leave: readonly Callback[];
}

/** What the feed's newest document says of its hub; undefined: it names none any more. */
export function offered(
  subscription: Subscription | undefined,
  links: HubLinks | undefined,
  now: Instant,
): Subscription | undefined {
  if (links === undefined) return subscription === undefined ? undefined : givenUp(subscription, now);
  if (subscription === undefined) return { ...links, leaving: [], failures: 0, misses: 0, nextAt: now };
  const isSame = subscription.hub === links.hub && subscription.topic === links.topic;
  if (isSame && subscription.nextAt !== undefined) return subscription;
  const { leaving, silent, askedAt } = givenUp(subscription, now);
  const isSilent = silent?.hub === links.hub && silent.until > now;
  const nextAt = isSilent ? silent.until : Math.max(now, (askedAt ?? 0) + BETWEEN_HUBS);
  const kept = { ...(silent !== undefined && { silent }), ...(askedAt !== undefined && { askedAt }) };
  return { ...links, leaving, failures: 0, misses: 0, nextAt, ...kept };
}

/** Nothing more is wanted: the hub is told, and once it knows (or does not want to know) nothing is left. */
export function givenUp(subscription: Subscription, now: Instant): Subscription {
  const { asked, held, nextAt, since, pushedAt, missedAt, lastError, ...rest } = subscription;
  return { ...rest, misses: 0, failures: 0, leaving: leavingWith(subscription, held, now) };
}

/** What the clock brings: leases that end, requests that are due. `fresh` is the callback of a new request. */
export function tended(
  subscription: Subscription,
  fresh: Pick<Callback, "token" | "address" | "secret">,
  now: Instant,
  chance: number,
): { readonly after: Subscription; readonly errands: Errands } {
  const current = unexpired(subscription, now);
  const due = current.leaving.filter(({ nextAt }) => nextAt <= now);
  const leave = due.filter(({ tries }) => tries < LEAVE_TRIES);
  const leaving = current.leaving.flatMap((callback) => {
    if (!due.includes(callback)) return [callback];
    return leave.includes(callback) ? [{ ...callback, tries: callback.tries + 1, nextAt: now + LEAVE_AGAIN }] : [];
  });
  if (current.nextAt === undefined || current.nextAt > now)
    return { after: { ...current, leaving }, errands: { leave } };

  const { hub, topic, held, failures } = current;
  const ask = { hub, topic, ...fresh };
  // taken for a failure until the hub verifies: whatever becomes of us, it is not asked again today
  const nextAt = now + retryAfter(failures + 1, held !== undefined, chance);
  const lastError = "the hub has not called back yet";
  const after = { ...current, leaving, asked: ask, askedAt: now, nextAt, failures: failures + 1, lastError };
  return { after, errands: { ask, leave } };
}

/** The hub did not take the request of this callback. */
export function refused(subscription: Subscription, token: string, why: string): Subscription {
  const { asked, ...rest } = subscription;
  return asked?.token === token ? { ...rest, lastError: why.slice(0, MAX_ERROR).toWellFormed() } : subscription;
}

/** The request of this callback could not be sent yet; it was no failure of the hub. */
export function putOff(subscription: Subscription, token: string, until: Instant): Subscription {
  const { asked, lastError, ...rest } = subscription;
  return asked?.token === token ? { ...rest, failures: Math.max(0, rest.failures - 1), nextAt: until } : subscription;
}

/** Does it bring the items by itself, so that polling only checks on it? Verified is not enough: it must have pushed. */
export function isPushed(subscription: Subscription | undefined, now: Instant): boolean {
  return subscription !== undefined && isProven(subscription) && (subscription.held?.expiresAt ?? 0) > now;
}

export function isProven({ held, since, pushedAt }: Subscription): boolean {
  return held !== undefined && since !== undefined && pushedAt !== undefined && pushedAt >= since;
}

export function reportOf(subscription: Subscription, now: Instant): PushReport {
  const { hub, held, since, silent, lastError, nextAt } = subscription;
  const trouble = lastError === undefined ? {} : { trouble: lastError };
  if (held !== undefined && held.expiresAt > now)
    return {
      hub: held.hub,
      state: isProven(subscription) ? "pushed" : "unproven",
      ...(since !== undefined && { since }),
      until: held.expiresAt,
    };
  if (silent?.hub === hub && silent.until > now) return { hub, state: "silent", until: silent.until };
  return { hub, state: "waiting", ...trouble, ...(nextAt !== undefined && { until: nextAt }) };
}

/** Callbacks to be left, with one more; the oldest are forgotten first. */
export function leavingWith(
  { leaving }: Subscription,
  held: HeldCallback | undefined,
  now: Instant,
): readonly LeavingCallback[] {
  if (held === undefined) return leaving;
  const { verifiedAt, expiresAt, ...callback } = held;
  return [...leaving, { ...callback, tries: 0, nextAt: now }].slice(-MAX_LEAVING);
}

function unexpired(subscription: Subscription, now: Instant): Subscription {
  const { held, since, silent, ...rest } = subscription;
  const kept = silent === undefined || silent.until <= now ? {} : { silent };
  if (held === undefined) return { ...rest, ...kept };
  if (held.expiresAt > now) return { ...rest, ...kept, held, ...(since !== undefined && { since }) };
  return { ...rest, ...kept, lastError: rest.lastError ?? "the lease has ended" };
}

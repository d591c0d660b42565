import type { Subscriber } from "../model/subscriber.ts";
import { DAY, type Duration, type Instant, MINUTE, SECOND } from "../model/time.ts";
import type { HubRequest } from "./request.ts";

/** A callback that is out of order is asked again, but not for long: nobody waits there. */
const QUESTIONS = 3;
/** What was not confirmed by then never will be. */
const UNCONFIRMED: Duration = 15 * MINUTE;
/** Deliveries fail in a row for so long, and so often, before a subscriber is taken for dead. */
const DEAD_AFTER: Duration = 3 * DAY;
const DEAD_TRIES = 8;
const MAX_WHY = 200;

/** What came back from a callback; undefined: nothing did. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** As before, with a wish that waits to be confirmed: until then what was granted goes on, with its own secret. */
export function wished(
  known: Subscriber | Pick<Subscriber, "id" | "path" | "host">,
  { kind: mode, topic, callback, secret, lease }: Extract<HubRequest, { kind: "subscribe" | "unsubscribe" }>,
  now: Instant,
): Subscriber {
  const asked = { mode, lease, at: now, tries: 0, ...(secret !== undefined && { secret }) };
  return { ...known, topic, callback, asked };
}

/** What the callback is asked with GET before a wish counts (WebSub 5.3); its own query stays as it is. */
export function questionTo({ callback, topic, asked }: Subscriber, challenge: string): string {
  return withQuery(callback, {
    "hub.mode": asked?.mode ?? "subscribe",
    "hub.topic": topic,
    "hub.challenge": challenge,
    ...(asked?.mode === "subscribe" && { "hub.lease_seconds": String(asked.lease / SECOND) }),
  });
}

/** What a callback is told with GET where we will not push (WebSub 5.2). */
export function denialTo({ callback, topic }: Subscriber, why: string): string {
  return withQuery(callback, { "hub.mode": "denied", "hub.topic": topic, "hub.reason": why });
}

/** What a wish comes to by the callback's reply. `after` undefined: nothing is left of the subscriber. */
export function answered(
  subscriber: Subscriber,
  reply: Reply | undefined,
  challenge: string,
  now: Instant,
): { readonly verdict: "confirmed" | "refused" | "unanswered"; readonly after: Subscriber | undefined } {
  const { asked, ...rest } = subscriber;
  if (asked === undefined) return { verdict: "refused", after: subscriber };
  const isOut = reply === undefined || reply.status >= 500 || reply.status === 429;
  if (isOut && asked.tries + 1 < QUESTIONS)
    return { verdict: "unanswered", after: { ...subscriber, asked: { ...asked, tries: asked.tries + 1 } } };
  if (isOut || reply.status < 200 || reply.status >= 300 || reply.text !== challenge)
    return { verdict: "refused", after: unlessEmpty(rest) };
  if (asked.mode === "unsubscribe") return { verdict: "confirmed", after: undefined };
  const { secret, lease } = asked;
  const since = rest.held?.since ?? now;
  const held = { since, lease, expiresAt: now + lease, ...(secret !== undefined && { secret }) };
  const { trouble, ...well } = rest;
  return { verdict: "confirmed", after: { ...well, held } };
}

export function isHeld({ held }: Subscriber, now: Instant): boolean {
  return held !== undefined && held.expiresAt > now;
}

/** Without what time has ended: leases, and wishes that nobody confirmed. */
export function lapsed(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const { asked, held, ...rest } = subscriber;
  const kept = {
    ...(asked !== undefined && asked.at + UNCONFIRMED > now && { asked }),
    ...(held !== undefined && held.expiresAt > now && { held }),
  };
  return unlessEmpty({ ...rest, ...kept });
}

/** When to look after it. */
export function lapsesAt({ asked, held }: Subscriber): Instant {
  const confirmedBy = asked === undefined ? Number.POSITIVE_INFINITY : asked.at + UNCONFIRMED;
  return Math.min(confirmedBy, held?.expiresAt ?? Number.POSITIVE_INFINITY);
}

export function told(subscriber: Subscriber, now: Instant): Subscriber {
  const { trouble, ...rest } = subscriber;
  return { ...rest, deliveredAt: now };
}

/** One more delivery that failed; undefined: it is dead. */
export function missed(subscriber: Subscriber, why: string, now: Instant): Subscriber | undefined {
  const { since, tries } = subscriber.trouble ?? { since: now, tries: 0 };
  if (tries + 1 >= DEAD_TRIES && now - since >= DEAD_AFTER) return undefined;
  return { ...subscriber, trouble: { since, tries: tries + 1, why: why.slice(0, MAX_WHY).toWellFormed() } };
}

function unlessEmpty(subscriber: Subscriber): Subscriber | undefined {
  return subscriber.asked === undefined && subscriber.held === undefined ? undefined : subscriber;
}

function withQuery(callback: string, fields: Readonly<Record<string, string>>): string {
  return `${callback}${callback.includes("?") ? "&" : "?"}${new URLSearchParams(fields)}`;
}

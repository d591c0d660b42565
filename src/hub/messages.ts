import type { FetchRequest } from "../model/answer.ts";
import type { Callback } from "../model/subscription.ts";
import { SECOND } from "../model/time.ts";
import { WANTED_LEASE } from "./lease.ts";

/** What a hub asks before it pushes, or says instead (WebSub 5.2, 5.3). */
export type Verification =
  | {
      readonly mode: "subscribe" | "unsubscribe";
      readonly topic: string;
      readonly challenge: string;
      readonly leaseSeconds?: number;
    }
  | { readonly mode: "denied"; readonly topic: string; readonly why: string };

/** Reasons end up on pages. */
const MAX_WHY = 200;

/**
 * A request to a hub (WebSub 5.1). The secret also goes to hubs without https: whoever could read it on the way could
 * change what the hub pushes as well, all others are kept out.
 */
export function requestTo(mode: "subscribe" | "unsubscribe", callback: Callback, userAgent: string): FetchRequest {
  const form = new URLSearchParams({
    "hub.mode": mode,
    "hub.topic": callback.topic,
    "hub.callback": callback.address,
    ...(mode === "subscribe" && {
      "hub.secret": callback.secret,
      "hub.lease_seconds": String(WANTED_LEASE / SECOND),
    }),
  });
  return {
    url: callback.hub,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": userAgent },
    body: form.toString(),
  };
}

/** The query of a hub's GET; undefined where it is none of WebSub's. */
export function readVerification(query: string): Verification | undefined {
  const fields = new URLSearchParams(query);
  const mode = fields.get("hub.mode");
  const topic = fields.get("hub.topic");
  if (topic === null) return undefined;
  if (mode === "denied")
    return { mode, topic, why: (fields.get("hub.reason") ?? "no reason given").slice(0, MAX_WHY).toWellFormed() };
  const challenge = fields.get("hub.challenge");
  if ((mode !== "subscribe" && mode !== "unsubscribe") || challenge === null || challenge === "") return undefined;
  const lease = fields.get("hub.lease_seconds") ?? "";
  return { mode, topic, challenge, ...(/^\d{1,10}$/.test(lease) && { leaseSeconds: Number(lease) }) };
}

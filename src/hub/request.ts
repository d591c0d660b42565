import { DAY, type Duration, MINUTE, SECOND } from "../model/time.ts";

/** What a subscriber asks of our hub (WebSub 5.1). */
export type HubRequest =
  | {
      readonly kind: "subscribe" | "unsubscribe";
      /** as it is spelled */
      readonly topic: string;
      readonly callback: string;
      readonly secret?: string;
      readonly lease: Duration;
    }
  /** somebody says that our documents changed: we are the first to know */
  | { readonly kind: "publish" }
  | { readonly kind: "bad"; readonly why: string };

/** It is kept, and sent in every question. */
const MAX_URL = 2000;
/** WebSub 5.1: "MUST be less than 200 bytes" */
const SECRET_BYTES = 200;

const USUAL_LEASE: Duration = 10 * DAY;
const SHORTEST_LEASE: Duration = 5 * MINUTE;
const LONGEST_LEASE: Duration = 30 * DAY;

/** Reads the form that was posted. `why` is for those who write subscribers: it names the field and what would be right. */
export function readHubRequest(form: string): HubRequest {
  const fields = new URLSearchParams(form);
  const mode = fields.get("hub.mode");
  if (mode === "publish") return { kind: "publish" };
  if (mode !== "subscribe" && mode !== "unsubscribe")
    return bad(`hub.mode is ${mode === null ? "missing" : "none of ours"}: subscribe or unsubscribe`);
  const topic = fields.get("hub.topic") ?? "";
  const callback = fields.get("hub.callback") ?? "";
  const secret = fields.get("hub.secret") ?? "";
  if (topic === "") return bad("hub.topic is missing: the rel=self address of one of our feeds");
  if (topic.length > MAX_URL) return bad(`hub.topic has more than ${MAX_URL} characters`);
  const objection = objectionTo(callback);
  if (objection !== undefined) return bad(`hub.callback ${objection}`);
  if (Buffer.byteLength(secret) >= SECRET_BYTES) return bad(`hub.secret must have less than ${SECRET_BYTES} bytes`);
  const lease = leaseOf(fields.get("hub.lease_seconds") ?? "");
  if (lease === undefined) return bad("hub.lease_seconds is no whole number of seconds");
  return { kind: mode, topic, callback, lease, ...(secret !== "" && { secret }) };
}

/**
 * Which document of ours an address means: "topics/energie.rss" for https://feeds.example.org/topics/energie.rss.
 * Archives and searches have no subscribers: they never change, or have no end.
 */
export function documentPathOf(topic: string, publicUrl: string): string | undefined {
  const [url, home] = [URL.parse(topic), new URL(publicUrl)];
  const base = home.pathname.replace(/\/*$/, "/");
  const isOurs = url !== null && /^https?:$/.test(url.protocol) && url.host === home.host && url.search === "";
  if (!isOurs || !url.pathname.startsWith(base)) return undefined;
  const path = url.pathname.slice(base.length).replace(/\/$/, "");
  return /^(?:topics|sections)\/[a-z0-9-]+(?:\/corrections)?\.(?:rss|atom|json)$/.test(path) ? path : undefined;
}

const bad = (why: string): HubRequest => ({ kind: "bad", why });

/** WebSub 5.1: the callback is an http(s) address; a fragment would never arrive, a password would lie about in our logs. */
function objectionTo(callback: string): string | undefined {
  if (callback === "") return "is missing";
  if (callback.length > MAX_URL) return `has more than ${MAX_URL} characters`;
  const url = URL.parse(callback);
  if (url === null || !/^https?:\/\/[!-~]+$/i.test(callback)) return "is no absolute http(s) address in ASCII";
  if (callback.includes("#")) return "has a fragment: leave it out";
  return url.username === "" && url.password === "" ? undefined : "has a user name or password: leave it out";
}

/** 0 once meant "for ever". */
function leaseOf(text: string): Duration | undefined {
  if (text === "") return USUAL_LEASE;
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const wanted = Number(text) * SECOND || USUAL_LEASE;
  return Math.min(LONGEST_LEASE, Math.max(SHORTEST_LEASE, wanted));
}

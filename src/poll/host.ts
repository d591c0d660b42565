import { getDomain } from "tldts";
import type { PollOutcome } from "../model/outcome.ts";
import { type Duration, HOUR } from "../model/time.ts";

/** A 429 without Retry-After (facts A-19). */
export const THROTTLED: Duration = 4 * HOUR;

/** Routes are kept and compared: a segment beyond this is no name. */
const MAX_SEGMENT = 100;

/**
 * Whom we ask: the key under which requests to one operator are counted, over all workers. The registrable domain by
 * the public part of the Public Suffix List; without its private part, so that the blogs of one platform
 * (*.tumblr.com, *.blogspot.com) share a key as they share its servers. Addresses stand for themselves; on this machine
 * every port is a host of its own. With `allowPrivateDomains` the blogs of one platform are hosts of their own.
 */
export function hostKeyOf(url: string, options: { readonly allowPrivateDomains?: boolean } = {}): string {
  const { hostname, host } = new URL(url);
  if (isThisMachine(hostname)) return host;
  return getDomain(hostname, options) ?? hostname.replace(/\.$/, "");
}

/**
 * What a host may answer for apart from the rest of itself: one blog of a platform, one application among several, one
 * site behind a bridge (RSSHub's first path segment, RSS-Bridge's `bridge` parameter).
 */
export function routeOf(url: string): string {
  const { host, pathname, search, searchParams } = new URL(url);
  const [, first = "", ...rest] = pathname.split("/");
  if (rest.length > 0 || search === "") return `${host}/${first.slice(0, MAX_SEGMENT)}`;
  return `${host}/${(searchParams.get("bridge") ?? search).slice(0, MAX_SEGMENT)}`;
}

/** How long the whole host is to be left alone after this outcome: only a 429 speaks of more than one feed (facts A-19). */
export function hostPause(outcome: PollOutcome): Duration | undefined {
  if (outcome.kind !== "throttled" || outcome.status !== 429) return undefined;
  return outcome.hints.retryAfter ?? THROTTLED;
}

function isThisMachine(hostname: string): boolean {
  return (
    hostname === "[::1]" || hostname.startsWith("127.") || hostname === "localhost" || hostname.endsWith(".localhost")
  );
}

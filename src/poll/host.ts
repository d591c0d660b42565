import type { PollOutcome } from "../model/outcome.ts";
import { type Duration, HOUR } from "../model/time.ts";

/** A 429 without Retry-After (facts A-19). */
export const THROTTLED: Duration = 4 * HOUR;

/** Second-level labels under which the public registers, for the country codes that have them. */
const SHARED_SECOND: ReadonlySet<string> = new Set(
  "ac co com edu gen gob gouv gov gv idf ltd me mil ne net nom or org plc sch".split(" "),
);
const MAX_COUNTRY_CODE = 2;

/**
 * Whom we ask: the key under which requests to one operator are counted. Close to the registrable domain without the
 * Public Suffix List: two labels, three under "co.uk" and its like. The blogs of one platform share a key, as they
 * share its servers. Addresses stand for themselves; on this machine every port is a host of its own.
 */
export function hostKeyOf(url: string): string {
  const { hostname, host } = new URL(url);
  if (isThisMachine(hostname)) return host;
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith("[")) return hostname;
  const labels = hostname.replace(/\.$/, "").split(".");
  const [second = "", top = ""] = labels.slice(-2);
  const isShared = top.length <= MAX_COUNTRY_CODE && SHARED_SECOND.has(second);
  return labels.slice(isShared ? -3 : -2).join(".");
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

import type { Document } from "../model/document.ts";
import type { HttpHints } from "../model/outcome.ts";
import { DAY, type Duration, type Instant, SECOND } from "../model/time.ts";
import { parseHttpDate } from "./http-date.ts";

/** Directives with which a server says that nothing may be reused: for us no hint, least of all "poll at once". */
const NOT_REUSABLE: ReadonlySet<string> = new Set(["no-store", "no-cache"]);

/** Delta-seconds of at most ten digits (RFC 9111 1.2.2 wants at least 2^31); quotes are tolerated. */
const DELTA_SECONDS = /^"?(\d{1,10})"?$/;

/** Nobody is left alone for longer, whatever number they write (facts A-10). */
const MAX_RETRY_AFTER: Duration = 7 * DAY;

/** What an answer's headers ask of the next poll, made relative. Only ever positive durations. */
export function httpHints(headers: Document["headers"], now: Instant): HttpHints {
  const serverNow = parseHttpDate(headers["date"] ?? "") ?? now;
  const freshFor = freshnessOf(headers, serverNow);
  const retryAfter = deltaOrDate(headers["retry-after"] ?? "", serverNow);
  return {
    ...(freshFor !== undefined && { freshFor }),
    ...(retryAfter !== undefined && { retryAfter: Math.min(retryAfter, MAX_RETRY_AFTER) }),
  };
}

/** Has the server said anything about freshness, be it that there is none? */
export const saysFreshness = (headers: Document["headers"]): boolean =>
  headers["cache-control"] !== undefined || headers["expires"] !== undefined;

/** max-age rules where it is there, whatever Expires says (RFC 9111 5.3). */
function freshnessOf(headers: Document["headers"], serverNow: Instant): Duration | undefined {
  const directives = cacheControl(headers["cache-control"] ?? "");
  if ([...NOT_REUSABLE].some((name) => directives.has(name))) return undefined;
  const maxAge = directives.get("max-age");
  if (maxAge !== undefined) {
    const seconds = deltaSeconds(maxAge);
    return seconds === undefined ? undefined : positive(seconds - (deltaSeconds(headers["age"] ?? "") ?? 0));
  }
  const expires = parseHttpDate(headers["expires"] ?? "");
  return expires === undefined ? undefined : positive(expires - serverNow);
}

/** The first of repeated directives counts. A comma inside a quoted value only makes a name that nobody knows. */
function cacheControl(value: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of value.split(",")) {
    const [name = "", ...rest] = part.split("=");
    const key = name.trim().toLowerCase();
    if (!directives.has(key)) directives.set(key, rest.join("=").trim());
  }
  return directives;
}

function deltaOrDate(value: string, serverNow: Instant): Duration | undefined {
  const delta = deltaSeconds(value);
  if (delta !== undefined) return positive(delta);
  const date = parseHttpDate(value);
  return date === undefined ? undefined : positive(date - serverNow);
}

function deltaSeconds(value: string): Duration | undefined {
  const [, digits] = DELTA_SECONDS.exec(value.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * SECOND;
}

const positive = (duration: Duration): Duration | undefined => (duration > 0 ? duration : undefined);

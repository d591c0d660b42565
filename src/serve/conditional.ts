import type { Instant } from "../model/time.ts";

/** What a client says it has: header values as they came. */
export interface Preconditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

/**
 * May the answer be 304? `tags` are the opaque parts of all our entity tags for the document, whatever the encoding, so
 * that a proxy which encodes anew still gets its 304.
 */
export function isUnmodified(
  { ifNoneMatch, ifModifiedSince }: Preconditions,
  tags: readonly string[],
  modifiedAt: Instant | undefined,
  now: Instant,
): boolean {
  // RFC 9110 13.1.3: If-None-Match wins over If-Modified-Since, also when it does not match
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, tags);
  if (ifModifiedSince === undefined || modifiedAt === undefined) return false;
  const since = parseHttpDate(ifModifiedSince);
  return since !== undefined && since <= now && since >= wholeSecond(modifiedAt);
}

/** Weak comparison (RFC 9110 8.8.3.2): W/ does not count. */
function matches(ifNoneMatch: string, tags: readonly string[]): boolean {
  if (ifNoneMatch.trim() === "*") return true;
  for (const [, tag] of ifNoneMatch.matchAll(/"([^"]*)"/g)) {
    if (tag !== undefined && tags.includes(tag)) return true;
  }
  return false;
}

/** The three forms of RFC 9110 5.6.7. The oldest, asctime, is GMT too but does not say so. */
function parseHttpDate(text: string): Instant | undefined {
  const date = text.trim();
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(date)) return undefined;
  const instant = Date.parse(date.endsWith("GMT") ? date : `${date} GMT`);
  return Number.isNaN(instant) ? undefined : instant;
}

const wholeSecond = (instant: Instant): Instant => Math.floor(instant / 1000) * 1000;

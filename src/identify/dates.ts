import type { Instant } from "../model/time.ts";

/** Before the web, a date is a mistake: 1970 above all. */
const FIRST_PLAUSIBLE: Instant = Date.UTC(1990, 0, 1);

/** The publisher's date where it can be true. The future is now. */
export function plausibleDate(instant: Instant | undefined, now: Instant): Instant | undefined {
  return instant === undefined || instant < FIRST_PLAUSIBLE ? undefined : Math.min(instant, now);
}

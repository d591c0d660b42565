import type { Instant } from "../model/time.ts";

/** IMF-fixdate and RFC 850 (RFC 9110 5.6.7), with the zones that servers write instead of GMT. */
const ZONED =
  /^[A-Z][a-z]{2,8},? \d{1,2}[ -][A-Z][a-z]{2}[ -](\d{2}|\d{4}) \d{2}:\d{2}:\d{2} (GMT|UTC|UT|Z|[+-]\d{4})$/;
/** asctime, always GMT. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** An HTTP-date; undefined for everything else, also for what Date.parse would make a year of ("0", "soon 12"). */
export function parseHttpDate(text: string): Instant | undefined {
  const date = text.trim();
  const zoned = ZONED.test(date) ? date : ASCTIME.test(date) ? `${date} GMT` : undefined;
  const instant = zoned === undefined ? Number.NaN : Date.parse(zoned);
  return Number.isNaN(instant) ? undefined : instant;
}

import type { DocumentHints } from "../model/parsed.ts";
import { DAY, HOUR, type Instant } from "../model/time.ts";

const HOURS_OF_DAY = 24;
const DAYS_OF_WEEK = 7;
const HOURS_OF_WEEK = HOURS_OF_DAY * DAYS_OF_WEEK;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

/**
 * The instant itself, or the beginning of the first hour that the publisher's skipHours and skipDays (GMT) leave open.
 * Who skips all hours or all days has made a mistake: ignored (facts A-12).
 */
export function firstOpenHour(at: Instant, { skipHours = [], skipDays = [] }: DocumentHints): Instant {
  const hours = within(skipHours, HOURS_OF_DAY);
  const days = within(skipDays, DAYS_OF_WEEK);
  const isOpen = (instant: Instant): boolean =>
    !hours.has(Math.floor(instant / HOUR) % HOURS_OF_DAY) &&
    !days.has((Math.floor(instant / DAY) + FIRST_WEEKDAY) % DAYS_OF_WEEK);
  if (isOpen(at)) return at;
  const thisHour = Math.floor(at / HOUR) * HOUR;
  for (let n = 1; n <= HOURS_OF_WEEK; n += 1) if (isOpen(thisHour + n * HOUR)) return thisHour + n * HOUR;
  return at;
}

function within(numbers: readonly number[], count: number): ReadonlySet<number> {
  const valid = new Set(numbers.filter((number) => Number.isInteger(number) && number >= 0 && number < count));
  return valid.size === count ? new Set() : valid;
}

import type { DocumentHints } from "../model/parsed.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { DAYS_OF_WEEK, HOURS_OF_DAY, HOURS_OF_WEEK, hourOfDay, weekday } from "./week.ts";

/**
 * The instant itself, or the beginning of the first hour that the publisher's skipHours and skipDays (GMT) leave open.
 * Who skips all hours or all days has made a mistake: ignored (facts A-12).
 */
export function firstOpenHour(at: Instant, { skipHours = [], skipDays = [] }: DocumentHints): Instant {
  const hours = within(skipHours, HOURS_OF_DAY);
  const days = within(skipDays, DAYS_OF_WEEK);
  const isOpen = (instant: Instant): boolean => !hours.has(hourOfDay(instant)) && !days.has(weekday(instant));
  if (isOpen(at)) return at;
  const thisHour = Math.floor(at / HOUR) * HOUR;
  for (let n = 1; n <= HOURS_OF_WEEK; n += 1) if (isOpen(thisHour + n * HOUR)) return thisHour + n * HOUR;
  return at;
}

function within(numbers: readonly number[], count: number): ReadonlySet<number> {
  const valid = new Set(numbers.filter((number) => Number.isInteger(number) && number >= 0 && number < count));
  return valid.size === count ? new Set() : valid;
}

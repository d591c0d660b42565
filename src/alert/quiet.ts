import type { QuietHours } from "../model/alert.ts";
import { DAY, type Instant, MINUTE } from "../model/time.ts";

const MINUTES_A_DAY = DAY / MINUTE;
/** Clocks are put forward and back by no more than that. */
const LARGEST_SHIFT = 3 * 60;

/** The moment itself, or the end of the quiet hours that it falls into. */
export function afterQuiet(quiet: QuietHours, at: Instant): Instant {
  const minute = clockIn(quiet.timeZone, at);
  if (!isWithin(quiet, minute)) return at;
  const end = at - (at % MINUTE) + minutesFrom(minute, quiet.to) * MINUTE;
  return end - shift(quiet, end) * MINUTE;
}

/** A night in which the clocks are changed is shorter or longer than its hours say. */
function shift({ timeZone, to }: QuietHours, end: Instant): number {
  const late = minutesFrom(to, clockIn(timeZone, end));
  if (late <= LARGEST_SHIFT) return late;
  return MINUTES_A_DAY - late <= LARGEST_SHIFT ? late - MINUTES_A_DAY : 0;
}

function isWithin({ from, to }: QuietHours, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

const minutesFrom = (from: number, to: number): number => (to - from + MINUTES_A_DAY) % MINUTES_A_DAY;

/** Minutes after midnight that the clocks of a zone show. */
function clockIn(timeZone: string, at: Instant): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const [hours, minutes] = parts.format(at).split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

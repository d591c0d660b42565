import type { QuietHours } from "../model/alert.ts";
import { type Instant, MINUTE } from "../model/time.ts";

/**
 * The moment itself, or the first minute after it that clocks do not show as quiet: in the nights in which they are put
 * forward or back, too, be it over the end of the quiet hours.
 */
export function afterQuiet(quiet: QuietHours, at: Instant): Instant {
  const showsAt = clockIn(quiet.timeZone);
  if (!isWithin(quiet, showsAt(at))) return at;
  let end = at - (at % MINUTE);
  do end += MINUTE;
  while (isWithin(quiet, showsAt(end)));
  return end;
}

function isWithin({ from, to }: QuietHours, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes after midnight that the clocks of a zone show. */
function clockIn(timeZone: string): (at: Instant) => number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (at) => {
    const [hours, minutes] = parts.format(at).split(":").map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  };
}

import { DAY, type Duration, HOUR, MINUTE, SECOND } from "../model/time.ts";

/** The units from the largest; each is used from twice its length on. */
const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", SECOND],
] as const;

/** "2 Stunden", "40 minutes": a length of time in a language ("de-DE"). */
export function spanOf(duration: Duration, locale: string): string {
  const [unit, length] = UNITS.find(([, size]) => duration >= 2 * size) ?? (["second", SECOND] as const);
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.round(duration / length));
}

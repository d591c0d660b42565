import type { Recalled } from "./recollection.ts";

/** Twice what normalise/dates.ts takes for one moment, in minutes. */
const ONE_MOMENT = 2;
const HOUR = 60;
const HOURS_OF_DAY = 24;
/** Midnight in Greenwich and in most of Europe. */
const MIDNIGHTS: ReadonlySet<number> = new Set([0, 22, 23]);

/** Does each date say something of its item? Where all are alike, or all are days, the document as a whole decides. */
export function areDatesTheirOwn(items: readonly Recalled[]): boolean {
  const published = items.map(({ publishedAt }) => publishedAt);
  const updated = items.flatMap(({ updatedAt }) => updatedAt ?? []);
  const isOnlyDays = published.every(isMidnight);
  const areUpdatesClear = updated.length === 0 || (updated.length === items.length && areSpread(updated));
  return !isOnlyDays && areSpread(published) && areUpdatesClear;
}

function isMidnight(minute: number): boolean {
  return minute % HOUR === 0 && MIDNIGHTS.has((minute / HOUR) % HOURS_OF_DAY);
}

function areSpread(minutes: readonly number[]): boolean {
  const first = minutes.reduce((least, minute) => Math.min(least, minute), Number.POSITIVE_INFINITY);
  const last = minutes.reduce((most, minute) => Math.max(most, minute), 0);
  return last - first > ONE_MOMENT;
}

/** Milliseconds since 1970-01-01T00:00:00Z. Turned into ISO 8601 only where something leaves the program. */
export type Instant = number;
/** Milliseconds. */
export type Duration = number;

export const SECOND: Duration = 1000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

const UNITS: Readonly<Record<string, Duration>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** "90s", "15m", "24h", "7d", "2w" in milliseconds; undefined where the text is none of these. */
export function parseDuration(text: string): Duration | undefined {
  const [, count, unit] = /^(\d{1,6})\s*([smhdw])$/.exec(text.trim()) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

/** "2 h", "15 min": for people. */
export function showDuration(duration: Duration): string {
  if (duration >= 2 * DAY) return `${Math.round(duration / DAY)} d`;
  if (duration >= 2 * HOUR) return `${Math.round(duration / HOUR)} h`;
  if (duration >= 2 * MINUTE) return `${Math.round(duration / MINUTE)} min`;
  return `${Math.round(duration / SECOND)} s`;
}

export const isoOf = (instant: Instant): string => new Date(instant).toISOString();

import { HOUR, type Instant, MINUTE, SECOND } from "../model/time.ts";
import { monthOf, zoneOf } from "./date-words.ts";

/**
 * The instant that a publisher's date means: RFC 822 and its kin in several languages, ISO 8601 and its kin, dd.mm.yyyy, asctime,
 * seconds or milliseconds since 1970. No zone means UTC, never the server's. Undefined where it means none or an implausible one.
 */
export function parseDate(written: string): Instant | undefined {
  const text = written.slice(0, MAX_LENGTH).trim();
  const [epoch] = /^\d{10}(?:\d{3})?$|(?<=^\/Date\()\d{13}(?=\D)/.exec(text) ?? [];
  if (epoch !== undefined) return plausible(Number(epoch.padEnd(13, "0")));
  const found = wordsOf(text).reduce(readWord, { numbers: [] });
  const date = found.date ?? dateAround(found.month, found.numbers);
  const midnight = date === undefined ? undefined : midnightOf(date);
  return midnight === undefined
    ? undefined
    : plausible(midnight + (found.time ?? 0) + (found.halfDay ?? 0) - (found.zone ?? 0) * MINUTE);
}

/** Longer than any date that people write out. */
const MAX_LENGTH = 100;
/** Some archives carry the dates of print, but 1970-01-01 is what software says that has none. */
const EARLIEST: Instant = Date.UTC(1970, 0, 2);
const LATEST: Instant = Date.UTC(2100, 0, 1);

const plausible = (instant: Instant): Instant | undefined =>
  instant >= EARLIEST && instant < LATEST ? instant : undefined;

interface CalendarDate {
  readonly year: number;
  /** 1-12 */
  readonly month: number;
  readonly day: number;
}

interface Found {
  readonly date?: CalendarDate;
  /** a month by name, and the numbers around it */
  readonly month?: number;
  readonly numbers: readonly number[];
  /** milliseconds since midnight */
  readonly time?: number;
  /** what "pm" adds to it, and "am" after twelve takes away */
  readonly halfDay?: number;
  /** minutes east of Greenwich */
  readonly zone?: number;
}

/** "2003-12-31T10:14:55+01:00", "13-Feb-2004" and "2004년 5월 28일 01:31" fall into the same kinds of words. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/\s*[년월](?=\s*\d)\s*/g, "-")
    .replace(/일/g, " ")
    .replace(/\u2212/g, "-")
    .replace(/\b(\d{1,2})(?:[.:](\d\d))?\s?Uhr\b/gi, (_all, hours: string, minutes = "00") => `${hours}:${minutes}`)
    .replace(/(\d)T\s*(?=\d)/gi, "$1 ")
    .replace(/(:\d\d?(?:[.,]\d+)?|\b\d{6})\s*(?=[+-]\d|[a-z])/gi, "$1 ")
    .replace(/(\d)-(?=\p{L})|(\p{L})-(?=\d)/gu, "$1$2 ")
    .split(/[\s,;()]+/);
}

function readWord(found: Found, word: string): Found {
  const date = numericDate(word);
  if (date !== undefined) return { ...found, date };
  const time = timeOf(word, found.date !== undefined || found.numbers.length === 2);
  if (time !== undefined) return { ...found, time };
  const zone = zoneOf(word);
  // "+0200 (GMT)": the offset counts, the remark does not
  if (zone !== undefined) return { ...found, zone: found.zone || zone };
  const isMorning = (found.time ?? 0) < 12 * HOUR;
  if (/^(?:pm|p\.m\.|오후|μμ)$/i.test(word)) return { ...found, halfDay: isMorning ? 12 * HOUR : 0 };
  if (/^(?:am|a\.m\.|오전|πμ)$/i.test(word)) return { ...found, halfDay: isMorning ? 0 : -12 * HOUR };
  const [, number] = /^(\d{1,2}|[1-9]\d{2,3})(?:\.|st|nd|rd|th|er|[ºª])?$/i.exec(word) ?? [];
  if (number !== undefined) return { ...found, numbers: [...found.numbers, Number(number)] };
  // the last one counts: French "mar." is Tuesday before it is March
  const month = monthOf(word);
  return month === undefined ? found : { ...found, month };
}

/** yyyy-mm-dd, yyyymmdd, yyyy-ddd, yyyy-mm, yyyy; dd.mm.yyyy; with slashes only where day and month cannot be mistaken. */
function numericDate(word: string): CalendarDate | undefined {
  const [, year, month, day] =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)\.?$/.exec(word) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(word) ?? [];
  if (year !== undefined) return { year: Number(year), month: Number(month), day: Number(day ?? 1) };
  const [, ordinalYear, ordinal] = /^(\d{4})-?(\d{3})$/.exec(word) ?? [];
  if (ordinalYear !== undefined) return dayOfYear(Number(ordinalYear), Number(ordinal));
  const [, first, sign, second, last] = /^(\d{1,2})([./-])(\d{1,2})\2([1-9]\d{3}|\d\d)$/.exec(word) ?? [];
  if (last === undefined) return undefined;
  const europe = { year: fullYear(Number(last)), month: Number(second), day: Number(first) };
  if (sign === "." || europe.day > 12) return sign === "-" && last.length === 2 ? undefined : europe;
  return europe.month > 12 ? { ...europe, month: europe.day, day: europe.month } : undefined;
}

function dayOfYear(year: number, day: number): CalendarDate {
  const date = new Date(Date.UTC(year, 0, day));
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** hh:mm, hh:mm:ss, fractions; hhmmss only after a date, since alone it could be anything. */
function timeOf(word: string, afterDate: boolean): number | undefined {
  const clock = /^(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?$/.exec(word);
  const [, hours, minutes, seconds = 0, fraction = 0] =
    clock ?? (afterDate ? /^(\d\d)(\d\d)(\d\d)?$/.exec(word) : null) ?? [];
  if (hours === undefined || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  // digit by digit: 32.129 * 1000 is 32128.999…
  const milliseconds = Number(`${fraction}`.slice(0, 3).padEnd(3, "0"));
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + milliseconds;
}

/** "14 Feb 2006", "Feb 14, 2006", "2006 Feb 14", "14 Feb 06". */
function dateAround(month: number | undefined, numbers: readonly number[]): CalendarDate | undefined {
  if (month === undefined)
    return numbers.length === 1 && (numbers[0] ?? 0) > 31 ? { year: numbers[0] ?? 0, month: 1, day: 1 } : undefined;
  const year = numbers.find((number) => number > 31) ?? numbers[1];
  const day = numbers.find((number) => number !== year && number <= 31) ?? (numbers.length > 1 ? numbers[0] : 1);
  return year === undefined || day === undefined ? undefined : { year: fullYear(year), month, day };
}

const fullYear = (year: number): number => (year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year);

/** Undefined for the 31st of February. */
function midnightOf({ year, month, day }: CalendarDate): Instant | undefined {
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? midnight
    : undefined;
}

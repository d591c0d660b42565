import { DAY, HOUR, type Instant } from "../model/time.ts";

export const HOURS_OF_DAY = 24;
export const DAYS_OF_WEEK = 7;
export const HOURS_OF_WEEK: number = HOURS_OF_DAY * DAYS_OF_WEEK;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

/** 0 to 23, GMT */
export const hourOfDay = (instant: Instant): number => Math.floor(instant / HOUR) % HOURS_OF_DAY;

/** 0 = Sunday, GMT */
export const weekday = (instant: Instant): number => (Math.floor(instant / DAY) + FIRST_WEEKDAY) % DAYS_OF_WEEK;

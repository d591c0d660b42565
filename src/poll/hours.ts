import type { FeedState, PostingHours } from "../model/feed.ts";
import type { Draft } from "../model/item.ts";
import { DAY, type Duration, HOUR, type Instant } from "../model/time.ts";
import { type Claim, intervalAt, scaleFor } from "./budget.ts";
import { DAYS_OF_WEEK, HOURS_OF_DAY, HOURS_OF_WEEK, hourOfDay, weekday } from "./week.ts";

/** An item counts half as much after so long: newsrooms change their shifts, and clocks go to summer time. */
const HALF_LIFE: Duration = 28 * DAY;
/** More would make what was learned too slow to change. */
const MAX_ITEMS = 500;
/** Enough history: so many items, over two of every weekday. */
const ENOUGH_ITEMS = 30;
const ENOUGH_TIME: Duration = 14 * DAY;
/** Items that might as well have come at any hour: what is seldom seen is never quite ruled out. */
const ANY_HOUR_ITEMS = 24;
const LEAST_ANY_HOUR = 0.1;
/** Undated items between two polls further apart than this could have come at any time. */
const MAX_GAP: Duration = DAY;

/** Two digits of base 36. */
const MOST = 36 ** 2 - 1;

/**
 * What a poll that was read adds to what is known of a feed's hours. `before` is the state before it. The first
 * document tells by its dates, every later one by what was new in it.
 */
export function hoursAfter(
  before: FeedState,
  drafts: readonly Draft[],
  newItems: number,
  now: Instant,
): PostingHours | undefined {
  const times = postingTimes(before, drafts, newItems, now);
  const { hours } = before;
  if (hours === undefined && times.length === 0) return undefined;
  const kept = Math.min(MAX_ITEMS, hours?.items ?? 0) * 2 ** (-Math.max(0, now - (before.rateAt ?? now)) / HALF_LIFE);
  const since = hours?.since ?? times.reduce((first, time) => Math.min(first, time), now);
  const items = kept + times.length;
  if (hours !== undefined && times.length === 0) return { ...hours, items };
  return { counts: write(counted(read(hours, kept), times)), items, since };
}

/**
 * The interval from now on with which a feed is polled as often in a week as with `interval` all week, and most often
 * when it posts most: the square-root law over the hours of its week. Undefined while too little is known.
 */
export function intervalByHours(
  hours: PostingHours | undefined,
  interval: Duration,
  bounds: { readonly shortest: Duration; readonly longest: Duration },
  now: Instant,
): Duration | undefined {
  if (hours === undefined || hours.items < ENOUGH_ITEMS || now - hours.since < ENOUGH_TIME) return undefined;
  const claims = intensities(hours).map((weight): Claim => ({ weight, ...bounds }));
  const scale = scaleFor(claims, HOURS_OF_WEEK / interval);
  let at = now;
  let due = 1;
  for (let n = 0; n <= 2 * HOURS_OF_WEEK; n += 1) {
    const claim = claims[weekday(at) * HOURS_OF_DAY + hourOfDay(at)];
    const inThisHour = claim === undefined ? interval : intervalAt(claim, scale);
    const hourEnd = (Math.floor(at / HOUR) + 1) * HOUR;
    if (at + due * inThisHour <= hourEnd) return at + due * inThisHour - now;
    due -= (hourEnd - at) / inThisHour;
    at = hourEnd;
  }
  return at - now;
}

/** How many times the average a feed posts in a stretch of time, by its hours; 1 while too little is known. */
export function busyness(hours: PostingHours | undefined, from: Instant, to: Instant): number {
  if (hours === undefined || hours.items < ENOUGH_ITEMS || to - from < HOUR) return 1;
  const week = intensities(hours);
  const steps = Math.min(HOURS_OF_WEEK, Math.ceil((to - from) / HOUR));
  let sum = 0;
  for (let n = 0; n < steps; n += 1) {
    const at = from + (n + 0.5) * ((to - from) / steps);
    sum += week[weekday(at) * HOURS_OF_DAY + hourOfDay(at)] ?? 1;
  }
  return sum / steps;
}

/** For each hour of the week from Sunday, how many times the average the feed posts in it. */
function intensities(hours: PostingHours): readonly number[] {
  const { ofDay, ofWeek } = read(hours, 1);
  const even = Math.max(LEAST_ANY_HOUR, ANY_HOUR_ITEMS / (ANY_HOUR_ITEMS + hours.items));
  return ofWeek.flatMap((day) => ofDay.map((hour) => even + (1 - even) * hour * HOURS_OF_DAY * day * DAYS_OF_WEEK));
}

/** The hours of the day and the weekdays are counted apart: 31 figures are learned sooner than 168. */
interface Counts {
  readonly ofDay: readonly number[];
  readonly ofWeek: readonly number[];
}

function counted({ ofDay, ofWeek }: Counts, times: readonly Instant[]): Counts {
  const hours = [...ofDay];
  const days = [...ofWeek];
  for (const time of times) {
    const hour = hourOfDay(time);
    const day = weekday(time);
    // half of it to the hours beside: who posts at 9:58 posts at 10:02
    for (const [step, share] of [
      [0, 1 / 2],
      [1, 1 / 4],
      [HOURS_OF_DAY - 1, 1 / 4],
    ] as const) {
      const near = (hour + step) % HOURS_OF_DAY;
      hours[near] = (hours[near] ?? 0) + share;
    }
    days[day] = (days[day] ?? 0) + 1;
  }
  return { ofDay: hours, ofWeek: days };
}

/** @param items what the counts of each kind add up to */
function read(hours: PostingHours | undefined, items: number): Counts {
  const figures = Array.from({ length: HOURS_OF_DAY + DAYS_OF_WEEK }, (_, n) =>
    Math.max(0, Number.parseInt(hours?.counts.slice(2 * n, 2 * n + 2) ?? "", 36) || 0),
  );
  return {
    ofDay: addingUpTo(items, figures.slice(0, HOURS_OF_DAY)),
    ofWeek: addingUpTo(items, figures.slice(HOURS_OF_DAY)),
  };
}

function addingUpTo(total: number, figures: readonly number[]): readonly number[] {
  const sum = figures.reduce((one, other) => one + other, 0);
  return figures.map((figure) => (sum === 0 ? total / figures.length : (figure / sum) * total));
}

function write({ ofDay, ofWeek }: Counts): string {
  return [ofDay, ofWeek]
    .flatMap((figures) => {
      const most = Math.max(...figures);
      return figures.map((figure) =>
        Math.round((figure / most) * MOST)
          .toString(36)
          .padStart(2, "0"),
      );
    })
    .join("");
}

/** When the new items of a poll came out: by their dates where these lie between the two polls. */
function postingTimes(before: FeedState, drafts: readonly Draft[], newItems: number, now: Instant): readonly Instant[] {
  const last = before.succeededAt;
  const from = last ?? now - HALF_LIFE;
  const dated = drafts
    .flatMap(({ publishedAt = 0 }) =>
      publishedAt > from && publishedAt <= now && !isOnlyDay(publishedAt) ? publishedAt : [],
    )
    .slice(0, MAX_ITEMS);
  if (last === undefined) return dated;
  const undated = now - last > MAX_GAP ? 0 : Math.min(MAX_ITEMS, Math.max(0, newItems - dated.length));
  const spread = Array.from({ length: undated }, (_, n) => last + ((n + 0.5) / undated) * (now - last));
  return [...dated.slice(0, newItems), ...spread];
}

/** Publishers who give only the day mean no time of it. */
const isOnlyDay = (instant: Instant): boolean => instant % DAY === 0;

import { DAY, type Duration, HOUR, type Instant, MINUTE } from "../model/time.ts";
import type { DigestRule } from "../model/topic.ts";

/** From a digest's moment to its next; `day` is the one on which it ends, where it ends. */
export interface Period {
  readonly day: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** The periods that are over, the latest first, as far back as asked for; and when the next one is. */
export function periodsOf(
  rule: DigestRule,
  now: Instant,
  back: { readonly until: Instant; readonly most: number },
): { readonly over: readonly Period[]; readonly next: Instant } {
  const moment = momentsIn(rule);
  const step = rule.every === "week" ? 7 : 1;
  let end = lastDayOf(rule, Math.floor(now / DAY) + 2);
  let next = moment(end);
  while (moment(end) > now) {
    next = moment(end);
    end -= step;
  }
  const over: Period[] = [];
  for (; over.length < back.most && moment(end) > back.until; end -= step)
    over.push({ day: nameOf(end), from: moment(end - step), to: moment(end) });
  return { over, next };
}

/** Days are counted from 1970-01-01, a Thursday. */
const MONDAY = 4;

/** The last day, not after this one, on which a period ends. */
const lastDayOf = ({ every }: DigestRule, day: number): number =>
  every === "week" ? day - ((((day - MONDAY) % 7) + 7) % 7) : day;

const nameOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** A day's moment on the clocks of a time zone. Where they are put forward past it, so much later. */
function momentsIn({ at, timeZone }: DigestRule): (day: number) => Instant {
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  const offsetAt = offsetsOf(timeZone);
  const known = new Map<number, Instant>();
  return (day) => {
    const onTheClock = day * DAY + hours * HOUR + minutes * MINUTE;
    const made = known.get(day) ?? onTheClock - offsetAt(onTheClock - offsetAt(onTheClock));
    known.set(day, made);
    return made;
  };
}

/** How far the clocks of a time zone are ahead of UTC. */
function offsetsOf(timeZone: string): (instant: Instant) => Duration {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (instant) => {
    const seconds = Math.floor(instant / 1000) * 1000;
    return Date.parse(`${clock.format(seconds).replace(" ", "T")}Z`) - seconds;
  };
}

import { DAY, HOUR, type Instant, isoOf, MINUTE, SECOND } from "../model/time.ts";
import { type Html, html } from "./html.ts";
import type { Words } from "./words.ts";

/** Instants as people of one language and time zone read them. */
export interface Times {
  /** "06:28 Uhr" on the same day, else "22.11.2026, 18:05"; "22.11.2026" where only the day is known (midnight UTC) */
  at(instant: Instant, now: Instant): Html;
  /** "vor 5 Minuten", "in 2 Stunden"; the exact time on hovering */
  from(instant: Instant, now: Instant): Html;
  /** "Montag, 23. November 2026" */
  day(instant: Instant): Html;
}

export function timesFor(words: Words): Times {
  const locale = words.language === "de" ? "de-DE" : "en-GB";
  const { timeZone } = words;
  const date = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", year: "numeric", timeZone });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });

  const exact = (instant: Instant): string => `${date.format(instant)}, ${clock.format(instant)}`;
  return {
    at: (instant, now) =>
      timeTag(instant, () => {
        // a publisher who gives only the day means no time of it
        if (instant % DAY === 0) return date.format(instant);
        return date.format(instant) === date.format(now) ? words.clock(clock.format(instant)) : exact(instant);
      }),
    from: (instant, now) =>
      timeTag(
        instant,
        () => relative.format(...inUnits(instant - now)),
        () => exact(instant),
      ),
    day: (instant) => timeTag(instant, () => day.format(instant)),
  };
}

/** Empty for what is no date: a page is worth more than one odd time in it. */
function timeTag(instant: Instant, text: () => string, title?: () => string): Html {
  if (Number.isNaN(new Date(instant).getTime())) return html``;
  return title === undefined
    ? html`<time datetime="${isoOf(instant)}">${text()}</time>`
    : html`<time datetime="${isoOf(instant)}" title="${title()}">${text()}</time>`;
}

function inUnits(duration: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(duration);
  if (size >= 2 * DAY) return [Math.round(duration / DAY), "day"];
  if (size >= 2 * HOUR) return [Math.round(duration / HOUR), "hour"];
  if (size >= MINUTE) return [Math.round(duration / MINUTE), "minute"];
  return [Math.round(duration / SECOND), "second"];
}

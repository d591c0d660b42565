import type { DocumentHints, ParsedFeed } from "../model/parsed.ts";
import { DAY, type Duration, HOUR, MINUTE } from "../model/time.ts";
import { compact } from "./compact.ts";
import { absolute, readAuthors, readCategories, readDate, readImage, readMarkup } from "./item.ts";
import { firstOfWeb, pageOf, readLinks, wholeNumber } from "./links.ts";
import { firstOf, nodes, parts, text, type Wire } from "./wire.ts";

/** @param contentLanguage of the HTTP answer, for feeds that do not say their language themselves */
export function readFeed(wire: Wire, contentLanguage: string | undefined): ParsedFeed {
  return compact({
    title: readMarkup(nodes(wire, "title")),
    subtitle: readMarkup([...nodes(wire, "subtitle"), ...nodes(wire, "summary")]),
    homeUrl: pageOf(readLinks(nodes(wire, "link"))),
    id: firstOf(nodes(wire, "id"), (node) => absolute(node, text(node))),
    language: firstOf(nodes(wire, "language"), text) ?? contentLanguage,
    updatedAt: readDate(wire, "updated") ?? readDate(wire, "published"),
    authors: readAuthors(wire),
    categories: readCategories(wire),
    image: readImage(nodes(wire, "image")),
  });
}

/** RSS 2.0 ttl, skipHours, skipDays; RSS 1.0 mod_syndication; Atom links. */
export function readHints(wire: Wire, documentUrl: string): DocumentHints {
  const links = readLinks(nodes(wire, "link"));
  const related = (rel: string) =>
    firstOfWeb(
      links.flatMap((link) => (link.rel === rel ? [link.href] : [])),
      documentUrl,
    );
  const minutes = wholeNumber(firstOf(nodes(wire, "ttl"), text));
  return compact({
    ttl: minutes === undefined ? undefined : minutes * MINUTE,
    updatePeriod: updatePeriod(wire),
    skipHours: orAbsent(
      words(wire, "skiphours", "hour")
        .map(Number)
        .filter(isHour)
        .map((hour) => hour % 24),
    ),
    skipDays: orAbsent(
      words(wire, "skipdays", "day")
        .map(dayOfWeek)
        .filter((day) => day >= 0),
    ),
    hub: related("hub"),
    self: related("self"),
  });
}

const PERIODS: Readonly<Record<string, Duration>> = {
  hourly: HOUR,
  daily: DAY,
  weekly: 7 * DAY,
  monthly: 30 * DAY,
  yearly: 365 * DAY,
};

function updatePeriod(wire: Wire): Duration | undefined {
  const period = PERIODS[firstOf(nodes(wire, "updateperiod"), text)?.toLowerCase() ?? ""];
  const times = wholeNumber(firstOf(nodes(wire, "updatefrequency"), text)) ?? 1;
  return period === undefined ? undefined : period / Math.max(1, times);
}

const words = (wire: Wire, group: string, part: string): readonly string[] =>
  nodes(wire, group).flatMap((node) => parts(node, part).flatMap((word) => text(word) ?? []));

/** Some count from 1 to 24. */
const isHour = (hour: number): boolean => Number.isInteger(hour) && hour >= 0 && hour <= 24;
const dayOfWeek = (name: string): number =>
  ["su", "mo", "tu", "we", "th", "fr", "sa"].indexOf(name.slice(0, 2).toLowerCase());
const orAbsent = (found: readonly number[]): readonly number[] | undefined =>
  found.length === 0 ? undefined : [...new Set(found)];

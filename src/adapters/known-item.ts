import type { ItemId } from "../model/ids.ts";
import type { KnownItem } from "../model/known-item.ts";
import { DAY } from "../model/time.ts";

/** What the last document carried is never forgotten, however old or much it is: it would be announced again. */
export function forgettable(all: Readonly<Record<string, string>>, before: number, most: number): readonly string[] {
  const dated = Object.entries(all).map(([key, value]) => ({ key, day: Number(value.split(" ", 4)[3]) }));
  const last = dated.reduce((newest, { day }) => Math.max(newest, day), 0);
  const past = dated.filter(({ day }) => day < last).sort((one, other) => one.day - other.day);
  const over = dated.length - most;
  return past.flatMap(({ key, day }, n) => (day < before || n < over ? [key] : []));
}

export const writeKnown = ({ item, digest, revision, at, before }: KnownItem, day: number): string =>
  [
    item,
    digest,
    revision,
    day,
    ...(at === undefined && before === undefined ? [] : [at ?? NONE]),
    ...(before === undefined ? [] : [before]),
  ].join(" ");

const NONE = "-";

export function readKnown(value: string): KnownItem {
  const [item = "", digest = "", revision = "0", day = "0", at = NONE, before] = value.split(" ");
  const seen = Number(day) * DAY;
  return {
    item: item as ItemId,
    digest,
    revision: Number(revision),
    seen,
    ...(at !== NONE && { at: Number(at) }),
    ...(before !== undefined && { before }),
  };
}

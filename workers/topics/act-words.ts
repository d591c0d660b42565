import { z } from "zod";
import { type ActKind, LONGEST_RETITLE } from "../../src/model/editing.ts";
import { DAY, type Instant, parseDuration } from "../../src/model/time.ts";
import type { Fault, Refusal } from "../../src/model/topic-edit.ts";
import { broken } from "./topic-changes.ts";
import type { ActWords } from "./topic-edits.ts";

/** Longer is for ever. */
const LONGEST_ACT = 366 * DAY;

/** What an act says, as somebody wrote it: until when, under which title. */
export function wordsOf(
  kind: ActKind,
  { until, title }: { readonly until?: string | undefined; readonly title?: string | undefined },
  now: Instant,
): ActWords | Refusal {
  const hasEnd = kind === "pins" || kind === "embargoes";
  if (until !== undefined && !hasEnd) return broken(needless("until", `${kind} hold for good`));
  if (title !== undefined && kind !== "retitles") return broken(needless("title", "only retitles have one"));
  const ends = until === undefined ? undefined : momentOf(until, now);
  if (until !== undefined && ends === undefined) return broken(NO_MOMENT);
  if (kind === "embargoes" && ends === undefined) return broken({ ...NO_MOMENT, message: "is missing" });
  const words = title?.replaceAll(/[\s\p{Cc}]+/gu, " ").trim() ?? "";
  if (kind === "retitles" && (words === "" || words.length > LONGEST_RETITLE || !words.isWellFormed()))
    return broken(NO_TITLE);
  return {
    ...(ends !== undefined && { until: ends }),
    ...(kind === "retitles" && { title: words }),
  };
}

const needless = (path: string, message: string): Fault => ({ path, message, hint: "leave it out" });

const NO_MOMENT: Fault = {
  ...{ path: "until", message: "this is no moment that is to come within a year" },
  hint: "write 2026-12-24T18:00:00Z or 2026-12-24T18:00+01:00, the zone with it; or 6h, 2d",
};

const NO_TITLE: Fault = {
  path: "title",
  message: "this is no title",
  hint: `write a text of at most ${LONGEST_RETITLE} characters`,
};

/** "6h" from now, or an ISO 8601 moment; undefined where it is neither, past, or further away than anybody means. */
function momentOf(text: string, now: Instant): Instant | undefined {
  const length = parseDuration(text);
  const moment = length === undefined ? Date.parse(MOMENT.safeParse(text).data ?? "") : now + length;
  return moment > now && moment <= now + LONGEST_ACT ? moment : undefined;
}

/** With its time zone, for an hour's difference is an embargo broken; Date.parse would take 02-30 for the 2nd of March. */
const MOMENT = z.iso.datetime({ offset: true }).or(z.iso.datetime({ offset: true, precision: -1 }));

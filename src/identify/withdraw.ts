import type { ItemId } from "../model/ids.ts";
import { HOUR, type Instant } from "../model/time.ts";
import type { Attendance, Missing, Shown } from "./attendance.ts";

/** One changed document of a feed. */
interface DocumentShown {
  readonly format: string;
  /** in its order */
  readonly shown: readonly Shown[];
  /** false where it broke off: what is missing from it tells nothing */
  readonly isWhole: boolean;
  /** false where a guid or a page may stand for another item than before */
  readonly isSure: boolean;
}

export interface Attended {
  readonly attendance: Attendance;
  /** missing for so long and in so many documents that their publisher must have taken them out */
  readonly due: readonly ItemId[];
}

/** A document without it is no proof, nor are three of one minute: caches serve an old edition beside the new one. */
const DOCUMENTS = 3;
const LONG_ENOUGH = HOUR;
/** A note that stands at the end of each document is older than all, and keeps nobody's place. */
const FEWEST_OLDER = 2;
/** Less than this share of the last document is left: a publisher's accident. */
const CLIFF = 1 / 2;
/**
 * Where more than one in so many leaves from between others, an editor's choice or a list of what is read most is
 * printed in the order of its dates: to leave it means nothing.
 */
const EDITED = 20;
const REMEMBERED = 2 * EDITED;
/** Real documents hold twenty items, few more than a hundred. */
const MOST_SHOWN = 1000;

/**
 * Who left the feed from between others that stayed? Documents in the order of their items' dates let go of the oldest:
 * whoever is gone while older ones stay was taken out, or the feed is of another kind than it seems.
 */
export function attend(last: Attendance | undefined, document: DocumentShown, now: Instant): Attended {
  const { format, isWhole, isSure } = document;
  const shown = document.shown.length > MOST_SHOWN ? [] : document.shown;
  const isOther = last === undefined || last.format !== format || !isSure;
  if (isOther || !areInOrder(shown))
    return { attendance: { format, left: last?.left ?? "", missing: [], shown }, due: [] };

  const here = new Set(shown.map(({ item }) => item));
  const missing = last.missing.filter(({ item }) => !here.has(item));
  if (!isWhole || shown.length < CLIFF * last.shown.length) return { attendance: { ...last, missing, shown }, due: [] };

  const { floor, ceiling } = windowOf(last, shown);
  const isInside = ({ minute = 0 }: Shown): boolean => minute > floor && minute < ceiling;
  const gone = last.shown.filter(({ item }) => !here.has(item));
  const passed = gone.map((one) => (isInside(one) ? "x" : (one.minute ?? 0) <= floor ? "." : "")).join("");
  const left = (last.left + passed).slice(-REMEMBERED);
  const absent = isEdited(left) ? [] : [...missing.filter(isInside).map(again), ...gone.filter(isInside).map(first)];
  return { attendance: { format, left, missing: absent, shown }, due: absent.filter(isDue).map(({ item }) => item) };

  function first({ item, minute = 0 }: Shown): Missing {
    return { item, minute, since: now, documents: 1 };
  }

  function isDue({ since, documents }: Missing): boolean {
    return documents >= DOCUMENTS && now - since >= LONG_ENOUGH;
  }
}

/** The attendance once these are settled: withdrawn, or gone for another reason. */
export function withoutMissing(attendance: Attendance, settled: ReadonlySet<ItemId>): Attendance {
  return { ...attendance, missing: attendance.missing.filter(({ item }) => !settled.has(item)) };
}

/** Newest first or oldest first, without exception: any other order is somebody's choice. */
function areInOrder(shown: readonly Shown[]): boolean {
  const minutes = shown.map(({ minute }) => minute ?? Number.NaN);
  const steps = minutes.slice(1).map((minute, n) => minute - (minutes[n] ?? Number.NaN));
  return steps.every((step) => step <= 0) || steps.every((step) => step >= 0);
}

/** Between these minutes nobody leaves by himself: older items stayed, and there are newer ones. */
function windowOf(last: Attendance, shown: readonly Shown[]): { readonly floor: number; readonly ceiling: number } {
  const before = new Set(last.shown.map(({ item }) => item));
  const stayed = shown.filter(({ item }) => before.has(item)).map(({ minute = 0 }) => minute);
  const [floor = Number.POSITIVE_INFINITY] = stayed.toSorted((one, other) => one - other).slice(FEWEST_OLDER - 1);
  return { floor, ceiling: Math.max(0, ...shown.map(({ minute = 0 }) => minute)) };
}

function isEdited(left: string): boolean {
  const inside = left.split("x").length - 1;
  return inside > 1 + Math.floor(left.length / EDITED);
}

const again = (one: Missing): Missing => ({ ...one, documents: one.documents + 1 });

import type { ParsedItem } from "../model/parsed.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../model/time.ts";

/** What the dates of one document are worth: for each item those that say something of the item. */
export interface ItemDates {
  readonly publishedAt?: Instant;
  readonly isDayOnly?: true;
  readonly updatedAt?: Instant;
}

/**
 * Some programs stamp every item with the time at which they wrote the document, and some publishers know days only.
 * No single date shows that; all of a document's together do.
 * @param builtAt when the document says that it was made
 */
export function readDates(items: readonly ParsedItem[], builtAt: Instant | undefined): readonly ItemDates[] {
  const published = items.flatMap(({ publishedAt }) => publishedAt ?? []);
  const updated = items.flatMap(({ updatedAt }) => updatedAt ?? []);
  const days = areDays(published);
  const hasStampedUpdates = isOneMoment(updated) && !isOneMoment(published);
  const isStamped = isOneMoment(published) && !days && isNear(published[0], builtAt);
  return items.map(({ publishedAt, updatedAt }) => ({
    ...(publishedAt !== undefined && !isStamped && { publishedAt, ...(days && { isDayOnly: true as const }) }),
    ...(updatedAt !== undefined && !hasStampedUpdates && !isStamped && { updatedAt }),
  }));
}

/** Items that share a moment by accident are fewer. */
const SHARED = 3;
/** A program takes this long to write a document. */
const WRITING: Instant = MINUTE;

function isOneMoment(instants: readonly Instant[]): boolean {
  if (instants.length < SHARED) return false;
  const [first = 0] = instants;
  return instants.every((instant) => Math.abs(instant - first) <= WRITING);
}

const isNear = (one: Instant | undefined, other: Instant | undefined): boolean =>
  one !== undefined && other !== undefined && Math.abs(one - other) <= WRITING;

/** All at midnight: of UTC, as dates without a zone are read, or, where it is many, of where most of Europe lives. */
function areDays(instants: readonly Instant[]): boolean {
  if (instants.length === 0) return false;
  if (instants.every((instant) => instant % DAY === 0)) return true;
  return (
    instants.length >= SHARED && instants.every((instant) => EUROPEAN_MIDNIGHTS.has((DAY + (instant % DAY)) % DAY))
  );
}

/** Central European Summer Time, Central European Time. */
const EUROPEAN_MIDNIGHTS: ReadonlySet<number> = new Set([22 * HOUR, 23 * HOUR]);

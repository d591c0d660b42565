import type { FeedIdentity } from "../model/feed.ts";
import type { Draft } from "../model/item.ts";
import type { KnownItem } from "../model/known-item.ts";
import { DAY, type Duration, HOUR, type Instant } from "../model/time.ts";
import { lastingPart } from "./address.ts";
import { gapBetween, RECURS_AFTER } from "./ambiguous.ts";
import type { KeyKind } from "./keys.ts";
import type { Memory } from "./known.ts";
import { type Claimant, isRenamed, keyFor, recordOf, signsIn } from "./signs.ts";

/** Is a key that both have enough to take the claimant for the item that is known under it? */
export interface Evidence {
  answers(claimant: Claimant, kind: KeyKind, record: KnownItem): boolean;
}

/** A page that a document carried yesterday and today carries under another guid. The store counts days. */
const JUST_NOW: Duration = 2 * DAY;
/** Shorter texts are forms: "Untitled", "News". */
const TELLING_LENGTH = 80;

/**
 * What one document says as a whole decides what a single key in it is worth: where every page comes back under a new
 * guid, the guids have changed; where one does, it may be the next bulletin on the same page.
 */
export function evidenceIn(
  claimants: readonly Claimant[],
  known: Memory,
  { by, now }: { readonly by: FeedIdentity["by"]; readonly now: Instant },
): Evidence {
  const { hasNeighbours, areGuidsNew, doGuidsLie, areAllNew } = signsIn(claimants, known);
  const has = (claimant: Claimant, kind: KeyKind): boolean => recordOf(claimant, kind, known) !== undefined;
  const agrees = (claimant: Claimant, kind: KeyKind, { item }: KnownItem): boolean =>
    recordOf(claimant, kind, known)?.item === item;
  /** its neighbours are still there, it was there just now, and here is this in its place */
  const isReplaced = ({ seen = 0 }: KnownItem): boolean => hasNeighbours && now - seen < JUST_NOW;
  const isSoonAfter = (claimant: Claimant, record: KnownItem): boolean => (gapTo(claimant, record) ?? 0) < RECURS_AFTER;

  function doesGuidHold(claimant: Claimant, record: KnownItem): boolean {
    if (gapTo(claimant, record) === 0 || agrees(claimant, "t", record) || agrees(claimant, "l", record)) return true;
    const { guid = "" } = claimant.mark.draft;
    const hasPage = keyFor(claimant, "l") !== undefined;
    const isBelieved = !doGuidsLie && (by === "guid" || (by === "page" && !hasPage));
    return isBelieved && !isMereDate(guid) && (isUnmistakable(guid) || !hasPage);
  }

  function doesPageHold(claimant: Claimant, record: KnownItem): boolean {
    const gap = gapTo(claimant, record);
    if (by === "page" || areGuidsNew || gap === 0) return true;
    const isSame = agrees(claimant, "t", record) || isReplaced(record);
    return isRenamed(claimant, known) ? isSoonAfter(claimant, record) && isSame : gap === undefined || isSame;
  }

  const holds: Readonly<Record<KeyKind, (claimant: Claimant, record: KnownItem) => boolean>> = {
    g: doesGuidHold,
    l: doesPageHold,
    d: (claimant) => by !== "guid" || isTellingText(claimant) || has(claimant, "g") || has(claimant, "l"),
    a: (claimant, record) => gapTo(claimant, record) === 0 || (isSoonAfter(claimant, record) && isReplaced(record)),
    s: (claimant, record) => gapTo(claimant, record) === 0 && isToTheMinute(claimant.mark.draft),
    t: ({ mark, telling }) => by === "text" || areAllNew || telling.includes(mark.keyOf.t ?? ""),
  };
  return { answers: (claimant, kind, record) => holds[kind](claimant, record) };
}

const gapTo = ({ mark }: Claimant, { at }: KnownItem): Duration | undefined => gapBetween(mark.draft.publishedAt, at);

/** Two items may be called "Untitled" at noon; hardly at 12:07:31. */
function isTellingText(claimant: Claimant): boolean {
  if (keyFor(claimant, "g") === undefined || keyFor(claimant, "l") === undefined) return true;
  const { draft } = claimant.mark;
  const { title = "", teaser = "", content = "" } = draft;
  return isToTheMinute(draft) || title.length + Math.max(teaser.length, content.length) >= TELLING_LENGTH;
}

/** Many items share a day, and many a full hour. */
const isToTheMinute = ({ publishedAt = 0 }: Draft): boolean => publishedAt % HOUR !== 0;

/** "4711", "item-3" or the feed's own address may be given to another item; a long number or an article's address is not. */
const isUnmistakable = (guid: string): boolean =>
  /\d{5}|[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}/i.test(guid) || lastingPart(guid) !== undefined;

/** "2026-11-23", "23.11.2026", "Mon, 23 Nov 2026": a day, and no name. */
const isMereDate = (guid: string): boolean =>
  /^(?:\d{4}[-/.]?\d\d[-/.]?\d\d|\d\d?[-/.]\d\d?[-/.]\d{4}|(?:\p{L}{2,9},? )?\d\d?\.? \p{L}{3,9} \d{4})(?:[T ]00:00.*)?$/u.test(
    guid,
  );

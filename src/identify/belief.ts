import type { FeedIdentity, IdentityReason } from "../model/feed.ts";
import type { Instant } from "../model/time.ts";
import { lookUp, type Memory } from "./known.ts";
import type { Recognised } from "./recognise.ts";

/** What was wrong with the guids of one document; a letter each in FeedIdentity.recent. */
const TROUBLES = {
  c: "guid-collisions",
  h: "guid-churn",
  x: "guid-exchange",
  p: "page-churn",
} as const satisfies Readonly<Record<string, IdentityReason["code"]>>;
type Trouble = keyof typeof TROUBLES;
const WELL = ".";

/** FreshRSS gives up ids of which more than this part is bad (facts/peers.md, row 34). */
const BAD_SHARE = 0.05;
/** One document is an accident or a move to other software; these many of the last ones are a habit. */
const HABIT = 3;
const LOOKED_BACK = 20;

/**
 * Whether a feed's guids are still believed, after one more document. Guids that have been good in all of the last
 * documents are believed again.
 */
export function beliefAfter(
  before: FeedIdentity | undefined,
  document: Recognised,
  known: Memory,
  now: Instant,
): FeedIdentity | undefined {
  const found = troubleIn(document, known);
  if (found === undefined) return before;
  const recent = ((before?.recent ?? "") + found).slice(-LOOKED_BACK);
  if (!/[^.]/.test(recent)) return undefined;
  const because = reasonIn(recent);
  const by = milderOf(before?.by ?? "guid", because);
  if (by === "guid") return { by, recent };
  const reason = because ?? before?.because;
  const since = before?.by === by ? before.since : now;
  return { by, recent, ...(since !== undefined && { since }), ...(reason !== undefined && { because: reason }) };
}

/** Once lost, belief comes back only when nothing bad is left in sight. */
function milderOf(before: FeedIdentity["by"], because: IdentityReason | undefined): FeedIdentity["by"] {
  if (because === undefined || before === "text") return before;
  return because.code === "page-churn" ? "text" : "page";
}

function reasonIn(recent: string): IdentityReason | undefined {
  const counts = (Object.keys(TROUBLES) as Trouble[]).map((trouble) => ({
    code: TROUBLES[trouble],
    documents: recent.split(trouble).length - 1,
  }));
  const bad = counts.reduce((sum, { documents }) => sum + documents, 0);
  const pages = counts.find(({ code, documents }) => code === "page-churn" && documents >= HABIT);
  const most = counts.reduce((worst, one) => (one.documents > worst.documents ? one : worst));
  if (pages === undefined && bad < HABIT) return undefined;
  return { ...(pages ?? most), of: recent.length };
}

/** @returns undefined where the document says nothing about its guids */
function troubleIn({ marks, sightings, ambiguous }: Recognised, known: Memory): string | undefined {
  const withGuid = marks.filter(({ keyOf }) => keyOf.g !== undefined);
  const collided = withGuid.filter(({ keyOf }) => ambiguous.has(keyOf.g ?? ""));
  const again = sightings.filter((one) => one.known !== undefined && one.mark.keyOf.g !== undefined);
  const renamed = again.filter(({ mark }) => !known.has(mark.keyOf.g ?? ""));
  const moved = renamed.filter(({ mark }) => mark.keyOf.l !== undefined && !known.has(mark.keyOf.l));
  const exchanged = again.filter((one) => {
    const named = lookUp(one.mark.keyOf.g, known);
    return named !== undefined && named.item !== one.known?.item;
  });
  if (isBad(collided.length, withGuid.length)) return "c" satisfies Trouble;
  if (again.length === 0) return undefined;
  if (isBad(moved.length, again.length)) return "p" satisfies Trouble;
  if (isBad(renamed.length, again.length)) return "h" satisfies Trouble;
  return isBad(exchanged.length, again.length) ? ("x" satisfies Trouble) : WELL;
}

const isBad = (some: number, all: number): boolean => some > all * BAD_SHARE;

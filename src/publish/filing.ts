import { hash } from "node:crypto";
import type { Duration, Instant } from "../model/time.ts";
import { nextArchive } from "./archive.ts";
import type { Telling } from "./telling.ts";

/** What a topic's archives hold, and what none of them holds yet. */
export interface Filing {
  /** number of the oldest archive that is kept; 1 is the first that there ever was */
  readonly first: number;
  /** when each of the kept archives was cut, the oldest first */
  readonly cutAt: readonly Instant[];
  /** what each of them holds: marks of its entries' ids */
  readonly filed: readonly (readonly string[])[];
  /** entries that were told and that no archive has, in their last words */
  readonly unfiled: readonly Telling[];
  /** when the youngest of all that was told arrived */
  readonly toldUntil?: Instant;
}

export const NOTHING_FILED: Filing = { first: 1, cutAt: [], filed: [], unfiled: [] };

/** A topic of 5 stories that brings 100 a day fills 20 archives a day. */
const MOST_ARCHIVES = 200;
/** Only where archives are refused again and again: they are tried anew each time. */
const MOST_UNFILED = 1000;
/** In a burst: each takes some 20 ms to make and to check, and others want their turn. */
const MOST_AT_ONCE = 4;
/** 60 bits: of two ids with the same mark only one would get into an archive. */
const MARK_LENGTH = 10;

/** The number of the latest archive; 0 before there is one. */
export const latestArchive = ({ first, cutAt }: Pick<Filing, "first" | "cutAt">): number => first - 1 + cutAt.length;

/** Of entries, by their ids: whether a kept archive has them, or they wait for one. */
export function isNotedIn({ filed, unfiled }: Filing): (iri: string) => boolean {
  const isFiled = isFiledIn({ filed });
  const waiting = new Set(unfiled.map(({ iri }) => iri));
  return (iri) => waiting.has(iri) || isFiled(iri);
}

/** What arrived before may have been in an archive that is kept no longer. */
export function rememberedSince({ first, cutAt }: Filing, earliest: Instant): Instant {
  return first === 1 ? Number.NEGATIVE_INFINITY : (cutAt[0] ?? earliest);
}

/**
 * Takes note of what is told.
 * @param gone ids of entries that publishers withdrew or editors took out: no archive gets them
 */
export function noted(filing: Filing, told: readonly Telling[], gone: ReadonlySet<string>): Filing {
  const isFiled = isFiledIn(filing);
  const since = [...filing.unfiled, ...told].filter(({ iri }) => !isFiled(iri) && !gone.has(iri));
  return { ...filing, unfiled: [...new Map(since.map((telling) => [telling.iri, telling])).values()] };
}

export const postponed = (filing: Filing): Filing => ({ ...filing, unfiled: filing.unfiled.slice(-MOST_UNFILED) });

export interface Cutting {
  readonly filing: Filing;
  /** new ones, by their numbers */
  readonly cut: ReadonlyMap<number, readonly Telling[]>;
  /** numbers of those that are kept no longer */
  readonly dropped: readonly number[];
  /** more are due: to be asked for again at once */
  readonly isMore: boolean;
}

/**
 * Cuts the archives that are due, and lets go of the old ones.
 * @param shown ids that the current document is about to show
 * @param size at most as many as the current document can show
 * @param retention archives that were cut longer ago are dropped
 */
export function cutArchives(
  { first, cutAt, filed, unfiled }: Filing,
  shown: ReadonlySet<string>,
  { size, now, retention }: { readonly size: number; readonly now: Instant; readonly retention: Duration },
): Cutting {
  const cut = new Map<number, readonly Telling[]>();
  let since = unfiled;
  const earlier = latestArchive({ first, cutAt });
  let next = nextArchive(since, shown, size);
  for (; next !== undefined && cut.size < MOST_AT_ONCE; next = nextArchive(since, shown, size)) {
    cut.set(earlier + cut.size + 1, next);
    const inIt = new Set(next);
    since = since.filter((telling) => !inIt.has(telling));
  }
  const allCut = [...cutAt, ...[...cut.keys()].map(() => now)];
  const kept = allCut.slice(-MOST_ARCHIVES).filter((at) => at >= now - retention);
  const allFiled = [...filed, ...[...cut.values()].map((tellings) => tellings.map(({ iri }) => markOf(iri)))];
  const filing = {
    first: first + allCut.length - kept.length,
    cutAt: kept,
    filed: allFiled.slice(allFiled.length - kept.length),
    unfiled: since,
  };
  const dropped = Array.from({ length: filing.first - first }, (_, n) => first + n);
  return { filing, cut, dropped, isMore: next !== undefined };
}

function isFiledIn({ filed }: Pick<Filing, "filed">): (iri: string) => boolean {
  const marks = new Set(filed.flat());
  return (iri) => marks.has(markOf(iri));
}

const markOf = (iri: string): string => hash("sha256", iri, "base64url").slice(0, MARK_LENGTH);

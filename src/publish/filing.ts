import type { Duration, Instant } from "../model/time.ts";
import { nextArchive } from "./archive.ts";
import type { Telling } from "./telling.ts";

/** What a topic's archives hold, and what none of them holds yet. */
export interface Filing {
  /** number of the oldest archive that is kept; 1 is the first that there ever was */
  readonly first: number;
  /** when each of the kept archives was cut, the oldest first */
  readonly cutAt: readonly Instant[];
  /** ids of entries that an archive has: those that are shown, and others that may come back when one is withdrawn */
  readonly filed: readonly string[];
  /** entries that were told and that no archive has, in their last words */
  readonly unfiled: readonly Telling[];
}

export const NOTHING_FILED: Filing = { first: 1, cutAt: [], filed: [], unfiled: [] };

/** A topic of 5 stories that brings 100 a day fills 20 archives a day. */
const MOST_ARCHIVES = 200;
/** Only where archives are refused again and again: they are tried anew each time. */
const MOST_UNFILED = 1000;

/** The number of the latest archive; 0 before there is one. */
export const latestArchive = ({ first, cutAt }: Pick<Filing, "first" | "cutAt">): number => first - 1 + cutAt.length;

/**
 * Takes note of what the current document is about to show.
 * @param gone ids of entries that publishers withdrew or editors took out: no archive gets them
 */
export function noted(filing: Filing, shown: readonly Telling[], gone: ReadonlySet<string>): Filing {
  const filed = new Set(filing.filed);
  const told = [...filing.unfiled, ...shown].filter(({ iri }) => !filed.has(iri) && !gone.has(iri));
  const unfiled = [...new Map(told.map((telling) => [telling.iri, telling])).values()];
  return { ...filing, unfiled: unfiled.slice(-MOST_UNFILED) };
}

/** Entries that left and may come back. */
const MOST_REMEMBERED = 500;

export interface Cutting {
  readonly filing: Filing;
  /** new ones, by their numbers */
  readonly cut: ReadonlyMap<number, readonly Telling[]>;
  /** numbers of those that are kept no longer */
  readonly dropped: readonly number[];
}

/**
 * Cuts all archives that are due, and lets go of the old ones.
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
  const inArchives = new Set(filed);
  let since = unfiled;
  const earlier = latestArchive({ first, cutAt });
  for (let next = nextArchive(since, shown, size); next !== undefined; next = nextArchive(since, shown, size)) {
    cut.set(earlier + cut.size + 1, next);
    for (const { iri } of next) inArchives.add(iri);
    since = since.filter(({ iri }) => !inArchives.has(iri));
  }
  const allCut = [...cutAt, ...[...cut.keys()].map(() => now)];
  const kept = allCut.slice(-MOST_ARCHIVES).filter((at) => at >= now - retention);
  const filing = {
    first: first + allCut.length - kept.length,
    cutAt: kept,
    filed: remembered([...inArchives], shown),
    unfiled: since,
  };
  const dropped = Array.from({ length: filing.first - first }, (_, n) => first + n);
  return { filing, cut, dropped };
}

function remembered(filed: readonly string[], shown: ReadonlySet<string>): readonly string[] {
  const left = filed.filter((iri) => !shown.has(iri));
  return [...left.slice(-MOST_REMEMBERED), ...filed.filter((iri) => shown.has(iri))];
}

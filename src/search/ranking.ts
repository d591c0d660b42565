import type { ItemId } from "../model/ids.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";

interface Hit {
  readonly id: ItemId;
  readonly arrivedAt: Instant;
  /** the more the better */
  readonly weight: number;
}

/**
 * What a hit weighs: score · (½ + ½ · 2^(−age / 3 days)). News fades: of two equal hits the newer leads. But age never
 * takes more than half, so that what is about the words stays before what only mentions them.
 */
export function weightOf(score: number, arrivedAt: Instant, now: Instant): number {
  const age = Math.max(0, now - arrivedAt);
  return score * (0.5 + 0.5 * 2 ** (-age / HALF_LIFE));
}

const HALF_LIFE: Duration = 3 * DAY;

export interface Best {
  offer(id: ItemId, weight: number, arrivedAt: Instant): void;
  /** what weighs less is not among the best */
  least(): number;
  /** best first; of equals the newest first */
  hits(): readonly Hit[];
}

/** Keeps the `limit` best of many without keeping or sorting the many. */
export function bestOf(limit: number): Best {
  let kept: readonly Hit[] = [];
  let offered: Hit[] = [];
  let last: Hit | undefined;

  function hits(): readonly Hit[] {
    if (offered.length > 0) kept = [...kept, ...offered].sort(betterFirst).slice(0, limit);
    offered = [];
    last = kept[limit - 1];
    return kept;
  }

  function offer(id: ItemId, weight: number, arrivedAt: Instant): void {
    if (last && (weight < last.weight || (weight === last.weight && arrivedAt < last.arrivedAt))) return;
    offered.push({ id, weight, arrivedAt });
    // as many again as are kept: each is sorted in a few times at most
    if (offered.length >= Math.max(limit, SMALLEST_BATCH)) hits();
  }

  return { offer, hits, least: () => last?.weight ?? 0 };
}

const SMALLEST_BATCH = 200;

const betterFirst = (a: Hit, b: Hit): number =>
  b.weight - a.weight || b.arrivedAt - a.arrivedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

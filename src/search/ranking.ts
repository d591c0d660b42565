import type { Placed } from "../model/news.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import { newestFirst } from "./timeline.ts";

interface Hit {
  readonly placed: Placed;
  /** the more the better */
  readonly weight: number;
}

/**
 * What a hit weighs: score · (½ + ½ · 2^(−age / 3 days)). News fades: of two equal hits the newer leads. But age never
 * takes more than half, so that what is about the words stays before what only mentions them.
 */
export function weightOf(score: number, { item }: Placed, now: Instant): number {
  const age = Math.max(0, now - item.arrivedAt);
  return score * (0.5 + 0.5 * 2 ** (-age / HALF_LIFE));
}

const HALF_LIFE: Duration = 3 * DAY;

export interface Best {
  offer(hit: Hit): void;
  /** best first; of equals the newest first */
  hits(): readonly Hit[];
}

/** Keeps the `limit` best of many without keeping or sorting the many. */
export function bestOf(limit: number): Best {
  let kept: readonly Hit[] = [];
  let offered: Hit[] = [];

  function hits(): readonly Hit[] {
    if (offered.length > 0) kept = [...kept, ...offered].sort(betterFirst).slice(0, limit);
    offered = [];
    return kept;
  }

  function offer(hit: Hit): void {
    const last = kept[limit - 1];
    if (last && betterFirst(last, hit) < 0) return;
    offered.push(hit);
    // as many again as are kept: each is sorted in a few times at most
    if (offered.length >= Math.max(limit, SMALLEST_BATCH)) hits();
  }

  return { offer, hits };
}

const SMALLEST_BATCH = 200;

const betterFirst = (a: Hit, b: Hit): number => b.weight - a.weight || newestFirst(a.placed, b.placed);

import type { FastifyRequest } from "fastify";
import { type Duration, type Instant, MINUTE, SECOND } from "../model/time.ts";

type Request = FastifyRequest["raw"];

/** How often an address may ask for what costs us most. 0: as often as it likes. */
export interface LimitSettings {
  /** searches a minute, as pages and as feeds */
  readonly searches: number;
  /** times that one feed is sent whole, within ten minutes */
  readonly wholeFeeds: number;
}

/** Each says how many seconds to wait; undefined: go ahead. */
export interface ReaderLimits {
  search(request: Request): number | undefined;
  /** What came of a search feed: where nothing has changed it cost little. */
  searched(request: Request, status: number): void;
  /** Where it is about to be sent whole: 304 is free, and so is what is new alone. */
  feed(request: Request, path: string): number | undefined;
  /** Who is at the other end of a connection; undefined: a proxy, or somebody who cannot be told from others. */
  addressOf?(socket: Request["socket"]): string | undefined;
  /** Hears of everybody who asks for a feed. */
  asked?(request: Request, path: string): void;
}

const WHOLE_FEEDS_PER: Duration = 10 * MINUTE;
/** What a search feed costs, of a search, where nothing has changed. */
const UNCHANGED = 0.1;
/**
 * What a feed costs those who say which version they have: a newsroom behind one address fetches each new version many
 * times, a client that makes its versions up is held all the same.
 */
const RETURNING = 0.1;

/** @param addressOf undefined: somebody who cannot be told from others, and is not counted */
export function readerLimits(
  { searches, wholeFeeds }: LimitSettings,
  addressOf: (request: Request) => string | undefined,
  now: () => Instant,
): ReaderLimits {
  const searching = gate(searches, MINUTE);
  const fetching = gate(wholeFeeds, WHOLE_FEEDS_PER);
  return {
    search: (request) => searching.pass(addressOf(request), now()),
    searched(request, status) {
      if (status === 304) searching.giveBack(addressOf(request), now(), 1 - UNCHANGED);
    },
    feed(request, path) {
      const address = request.method === "HEAD" ? undefined : addressOf(request);
      if (address === undefined) return undefined;
      return fetching.pass(`${address} ${path}`, now(), saysWhatItHas(request) ? RETURNING : 1);
    },
  };
}

const saysWhatItHas = ({ headers }: Request): boolean =>
  headers["if-none-match"] !== undefined || headers["if-modified-since"] !== undefined;

/** A few megabytes. Who has not asked for longest is forgotten first, and has its bucket full again. */
const MOST_KEPT = 20_000;

/**
 * Lets a key pass `often` times in `per`, all at once if it likes: a bucket of tokens, kept as the one instant at which
 * it will be full again (GCRA, ATM Forum).
 */
function gate(often: number, per: Duration) {
  const interval = per / often;
  // two generations cost nothing to keep in order, and the older one goes as a whole
  let fullAt = new Map<string, Instant>();
  let older = new Map<string, Instant>();

  function keep(key: string, at: Instant): void {
    if (fullAt.size >= MOST_KEPT / 2) [older, fullAt] = [fullAt, new Map()];
    fullAt.set(key, at);
  }

  /** The emptiest is full after `per`: what was written of a later time, a clock that was ahead has written. */
  function knownOf(key: string, now: Instant): Instant {
    const known = fullAt.get(key) ?? older.get(key) ?? now;
    return known > now + per ? now : Math.max(known, now);
  }

  return {
    /** @returns seconds to wait */
    pass(key: string | undefined, now: Instant, cost = 1): number | undefined {
      if (often === 0 || key === undefined) return undefined;
      const known = knownOf(key, now);
      const full = known + cost * interval;
      const tooEarly = full - now - per;
      keep(key, tooEarly > 0 ? known : full);
      return tooEarly > 0 ? Math.ceil(tooEarly / SECOND) : undefined;
    },
    giveBack(key: string | undefined, now: Instant, cost: number): void {
      if (often > 0 && key !== undefined) keep(key, knownOf(key, now) - cost * interval);
    },
  };
}

import type { Instant } from "./time.ts";

/**
 * What was learned of a host that did not bear all that the operator allows; a host without trouble has none. Shared by
 * all workers, and forgotten some time after the last trouble.
 */
export interface HostBudget {
  /** share of the operator's rate and concurrency: 1 = all of it */
  readonly pace: number;
  readonly pacedAt: Instant;
  /** the whole host is left alone until then */
  readonly closedUntil?: Instant;
  /** from then on a request now and then may look whether another route is answered; absent: the host named its time */
  readonly probeAt?: Instant;
  /** routes that were told to come less often, by name */
  readonly routes: Readonly<Record<string, ThrottledRoute>>;
  /** how often other routes were answered while one was throttled: enough, and each route answers for itself */
  readonly apart: number;
  /** since the last 429, as far as it matters */
  readonly answers: number;
}

export interface ThrottledRoute {
  readonly at: Instant;
  readonly until: Instant;
  /** another route was answered since */
  readonly othersAnswered?: true;
}

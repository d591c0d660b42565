import { DAY, type Duration, MINUTE, SECOND } from "../model/time.ts";

/** What we ask for: as long as Google's hub grants. */
export const WANTED_LEASE: Duration = 10 * DAY;
/** A hub that grants more is asked again all the same: it may have forgotten us by then. */
const LONGEST_LEASE: Duration = 14 * DAY;
/** A hub has to say it (WebSub 5.3); of one that does not, little is expected. */
const UNSAID_LEASE: Duration = DAY;
/** A hub with shorter leases is not asked more often: between them we poll. */
const SHORTEST_RENEWAL: Duration = 30 * MINUTE;
/** Renewals of one day do not all come back in one minute. */
const JITTER = 0.1;

/** A hub that does not answer is asked no more than daily, and more seldom with every time. */
const RETRY: Duration = DAY;
const MAX_DOUBLINGS = 4;

export function leaseOf(leaseSeconds: number | undefined): Duration {
  return leaseSeconds === undefined || leaseSeconds === 0
    ? UNSAID_LEASE
    : Math.min(LONGEST_LEASE, leaseSeconds * SECOND);
}

/** About half of the lease (facts A-40). */
export function renewalAfter(lease: Duration, chance: number): Duration {
  return Math.max(SHORTEST_RENEWAL, Math.round(lease * (0.5 - JITTER / 2 + JITTER * chance)));
}

/** While an older callback is held, every day counts. */
export function retryAfter(failures: number, isHeld: boolean, chance: number): Duration {
  const doublings = isHeld ? 0 : Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
  return Math.round(RETRY * 2 ** doublings * (1 + JITTER * chance));
}

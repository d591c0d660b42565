/** Something that is asked now and then, at a length of time between the two bounds; any unit, the same for both. */
export interface Claim {
  /** what asking it is worth: twice as often costs four times the weight */
  readonly weight: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Halvings of the search: jitter is a thousand times what it leaves open. */
const STEPS = 80;
const EXACT = 1 + 2 ** -14;

/**
 * The square-root law under a budget: intervals of scale / sqrt(weight) give the least mean delay for a number of
 * requests (facts A.2). Water-filling: who is held at a bound leaves the others more or less.
 * @param requests in one unit of time, over all claims
 * @returns the scale with which the sum of 1/interval is `requests`; where the bounds do not let it, the nearest
 */
export function scaleFor(claims: readonly Claim[], requests: number): number {
  let low = claims.reduce((least, claim) => Math.min(least, scaleAt(claim, claim.shortest)), Number.POSITIVE_INFINITY);
  let high = claims.reduce((most, claim) => Math.max(most, scaleAt(claim, claim.longest)), 0);
  if (requestsAt(claims, low) <= requests) return low;
  if (requestsAt(claims, high) >= requests) return high;
  for (let step = 0; step < STEPS && high > low * EXACT; step += 1) {
    const middle = Math.sqrt(low) * Math.sqrt(high);
    if (requestsAt(claims, middle) > requests) low = middle;
    else high = middle;
  }
  return high;
}

/** What a claim comes to. A shortest beyond the longest stands. */
export function intervalAt({ weight, shortest, longest }: Claim, scale: number): number {
  return Math.max(shortest, Math.min(longest, scale / Math.sqrt(weight)));
}

export function requestsAt(claims: readonly Claim[], scale: number): number {
  let requests = 0;
  for (const claim of claims) requests += 1 / intervalAt(claim, scale);
  return requests;
}

const scaleAt = ({ weight }: Claim, interval: number): number => interval * Math.sqrt(weight);

/**
 * MinHash with locality-sensitive bands over runs of five characters: A. Broder, "On the resemblance and containment
 * of documents" (1997). 16 bands of 4 rows find a pair of Jaccard 0.6 with 89 %, of 0.8 with 99.98 %; measured for
 * German headlines in facts/stories.md 3.
 */
const BANDS = 16;
const ROWS = 4;
const GRAM = 5;
const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;
/** Headlines end here; what is longer is compared by its beginning. */
const LONGEST = 300;

const MULTIPLIERS = Int32Array.from({ length: BANDS * ROWS }, (_, at) => mix(at + 1) | 1);
const ADDENDS = Int32Array.from({ length: BANDS * ROWS }, (_, at) => mix(at + 1001));

/** Hashes of all runs of five characters of a folded text. */
export const gramsOf = (folded: string): ReadonlySet<number> => new Set(hashesOf(folded));

/** One number a band; two folded texts that share one are likely alike. */
export function bandsOf(folded: string): readonly number[] {
  const all = hashesOf(folded);
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = FNV_OFFSET ^ band;
    for (let row = band * ROWS; row < (band + 1) * ROWS; row += 1) hash = mix(hash ^ leastHash(all, row));
    return hash >>> 2;
  });
}

/** A run that comes twice has its hash twice. */
function hashesOf(folded: string): Int32Array {
  const text = folded.slice(0, LONGEST);
  const hashes = new Int32Array(Math.max(0, text.length - GRAM + 1));
  for (let from = 0; from < hashes.length; from += 1) {
    let hash = FNV_OFFSET;
    for (let at = from; at < from + GRAM; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
    hashes[from] = hash >>> 2;
  }
  return hashes;
}

function leastHash(grams: Int32Array, row: number): number {
  const multiplier = MULTIPLIERS[row] ?? 1;
  const addend = ADDENDS[row] ?? 0;
  let least = 0x7fffffff;
  for (let at = 0; at < grams.length; at += 1) {
    const hash = (Math.imul(grams[at] ?? 0, multiplier) + addend) | 0;
    if (hash < least) least = hash;
  }
  return least;
}

/** Shared runs of all runs, 0 to 1. */
export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared += 1;
  return shared / (a.size + b.size - shared);
}

/** The finaliser of MurmurHash3 (A. Appleby, public domain). */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

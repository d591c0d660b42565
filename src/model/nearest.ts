/**
 * The known word that a mistyped one most likely meant; undefined where none is near.
 * Case, "-" and "_" do not count as typing errors: min_interval means minInterval.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(MOST_ERRORS, Math.max(1, Math.floor(word.length / 3))) + 1;
  const asked = plain(word);
  for (const candidate of known) {
    const distance = editDistance(asked, plain(candidate), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** More than that is another word, however long it is. */
const MOST_ERRORS = 6;

const plain = (word: string): string => word.slice(0, LONGEST_WORD).toLowerCase().replaceAll(/[-_]/g, "");

/** The distance is quadratic, and no key of ours is nearly as long. */
const LONGEST_WORD = 64;

/**
 * Letters to insert, drop, replace or swap with their neighbour (Damerau, optimal string alignment); where it is not less
 * than `enough`, it does not matter what. Anybody may ask for a name among thousands.
 */
function editDistance(from: string, to: string, enough: number): number {
  if (Math.abs(from.length - to.length) >= enough) return enough;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  let leastBefore = 0;
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(before, j - 2) + 1 : Infinity;
      const distance = Math.min(replaced, swapped, at(row, j) + 1, at(next, j - 1) + 1);
      next.push(distance);
      if (distance < least) least = distance;
    }
    // what follows is no less than the least of two rows
    if (least >= enough && leastBefore >= enough) return enough;
    [before, row, leastBefore] = [row, next, least];
  }
  return at(row, to.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

export type Scores = Float32Array<ArrayBuffer>;

/** More are not needed at once, however many words are asked for. */
const MOST_SPARE = 8;
const spare: Scores[] = [];

/** Zeros. Each word of a search needs as many in each part: what is given back is taken again rather than left as garbage. */
export function takeScores(count: number): Scores {
  const used = spare.pop();
  if (used === undefined || used.buffer.byteLength < count * used.BYTES_PER_ELEMENT) return new Float32Array(count);
  return new Float32Array(used.buffer, 0, count).fill(0);
}

/** Nobody must look at them again. */
export function giveBack(scores: Scores | undefined): void {
  if (scores !== undefined && spare.length < MOST_SPARE) spare.push(scores);
}

/**
 * Scores of a part's texts, 0 where one is not found; undefined where none is. Each of these changes its first argument
 * and gives back the other.
 */
export function eitherOf(one: Scores | undefined, other: Scores | undefined): Scores | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  for (let n = 0; n < one.length; n++) one[n] = (one[n] ?? 0) + (other[n] ?? 0);
  giveBack(other);
  return one;
}

/** @returns whether anything is left */
export function keepCommon(scores: Scores, further: Scores): boolean {
  let isLeft = false;
  for (let n = 0; n < scores.length; n++) {
    const [one, other] = [scores[n] ?? 0, further[n] ?? 0];
    const isIn = one > 0 && other > 0;
    scores[n] = isIn ? one + other : 0;
    isLeft ||= isIn;
  }
  giveBack(further);
  return isLeft;
}

export function takeOut(scores: Scores, out: Scores | undefined): void {
  if (out !== undefined) for (let n = 0; n < scores.length; n++) if ((out[n] ?? 0) > 0) scores[n] = 0;
  giveBack(out);
}

import { DAY, type Instant } from "../model/time.ts";

/** How many texts of a language had a term, forgetting: what was news last month is rare again. */
export interface Frequencies {
  texts: number;
  readonly texted: Map<string, number>;
  halvedAt: Instant;
}

/** Counts from before the desk opened, so that its first hour already knows common words from rare ones. */
export interface WarmFrequencies {
  readonly texts: number;
  readonly texted: ReadonlyMap<string, number>;
}

const HALVED_EVERY = 7 * DAY;
/** Some 10 MB. Beyond it the terms seen once go first, and they are most of them. */
const MOST_TERMS = 200_000;

export const newFrequencies = (now: Instant): Frequencies => ({ texts: 0, texted: new Map(), halvedAt: now });

export function countText(frequencies: Frequencies, terms: readonly string[], now: Instant): void {
  if (now - frequencies.halvedAt >= HALVED_EVERY) halve(frequencies, now);
  frequencies.texts += 1;
  for (const term of terms) frequencies.texted.set(term, (frequencies.texted.get(term) ?? 0) + 1);
  if (frequencies.texted.size > MOST_TERMS) forgetRarest(frequencies);
}

/** Inverse document frequency, smoothed: S. Robertson, "Understanding inverse document frequency" (2004). */
export function rarityOf(frequencies: Frequencies, warm: WarmFrequencies, term: string): number {
  const texts = frequencies.texts + warm.texts;
  const texted = (frequencies.texted.get(term) ?? 0) + (warm.texted.get(term) ?? 0);
  return Math.log((texts + 1) / (texted + 0.5));
}

function halve(frequencies: Frequencies, now: Instant): void {
  frequencies.halvedAt = now;
  frequencies.texts /= 2;
  for (const [term, count] of frequencies.texted) {
    if (count < 2) frequencies.texted.delete(term);
    else frequencies.texted.set(term, count / 2);
  }
}

function forgetRarest(frequencies: Frequencies): void {
  const counts = [...frequencies.texted.values()].sort((a, b) => b - a);
  const least = counts[MOST_TERMS >> 1] ?? 1;
  for (const [term, count] of frequencies.texted) if (count <= least) frequencies.texted.delete(term);
}

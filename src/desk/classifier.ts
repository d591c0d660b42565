import type { SectionId } from "../model/ids.ts";
import { DAY, type Instant } from "../model/time.ts";

/**
 * Multinomial naive Bayes over the terms of texts whose section the publisher named; it learns as it goes.
 * A. McCallum & K. Nigam, "A comparison of event models for naive Bayes text classification" (1998).
 * With little to learn from it beats logistic regression (facts/stories.md 5).
 */
export interface Classifier {
  readonly sections: readonly SectionId[];
  /** how often a section's texts had a term, in the order of `sections` */
  readonly counts: Map<string, number[]>;
  readonly termTotals: number[];
  readonly textTotals: number[];
  halvedAt: Instant;
  /** it has learned enough to look again at what it could not tell once it knows so many texts */
  nextLook: number;
}

const SMOOTHING = 0.1;
const HALVED_EVERY = 7 * DAY;
/** Some 30 MB. */
const MOST_TERMS = 100_000;
const FIRST_LOOK = 256;

export const newClassifier = (sections: readonly SectionId[], now: Instant): Classifier => ({
  ...{ sections, counts: new Map(), termTotals: sections.map(() => 0), textTotals: sections.map(() => 0) },
  ...{ halvedAt: now, nextLook: FIRST_LOOK },
});

export function learn(classifier: Classifier, terms: readonly string[], section: SectionId, now: Instant): void {
  const at = classifier.sections.indexOf(section);
  if (at < 0) return;
  if (now - classifier.halvedAt >= HALVED_EVERY || classifier.counts.size > MOST_TERMS) halve(classifier, now);
  raise(classifier.textTotals, at, 1);
  raise(classifier.termTotals, at, terms.length);
  for (const term of terms) {
    const counts = classifier.counts.get(term) ?? classifier.sections.map(() => 0);
    raise(counts, at, 1);
    classifier.counts.set(term, counts);
  }
}

/** Has it learned as much again as at the last look? */
export function isDueForLook(classifier: Classifier): boolean {
  const texts = classifier.textTotals.reduce((sum, one) => sum + one, 0);
  if (texts < classifier.nextLook) return false;
  classifier.nextLook = 2 * texts;
  return true;
}

/** The logarithm of each section's odds for a text, in the order of `sections`; -Infinity for those never learned. */
export function logOdds(classifier: Classifier, terms: readonly string[]): readonly number[] {
  const { sections, counts, termTotals, textTotals } = classifier;
  const totals = sections.map((_, at) => (termTotals[at] ?? 0) + SMOOTHING * counts.size);
  const scores = textTotals.map((texts) => Math.log(texts));
  for (const term of terms) {
    const seen = counts.get(term);
    if (seen === undefined) continue;
    for (let at = 0; at < sections.length; at += 1) {
      scores[at] = (scores[at] ?? 0) + Math.log(((seen[at] ?? 0) + SMOOTHING) / (totals[at] ?? 1));
    }
  }
  return scores;
}

/** Forgets as the desk's frequencies do: what a section wrote about last month tells less of today. */
function halve(classifier: Classifier, now: Instant): void {
  classifier.halvedAt = now;
  for (const totals of [classifier.textTotals, classifier.termTotals])
    totals.forEach((total, at) => {
      totals[at] = total / 2;
    });
  for (const [term, counts] of classifier.counts) {
    if (counts.reduce((sum, one) => sum + one, 0) < 2) classifier.counts.delete(term);
    else
      classifier.counts.set(
        term,
        counts.map((count) => count / 2),
      );
  }
}

function raise(numbers: number[], at: number, by: number): void {
  numbers[at] = (numbers[at] ?? 0) + by;
}

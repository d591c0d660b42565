import type { SectionId } from "../model/ids.ts";

/**
 * Multinomial naive Bayes over the terms of texts whose section the publisher named; learns as it goes.
 * A. McCallum & K. Nigam, "A comparison of event models for naive Bayes text classification" (1998).
 * With little to learn from it beats logistic regression (facts/stories.md 5).
 */
export interface Classifier {
  readonly sections: readonly SectionId[];
  /** how often a section's texts had a term, in the order of `sections` */
  readonly counts: Map<string, number[]>;
  readonly termTotals: number[];
  readonly textTotals: number[];
}

export interface Guess {
  readonly section: SectionId;
  /** 0 to 1 */
  readonly probability: number;
}

const SMOOTHING = 0.1;
/** Naive Bayes counts words as if they were independent and so is far too sure; a tempered guess means what it says. */
const TEMPER = 0.35;
/** Some 30 MB. The rarest go first. */
const MOST_TERMS = 100_000;

export const newClassifier = (sections: readonly SectionId[]): Classifier => ({
  sections,
  counts: new Map(),
  termTotals: sections.map(() => 0),
  textTotals: sections.map(() => 0),
});

export function learn(classifier: Classifier, terms: readonly string[], section: SectionId): void {
  const at = classifier.sections.indexOf(section);
  if (at < 0) return;
  classifier.textTotals[at] = (classifier.textTotals[at] ?? 0) + 1;
  classifier.termTotals[at] = (classifier.termTotals[at] ?? 0) + terms.length;
  for (const term of terms) {
    const counts = classifier.counts.get(term) ?? classifier.sections.map(() => 0);
    counts[at] = (counts[at] ?? 0) + 1;
    classifier.counts.set(term, counts);
  }
  if (classifier.counts.size > MOST_TERMS) forgetRarest(classifier);
}

/** The likeliest section; undefined before anything was learned. */
export function guess(classifier: Classifier, terms: readonly string[]): Guess | undefined {
  const known = terms.flatMap((term) => {
    const counts = classifier.counts.get(term);
    return counts === undefined ? [] : [counts];
  });
  if (known.length === 0) return undefined;
  const scores = classifier.sections.map((_, at) => scoreOf(classifier, known, at) * TEMPER);
  const top = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - top));
  const at = scores.indexOf(top);
  const section = classifier.sections[at];
  return section === undefined ? undefined : { section, probability: 1 / odds.reduce((sum, one) => sum + one, 0) };
}

function scoreOf(classifier: Classifier, known: readonly (readonly number[])[], at: number): number {
  const texts = classifier.textTotals[at] ?? 0;
  if (texts === 0) return Number.NEGATIVE_INFINITY;
  const total = (classifier.termTotals[at] ?? 0) + SMOOTHING * classifier.counts.size;
  return known.reduce((score, counts) => score + Math.log(((counts[at] ?? 0) + SMOOTHING) / total), Math.log(texts));
}

function forgetRarest(classifier: Classifier): void {
  for (const [term, counts] of classifier.counts) {
    const halved = counts.map((count) => Math.floor(count / 2));
    if (halved.every((count) => count === 0)) classifier.counts.delete(term);
    else classifier.counts.set(term, halved);
  }
}

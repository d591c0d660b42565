import type { SectionId } from "../model/ids.ts";
import { DAY, type Instant } from "../model/time.ts";
import type { SectionWords } from "./section-words.ts";
import { UNIT, type Vector } from "./vector.ts";

/**
 * Multinomial naive Bayes over the weighted terms of texts whose section the publisher named; it learns as it goes.
 * A. McCallum & K. Nigam, "A comparison of event models for naive Bayes text classification" (1998); weights instead
 * of counts: J. Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers" (2003). With little to
 * learn from it beats logistic regression (facts/stories.md 5); neither that, nor both together, nor complement naive
 * Bayes, nor weighing a term by its publishers did better for an unseen one.
 */
export interface Classifier {
  readonly sections: readonly SectionId[];
  /** how much a section's texts had of a term, in the order of `sections` */
  readonly counts: Map<string, number[]>;
  readonly termTotals: number[];
  readonly textTotals: number[];
  halvedAt: Instant;
  /** it has learned enough to look again at what it could not tell once it knows so many texts */
  nextLook: number;
  /** serial of the text that the present look comes to next; none is under way where no text has one so high */
  lookAt: number;
}

const SMOOTHING = 0.15 * (UNIT / 4);
const HALVED_EVERY = 7 * DAY;
/** Some 30 MB. */
const MOST_TERMS = 100_000;
/** What one text said of a term; seldomer, and halved, it is forgotten. */
const SAID_ONCE = UNIT / 4;
const FIRST_LOOK = 256;
const NEXT_LOOK = 1.5;
/** Front pages have other shares of sport and politics than the next publisher. */
const TRUST_IN_SHARES = 0.5;
/**
 * Words that go together are counted as if each said something new: the longer the text, the surer, and far too sure.
 * Of a text that has but one word to tell by the rest is unknown, so it counts as one in a few.
 */
const TEMPER = { factor: 1.3, unheard: 8 };

export const newClassifier = (sections: readonly SectionId[], now: Instant): Classifier => ({
  ...{ sections, counts: new Map(), termTotals: sections.map(() => 0), textTotals: sections.map(() => 0) },
  ...{ halvedAt: now, nextLook: FIRST_LOOK, lookAt: Number.MAX_SAFE_INTEGER },
});

export function learn(classifier: Classifier, { terms, weights }: Vector, section: SectionId, now: Instant): void {
  const at = classifier.sections.indexOf(section);
  if (at < 0) return;
  if (now - classifier.halvedAt >= HALVED_EVERY || classifier.counts.size > MOST_TERMS) halve(classifier, now);
  raise(classifier.textTotals, at, 1);
  for (const [place, term] of terms.entries()) {
    const counts = classifier.counts.get(term) ?? classifier.sections.map(() => 0);
    const weight = weights[place] ?? 0;
    raise(counts, at, weight);
    raise(classifier.termTotals, at, weight);
    classifier.counts.set(term, counts);
  }
  if (isDueForLook(classifier)) classifier.lookAt = 0;
}

/** Has it learned half as much again as at the last look? */
function isDueForLook(classifier: Classifier): boolean {
  const texts = classifier.textTotals.reduce((sum, one) => sum + one, 0);
  if (texts < classifier.nextLook) return false;
  classifier.nextLook = NEXT_LOOK * texts;
  return true;
}

/** The logarithm of each section's odds for a text, in the order of `sections`; -Infinity for those never learned. */
export function logOdds(classifier: Classifier, words: SectionWords, { terms, weights }: Vector): readonly number[] {
  const { sections, counts, termTotals, textTotals } = classifier;
  const known = counts.size + words.counts.size;
  const totals = sections.map((_, at) => (termTotals[at] ?? 0) + (words.totals[at] ?? 0));
  const bases = totals.map((total) => Math.log(total + SMOOTHING * known));
  const scores = totals.map((total, at) =>
    total === 0 ? Number.NEGATIVE_INFINITY : TRUST_IN_SHARES * Math.log((textTotals[at] ?? 0) + 1),
  );
  let heard = 0;
  for (const [place, term] of terms.entries()) {
    const [learned, typical] = [counts.get(term), words.counts.get(term)];
    if (learned === undefined && typical === undefined) continue;
    const said = (weights[place] ?? 0) / SAID_ONCE;
    heard += said;
    for (let at = 0; at < sections.length; at += 1) {
      const count = (learned?.[at] ?? 0) + (typical?.[at] ?? 0);
      raise(scores, at, said * ((count === 0 ? UNSEEN : Math.log(count + SMOOTHING)) - (bases[at] ?? 0)));
    }
  }
  const temper = TEMPER.factor / Math.sqrt(heard + TEMPER.unheard);
  return scores.map((score) => temper * score);
}

const UNSEEN = Math.log(SMOOTHING);

/** Forgets as the desk's frequencies do: what a section wrote about last month tells less of today. */
function halve(classifier: Classifier, now: Instant): void {
  classifier.halvedAt = now;
  classifier.nextLook /= 2;
  for (const totals of [classifier.textTotals, classifier.termTotals])
    totals.forEach((total, at) => {
      totals[at] = total / 2;
    });
  for (const [term, counts] of classifier.counts) {
    if (counts.reduce((sum, one) => sum + one, 0) < 2 * SAID_ONCE) classifier.counts.delete(term);
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

import type { RevisionRule, RevisionWeight } from "../model/revision.ts";
import { type Change, type Comparison, isWord } from "./passages.ts";
import { isSlip } from "./slip.ts";

export interface Verdict {
  readonly weight: RevisionWeight;
  readonly because: RevisionRule;
}

const WEIGHTS: Readonly<Record<RevisionRule, RevisionWeight>> = {
  notice: "correction",
  meaning: "correction",
  figures: "correction",
  names: "correction",
  words: "correction",
  live: "update",
  added: "update",
  reworded: "update",
  characters: "typo",
};
/** The first of these that any part shows is what the revision is. */
const ORDER: readonly RevisionRule[] = ["meaning", "figures", "names", "words", "live", "added", "reworded"];

export const verdictOf = (because: RevisionRule): Verdict => ({ weight: WEIGHTS[because], because });

/** What the changes of all parts come to. */
export function gravest(rules: readonly RevisionRule[]): Verdict {
  return verdictOf(ORDER.find((rule) => rules.includes(rule)) ?? "characters");
}

/** Less of a text stayed: it was written anew, and which word stands for which nobody can tell. */
const SAME_TEXT = 1 / 2;
/** Longer runs are sentences, not words that were put right. */
const FEW_WORDS = 3;
/** A text in which more was touched was gone over by an editor. */
const FEW_CHANGES = 3;

const NEGATION =
  /^(?:nicht|nichts|nie|niemals|niemand|kein\p{L}*|ohne|weder|not|no|none|never|nobody|without|\p{L}+n[’']t)$/iu;
const TIME =
  /^(?:\d{1,2}[:.]\d{2}|\d{1,2}\.\d{1,2}\.?(?:\d{2,4})?|uhr|stand|update|aktualisiert|updated|minute[n]?|stunde[n]?|a\.?m|p\.?m|heute|gestern|morgen|today|yesterday)$/iu;
const SCORE = /^\d{1,3}[:-]\d{1,3}$/;
const FIGURE = /\p{N}/u;
/** Where such a word stands, a figure grows because the world goes on. */
const GROWTH =
  /(?<!\p{L})(?:mindestens|inzwischen|mittlerweile|bislang|bisher|steig\p{L}*|gestiegen|stieg|erhöht|zahl der|mehr als|tote|verletzte|vermisste|at least|so far|ris(?:es|en|ing)|rose|climbs?|death toll|more than|dead|injured)(?!\p{L})/iu;
const CAPITAL = /^\p{Lu}/u;

/** What one part of an item shows. @param isTitle a title says little, and all of it counts */
export function ruleFor(comparison: Comparison, text: string, isTitle: boolean): RevisionRule {
  const changes = comparison.changes.map(wordsOnly).filter((change) => !isSlip(change));
  if (changes.length === 0) return "characters";
  const worldly = changes.filter((change) => !isTimeOnly(change));
  if (worldly.length === 0) return "live";
  if (comparison.same < SAME_TEXT * comparison.of) return "reworded";
  const rules = worldly.map((change) => ruleOf(change, text, isTitle));
  const hasMuch = worldly.length > FEW_CHANGES || rules.includes("added");
  // beside new sentences, words that were exchanged are an editor's style
  const counted =
    !isTitle && hasMuch ? rules.map((rule) => (rule === "words" || rule === "names" ? "reworded" : rule)) : rules;
  return ORDER.find((rule) => counted.includes(rule)) ?? "reworded";
}

function ruleOf(change: Change, text: string, isTitle: boolean): RevisionRule {
  const { struck, inserted } = change;
  if (isShort(change) && negations(struck) !== negations(inserted)) return "meaning";
  if (struck.length === 0) return "added";
  if (inserted.length === 0) return isTitle ? "words" : "reworded";
  if (hasOtherFigures(change)) return isWorldGoingOn(change, text) ? "live" : "figures";
  if (!isShort(change)) return "reworded";
  return struck.some(isCapital) && inserted.some(isCapital) ? "names" : "words";
}

const wordsOnly = ({ struck, inserted }: Change): Change => ({
  struck: struck.filter(isWord),
  inserted: inserted.filter(isWord),
});

const isShort = ({ struck, inserted }: Change): boolean => struck.length <= FEW_WORDS && inserted.length <= FEW_WORDS;
const isCapital = (word: string): boolean => CAPITAL.test(word);
const negations = (words: readonly string[]): number => words.filter((word) => NEGATION.test(word)).length;
const isTimeOnly = ({ struck, inserted }: Change): boolean => [...struck, ...inserted].every((word) => TIME.test(word));

const figuresIn = (words: readonly string[]): readonly string[] => words.filter((word) => FIGURE.test(word));

function hasOtherFigures({ struck, inserted }: Change): boolean {
  const [old, fresh] = [figuresIn(struck), figuresIn(inserted)];
  return old.length > 0 && fresh.length > 0 && old.join(" ") !== fresh.join(" ");
}

function isWorldGoingOn({ struck, inserted }: Change, text: string): boolean {
  const [old = "", fresh = ""] = [figuresIn(struck)[0], figuresIn(inserted)[0]];
  if (SCORE.test(old) && SCORE.test(fresh)) return true;
  return GROWTH.test(text) && amountOf(fresh) > amountOf(old);
}

/** As German and English write it: points and commas between thousands. */
const amountOf = (figure: string): number =>
  Number.parseFloat(figure.replace(/[.,](?=\d{3}\b)/g, "").replace(",", "."));

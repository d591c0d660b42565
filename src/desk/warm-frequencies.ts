import english from "./data/frequencies-en.json" with { type: "json" };
import type { WarmFrequencies } from "./frequencies.ts";

/** As if so many texts without a word in common had come before: else the first shared words would pass for common ones. */
const NOTHING: WarmFrequencies = { texts: 500, texted: new Map() };

/**
 * English headlines come without teasers and so need to know rare words from common ones at once: BCubed F1 0.77 → 0.82
 * on ../shared/data/uci.jsonl. For German the same made no difference (0.837 → 0.843), so there is none.
 */
const BY_LANGUAGE: ReadonlyMap<string, WarmFrequencies> = new Map([
  ["en", { texts: english.texts, texted: new Map(Object.entries(english.terms).flatMap(countsOf)) }],
]);

/** Made by bench/warm-frequencies.ts. */
export const warmFrequenciesOf = (language: string): WarmFrequencies => BY_LANGUAGE.get(language) ?? NOTHING;

function countsOf([count, terms]: readonly [string, string]): readonly (readonly [string, number])[] {
  return terms.split(" ").map((term) => [term, Number(count)]);
}

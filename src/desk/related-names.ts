import type { Reading } from "./features.ts";

/** Words with a capital and only a blank or a hyphen between them: "Johann Wadephul", "Chef-Autor", "New York". */
const NAME = /\p{Lu}[\p{L}\p{N}]*(?:[ -]\p{Lu}[\p{L}\p{N}]*)+/gu;

/**
 * Which name each word of a German text belongs to, by their stems; names that share a word are one: "Außenminister
 * Wadephul" is "Johann Wadephul".
 */
export function namesIn(text: string, { stem }: Reading): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [run] of text.matchAll(NAME)) {
    const words = run.split(/[ -]/).map((word) => stem(word.toLowerCase()));
    const known = words.map((word) => names.get(word)).find((name) => name !== undefined);
    for (const word of words) names.set(word, known ?? run);
  }
  return names;
}

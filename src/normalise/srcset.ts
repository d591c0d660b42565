export interface Candidate {
  readonly url: string;
  /** CSS pixels ("640w") or density ("2x"); 1 where nothing is said */
  readonly size: number;
  readonly unit: "w" | "x";
}

/** What `srcset` offers (HTML 4.8.4.2). Commas inside of URLs are part of them. */
export function readSrcset(srcset: string): readonly Candidate[] {
  const found: Candidate[] = [];
  let url: string | undefined;
  for (const word of srcset.slice(0, MAX_LENGTH).trim().split(/\s+/)) {
    const [, size, unit, , next = ""] = /^(\d{1,6}(?:\.\d{1,3})?)([wxh])(,(\S*))?$/.exec(word) ?? [];
    if (url !== undefined && size !== undefined) {
      found.push({ url, size: Number(size), unit: unit === "w" ? "w" : "x" });
      url = next === "" ? undefined : next;
      continue;
    }
    if (url !== undefined) found.push({ url, size: 1, unit: "x" });
    url = word === "" ? undefined : word;
    if (url?.endsWith(",")) {
      found.push({ url: url.slice(0, -1), size: 1, unit: "x" });
      url = undefined;
    }
  }
  if (url !== undefined) found.push({ url, size: 1, unit: "x" });
  return found.filter((candidate) => candidate.url !== "").slice(0, MAX_CANDIDATES);
}

/** The smallest that a card can show sharply, else the largest. */
export function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  const widest = candidates.toSorted((a, b) => a.size - b.size);
  return widest.find(({ unit, size }) => unit === "w" && size >= CARD_WIDTH) ?? widest.at(-1);
}

/** Pixels: a card at twice the density of the screens of old. */
export const CARD_WIDTH = 800;
const MAX_LENGTH = 8192;
const MAX_CANDIDATES = 20;

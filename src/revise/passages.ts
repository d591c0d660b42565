import { diffArrays } from "diff";
import type { Passage } from "../model/revision.ts";

/** A run of words that differs between two texts; one side may be empty. */
export interface Change {
  readonly struck: readonly string[];
  readonly inserted: readonly string[];
}

/** Two wordings of one text. */
export interface Comparison {
  readonly passages: readonly Passage[];
  readonly changes: readonly Change[];
  /** words that both have */
  readonly same: number;
  /** words of the longer one */
  readonly of: number;
}

/** A word with what joins its parts ("Baden-Württemberg", "3,5", "14:30"), or one sign; with the space before it. */
const WORD = /\s*(?:[\p{L}\p{N}]+(?:[-'’.:,/][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}])/gu;
const LETTER = /[\p{L}\p{N}]/u;

/** Longer texts are compared by their beginning; texts that differ in more words are two texts. */
const MOST_WORDS = 1500;
const MOST_CHARACTERS = 20_000;
const MOST_EDITS = 120;

export const isWord = (token: string): boolean => LETTER.test(token);

/** Word by word; undefined where nothing that shows has changed. */
export function compare(before: string, after: string): Comparison | undefined {
  const [old, fresh] = [tokensOf(before), tokensOf(after)];
  const runs = diffArrays(old, fresh, { comparator: (a, b) => a.trim() === b.trim(), maxEditLength: MOST_EDITS });
  const passages = (runs ?? [...all("struck", old), ...all("inserted", fresh)]).map(passageOf);
  if (passages.every(({ kind }) => kind === "same")) return undefined;
  const count = (kinds: readonly Passage["kind"][]): number =>
    passages.reduce((sum, { kind, tokens }) => (kinds.includes(kind) ? sum + tokens.filter(isWord).length : sum), 0);
  return {
    passages: passages.map(({ kind, tokens }) => ({ kind, text: tokens.join("") })),
    changes: changesIn(passages),
    same: count(["same"]),
    of: Math.max(count(["same", "struck"]), count(["same", "inserted"])),
  };
}

interface Run {
  readonly kind: Passage["kind"];
  readonly tokens: readonly string[];
}

const tokensOf = (text: string): string[] =>
  (text.slice(0, MOST_CHARACTERS).trim().match(WORD) ?? []).slice(0, MOST_WORDS);

const all = (kind: "struck" | "inserted", value: string[]) =>
  value.length === 0 ? [] : [{ value, removed: kind === "struck", added: kind === "inserted" }];

function passageOf({ value, removed, added }: { value: string[]; removed: boolean; added: boolean }): Run {
  return { kind: removed ? "struck" : added ? "inserted" : "same", tokens: value };
}

/** What is struck and inserted between two words that stayed is one change. */
function changesIn(runs: readonly Run[]): readonly Change[] {
  const changes: Change[] = [];
  let open = false;
  for (const { kind, tokens } of runs) {
    const words = tokens.map((token) => token.trim());
    if (kind === "same") open = false;
    else {
      const { struck, inserted } = (open ? changes.pop() : undefined) ?? { struck: [], inserted: [] };
      changes.push(
        kind === "struck" ? { struck: [...struck, ...words], inserted } : { struck, inserted: [...inserted, ...words] },
      );
      open = true;
    }
  }
  return changes;
}

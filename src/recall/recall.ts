import type { Draft } from "../model/item.ts";
import type { Trace } from "../model/reading.ts";
import { contextHash, type Recollection, rawHash } from "./recollection.ts";

export { type Identities, recollect } from "./recollect.ts";
export { type Recollection, readRecollection, writeRecollection } from "./recollection.ts";

/** How to read a document: all of it, or what the last one did not have. */
export interface Plan {
  readonly whole: Trace;
  /** absent where the last document tells nothing of this one */
  readonly part?: { readonly trace: Trace; readonly left: ReadonlySet<number> };
}

/** Fewer are read as quickly as they are told apart. */
const FEWEST = 3;

/** Undefined where nothing can be told: no item is to be left out, now or next time. */
export function planReading(
  document: { readonly context: string; readonly items: readonly string[] },
  last: Recollection | undefined,
  sectionWords: readonly string[],
): Plan | undefined {
  const context = contextHash(document.context, sectionWords);
  const raw = document.items.map(rawHash);
  // an item that is there twice is nobody's
  if (raw.length < FEWEST || new Set(raw).size < raw.length) return undefined;
  const whole = { context, raw };
  if (last?.context !== context) return { whole };
  const left = new Set(raw.flatMap((one, at) => (last.items.has(one) ? [at] : [])));
  if (left.size === 0) return { whole };
  const isLeft = (_: string, at: number): boolean => left.has(at);
  const isNew = (_: string, at: number): boolean => !left.has(at);
  return { whole, part: { trace: { context, raw: raw.filter(isNew), left: raw.filter(isLeft), all: raw }, left } };
}

/** Would reading the rest of the document read these items otherwise? */
export function dependsOnOthers(texts: readonly string[], drafts: readonly Draft[]): boolean {
  return drafts.some((draft, at) => {
    const text = texts[at] ?? "";
    return FRAGMENT.test(text) || (draft.updatedAt === undefined && UPDATED.test(text));
  });
}

/** A "#" that may begin a part of a page, and not a hashtag or a character reference: whether it counts, all items tell. */
const FRAGMENT = /(?<![\s&])#(?!(?<=&amp;#)(?:\d{1,7}|x[\da-f]{1,6});)|&(?:#0*35|#x0*23|num);/i;
/** A date that was left out, as the same one on every item is. */
const UPDATED = /updated|modified|lastbuilddate/i;

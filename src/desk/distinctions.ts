import data from "./data/distinctions.json" with { type: "json" };
import { fold, wordsOf } from "./words.ts";

/** What makes two nearly equal headlines two headlines: the horoscope for Leo is not the one for Virgo. */
type Kind = keyof typeof data;

export interface Distinction {
  readonly kind: Kind;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

const KINDS = Object.keys(data) as readonly Kind[];
const KIND_OF: ReadonlyMap<string, Kind> = new Map(
  KINDS.flatMap((kind) => data[kind].split(" ").map((word) => [fold(word), kind] as const)),
);

/**
 * The first kind of thing (number, weekday, sign, place …) in which two headlines differ, each naming its own.
 * `strict` also takes a region that only one of them names.
 */
export function distinctionOf(ours: string, theirs: string, strict: boolean): Distinction | undefined {
  const [mine, other] = [distinctWords(ours), distinctWords(theirs)];
  for (const kind of KINDS) {
    const [left, right] = [onlyIn(mine, other, kind), onlyIn(other, mine, kind)];
    const oneSided = strict && kind === "region" && left.length + right.length > 0;
    if ((left.length > 0 && right.length > 0) || oneSided) return { kind, ours: left, theirs: right };
  }
  return undefined;
}

function distinctWords(headline: string): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  for (const word of wordsOf(fold(headline))) {
    const kind = /^\p{N}/u.test(word) ? "number" : KIND_OF.get(word);
    if (kind !== undefined) found.set(word, kind);
  }
  return found;
}

function onlyIn(words: ReadonlyMap<string, Kind>, others: ReadonlyMap<string, Kind>, kind: Kind): readonly string[] {
  return [...words].filter(([word, itsKind]) => itsKind === kind && !others.has(word)).map(([word]) => word);
}

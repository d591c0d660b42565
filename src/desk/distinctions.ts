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
/** A name after one of these is where it happened. */
const LOCAL = new Set("in im bei nahe aus at near".split(" "));
const CAPITAL = /^\p{Lu}/u;

/**
 * The first kind of thing (number, weekday, sign, place …) in which two headlines differ, each naming its own.
 * `strict`, for headlines that are only nearly equal: also a region that only one of them names.
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
  let before = "";
  for (const word of wordsOf(headline)) {
    const folded = fold(word);
    const kind = kindOf(word, folded) ?? (LOCAL.has(before) && CAPITAL.test(word) ? "place" : undefined);
    if (kind !== undefined) found.set(folded, kind);
    before = folded;
  }
  return found;
}

const kindOf = (word: string, folded: string): Kind | undefined =>
  /^\p{N}/u.test(word) ? "number" : KIND_OF.get(folded);

function onlyIn(words: ReadonlyMap<string, Kind>, others: ReadonlyMap<string, Kind>, kind: Kind): readonly string[] {
  return [...words].filter(([word, itsKind]) => itsKind === kind && !others.has(word)).map(([word]) => word);
}

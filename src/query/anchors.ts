import type { Query, TextClause } from "./clause.ts";
import { formsOf } from "./forms.ts";
import { spellingsOf } from "./terms.ts";

/** Something that an item must have for a query to hold: a word, a form of one, a word's beginning, a value of a field. */
export interface Anchor {
  readonly kind: "word" | "form" | "beginning" | "value";
  /** "text", "author", "category"; of values the field: "section", "publisher", "feed", "lang" */
  readonly where: string;
  /** of a form its key */
  readonly what: string;
  /** who has it needs nothing else */
  readonly suffices: boolean;
}

/**
 * Of these an item must have one at least, or the query does not hold. Undefined where nothing can be told from what an
 * item has: "*", NOT, ages and addresses. Of an AND the part that the fewest items have counts.
 */
export function anchorsOf(query: Query): readonly Anchor[] | undefined {
  switch (query.kind) {
    case "text":
      return textAnchors(query);
    case "section":
      return value("section", query.section);
    case "publisher":
      return value("publisher", query.publisher);
    case "feed":
      return value("feed", query.feed);
    case "lang":
      return value("lang", query.language);
    case "and":
      return rarest(query.of.flatMap((part) => [anchorsOf(part) ?? []]).filter(({ length }) => length > 0));
    case "or":
      return either(query.of.map(anchorsOf));
    default:
      return undefined;
  }
}

const value = (where: string, what: string): readonly Anchor[] => [{ kind: "value", where, what, suffices: true }];

/** Of a phrase its longest word: the longer, the rarer. */
function textAnchors({ where, terms, prefix, forms }: TextClause): readonly Anchor[] {
  const last = terms.length - 1;
  const weight = (at: number): number => (terms[at]?.length ?? 0) - (prefix && at === last ? BEGINNING_IS_SHORTER : 0);
  const at = terms.reduce((best, _, n) => (weight(n) > weight(best) ? n : best), 0);
  const kind = prefix && at === last ? "beginning" : "word";
  const place = where === "title" ? "text" : where;
  const suffices = terms.length === 1 && place === where;
  const term = terms[at] ?? "";
  const exact = spellingsOf(term).map((what) => ({ kind, where: place, what, suffices }) as const);
  const inflected = [...(forms ? formsOf(term).keys : [])].map(
    (what) => ({ kind: "form", where: place, what, suffices }) as const,
  );
  return [...exact, ...inflected];
}

/** A beginning of nine letters is as telling as a word of six. */
const BEGINNING_IS_SHORTER = 3;

/** So many items have one of these, as a guess: a section or a language has many. */
const EXPECTED: Readonly<Record<Anchor["kind"], number>> = { word: 1, form: 1, beginning: 3, value: 1000 };

const expected = (anchors: readonly Anchor[]): number => anchors.reduce((sum, { kind }) => sum + EXPECTED[kind], 0);

function rarest(parts: readonly (readonly Anchor[])[]): readonly Anchor[] | undefined {
  const [first, ...others] = parts;
  const best = others.reduce<readonly Anchor[] | undefined>(
    (least, part) => (least === undefined || expected(part) < expected(least) ? part : least),
    first,
  );
  return best?.map((anchor) => ({ ...anchor, suffices: false }));
}

function either(parts: readonly (readonly Anchor[] | undefined)[]): readonly Anchor[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : known.flat();
}

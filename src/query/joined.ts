import type { Query, TextClause } from "./clause.ts";

/** Of parts that stand together, without those in `little` where a part says more; never nested in its own kind. */
export function joined(parts: readonly Query[], kind: "and" | "or", little: ReadonlySet<Query>): Query {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [first, ...more] = kind === "and" && little.size > 0 ? withoutLittle(flat, little) : flat;
  return first && more.length === 0 ? first : { kind, of: first ? [first, ...more] : more };
}

function withoutLittle(parts: readonly Query[], little: ReadonlySet<Query>): readonly Query[] {
  const says = (part: Query, where: TextClause["where"]): boolean =>
    part.kind === "and" || part.kind === "or"
      ? part.of.some((inner) => says(inner, where))
      : part.kind === "text" && part.where === where && !little.has(part);
  return parts.filter(
    (part) => part.kind !== "text" || !little.has(part) || !parts.some((other) => says(other, part.where)),
  );
}

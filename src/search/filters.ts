import type { FacetField, Filter } from "../model/found.ts";
import { publisherId, sectionId } from "../model/ids.ts";
import { DAY, isoOf } from "../model/time.ts";
import { type Query, showQuery } from "../query/query.ts";
import type { Search } from "./wording.ts";

/** The search for those of its hits that have a value; undefined where that is too long to be a search. */
export function narrowed({ query, text, wording }: Search, field: FacetField, value: string): string | undefined {
  const conditions = conditionsFor(field, value);
  const condition = showQuery(together(conditions));
  return wording(showQuery(together([query, ...conditions])), `(${text}) ${condition}`);
}

/** The conditions of a search that are no words, each with the search that is left without it. */
export function filtersOf({ query, text, wording }: Search): readonly Filter[] {
  const parts = query.kind === "and" ? query.of : [query];
  const without = (gone: readonly Query[]): string | undefined => {
    const condition = showQuery(together(gone));
    return wording(showQuery(together(parts.filter((part) => !gone.includes(part)))), text.replace(condition, ""));
  };
  const filter = (condition: Omit<Filter, "query">, gone: readonly Query[]): readonly Filter[] => {
    const rest = without(gone);
    return rest === undefined ? [] : [{ ...condition, query: rest }];
  };
  const day = dayAmong(parts);
  return [
    ...parts
      .filter((part) => !day?.parts.includes(part))
      .flatMap((part) => conditionOf(part).flatMap((condition) => filter(condition, [part]))),
    ...(day === undefined ? [] : filter({ field: "day", value: day.value }, day.parts)),
  ];
}

function conditionsFor(field: FacetField, value: string): readonly Query[] {
  switch (field) {
    case "section":
      return [{ kind: "section", section: sectionId(value) }];
    case "publisher":
      return [{ kind: "publisher", publisher: publisherId(value) }];
    case "lang":
      return [{ kind: "lang", language: value }];
    case "day": {
      const instant = Date.parse(value);
      return [
        { kind: "after", instant },
        { kind: "before", instant: instant + DAY },
      ];
    }
    default:
      return field satisfies never;
  }
}

function conditionOf(part: Query): readonly Omit<Filter, "query">[] {
  switch (part.kind) {
    case "section":
      return [{ field: "section", value: part.section }];
    case "publisher":
      return [{ field: "publisher", value: part.publisher }];
    case "lang":
      return [{ field: "lang", value: part.language }];
    case "everything":
    case "text":
    case "or":
    case "and":
    case "not":
      return [];
    default:
      return [{ field: "other", value: showQuery(part) }];
  }
}

/** A day is asked for by its beginning and its end. */
function dayAmong(parts: readonly Query[]): { readonly value: string; readonly parts: readonly Query[] } | undefined {
  for (const after of parts) {
    if (after.kind !== "after") continue;
    const before = parts.find((part) => part.kind === "before" && part.instant === after.instant + DAY);
    if (before !== undefined) return { value: isoOf(after.instant).slice(0, 10), parts: [after, before] };
  }
  return undefined;
}

function together(parts: readonly Query[]): Query {
  const conditions = parts.flatMap((part) =>
    part.kind === "and" ? part.of : part.kind === "everything" ? [] : [part],
  );
  const [first] = conditions;
  if (first === undefined) return { kind: "everything" };
  return conditions.length === 1 ? first : { kind: "and", of: conditions };
}

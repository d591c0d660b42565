import MiniSearch from "minisearch";
import type { Query, TextClause } from "../query/query.ts";
import { formsOf, spellingsOf } from "../query/query.ts";
import type { Tree } from "./part.ts";

/** A query as the index answers it: the items of the tree for which the rest holds. */
export interface Plan {
  /** absent: all items */
  readonly tree?: Tree;
  /** absent: the tree says all */
  readonly rest?: Query;
}

/** The tree says as much of the query as postings can: single words exactly, of phrases that all their words occur. */
export function planOf(query: Query): Plan {
  const { trees, without, rest } = draftOf(query);
  if (without.length === 0) return { ...(trees.length > 0 && { tree: both("AND", trees) }), ...rest };
  const from = trees.length > 0 ? both("AND", trees) : MiniSearch.wildcard;
  return { tree: { combineWith: "AND_NOT", queries: [from, ...without] }, ...rest };
}

/** Items that are in all of `trees`, in none of `without`, and for which the rest holds. */
interface Draft {
  readonly trees: readonly Tree[];
  readonly without: readonly Tree[];
  readonly rest?: { readonly rest: Query };
}

function draftOf(query: Query): Draft {
  switch (query.kind) {
    case "everything":
      return { trees: [], without: [] };
    case "text":
      return textDraft(query);
    case "and":
      return allOf(query.of.map(draftOf));
    case "or":
      return anyOf(query, query.of.map(draftOf));
    case "not":
      return noneOf(query, draftOf(query.of));
    default:
      return { trees: [], without: [], rest: { rest: query } };
  }
}

function textDraft(query: TextClause): Draft {
  const { where, terms, prefix, forms } = query;
  if (where === "author" || where === "category") return { trees: [], without: [], rest: { rest: query } };
  const fields = where === "title" ? ["title"] : ["title", "teaser"];
  const trees = terms.map((term, i) => ({
    combineWith: "OR" as const,
    queries: [...spellingsOf(term)],
    fields,
    prefix: prefix && i === terms.length - 1,
    ...(forms && { forms: formsOf(term) }),
  }));
  return { trees, without: [], ...(terms.length > 1 && { rest: { rest: query } }) };
}

function allOf(drafts: readonly Draft[]): Draft {
  const rests = drafts.flatMap(({ rest }) => rest?.rest ?? []);
  const [rest] = rests;
  return {
    trees: drafts.flatMap(({ trees }) => trees),
    without: drafts.flatMap(({ without }) => without),
    ...(rest && { rest: { rest: rests.length === 1 ? rest : { kind: "and", of: rests } } }),
  };
}

function anyOf(query: Query, drafts: readonly Draft[]): Draft {
  if (drafts.some(({ trees }) => trees.length === 0)) return { trees: [], without: [], rest: { rest: query } };
  const tree = both(
    "OR",
    drafts.map(({ trees }) => both("AND", trees)),
  );
  return { trees: [tree], without: [], ...(drafts.every(isExact) ? {} : { rest: { rest: query } }) };
}

function noneOf(query: Query, draft: Draft): Draft {
  if (!isExact(draft) || draft.trees.length === 0) return { trees: [], without: [], rest: { rest: query } };
  return { trees: [], without: [both("AND", draft.trees)] };
}

const isExact = ({ without, rest }: Draft): boolean => without.length === 0 && rest === undefined;

const both = (combineWith: "AND" | "OR", queries: readonly Tree[]): Tree => {
  const [only] = queries;
  return only !== undefined && queries.length === 1 ? only : { combineWith, queries: [...queries] };
};

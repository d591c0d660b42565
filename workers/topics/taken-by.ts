import { holding, voicesOf } from "../../src/curate/curate.ts";
import type { Publisher } from "../../src/model/feed.ts";
import type { Placed } from "../../src/model/news.ts";
import { explain, showQuery, storyFacts } from "../../src/query/query.ts";
import type { CompiledTopic } from "../../src/road.ts";
import { clipped } from "../shown.ts";

/**
 * The clauses by which a topic takes an item that may be in it; all of its query may be a page of words. Undefined: it
 * does not. @param members all items of its story
 */
export function takenBy(
  { query }: CompiledTopic,
  placed: Placed,
  members: readonly Placed[],
  publishers: readonly Publisher[],
): readonly string[] | undefined {
  if (holding(query, [placed], () => members, publishers).length === 0) return undefined;
  const facts = storyFacts([placed, ...members.filter(({ item }) => item.id !== placed.item.id)], voicesOf(publishers));
  const { because } = explain(query, placed, placed.item.arrivedAt, facts);
  const wanted = because.filter(({ kind }) => kind !== "not");
  return (wanted.length > 0 ? wanted : because).map((clause) => clipped(showQuery(clause)));
}

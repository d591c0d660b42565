import type { Publisher } from "../model/feed.ts";
import type { StoryId } from "../model/ids.ts";
import type { Voices } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import { asksOfStory, matches, type Query, storyFacts } from "../query/query.ts";
import { creditReader } from "./credit.ts";

/**
 * Of the items for which a query may hold those for which it holds. What it asks of their stories could not be told
 * when they came: a story grows. @param membersOf all items of a story
 */
export function holding(
  query: Query,
  candidates: readonly Placed[],
  membersOf: (story: StoryId) => readonly Placed[],
  publishers: readonly Publisher[],
): readonly Placed[] {
  if (!asksOfStory(query)) return candidates;
  const voices = voicesOf(publishers);
  const stories = Map.groupBy(candidates, ({ decision }) => decision.story);
  const held = [...stories].flatMap(([story, told]) => {
    const [first, ...others] = new Map(
      [...told, ...membersOf(story)].map((placed) => [placed.item.id, placed]),
    ).values();
    if (first === undefined) return [];
    const facts = storyFacts([first, ...others], voices);
    return told.filter((placed) => matches(query, placed, placed.item.arrivedAt, facts));
  });
  const ids = new Set(held.map(({ item }) => item.id));
  return candidates.filter(({ item }) => ids.has(item.id));
}

/** Who speaks before whom where no topic says otherwise. */
export function voicesOf(publishers: readonly Publisher[]): Voices {
  const ranks = new Map(publishers.map(({ id, rank }) => [id, rank]));
  return { rankOf: (publisher) => ranks.get(publisher), creditOf: creditReader(publishers) };
}

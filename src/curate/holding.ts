import type { Publisher } from "../model/feed.ts";
import type { ItemId, StoryId } from "../model/ids.ts";
import type { Voices } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import { atOnce } from "../model/steps.ts";
import { asksOfStory, matches, type Query, storyFacts } from "../query/query.ts";
import { creditReader } from "./credit.ts";

/**
 * Of the items for which a query may hold those for which it holds. What it asks of their stories could not be told
 * when they came: a story grows. @param membersOf all items of a story
 */
export function* holdingInSteps(
  query: Query,
  candidates: readonly Placed[],
  membersOf: ((story: StoryId) => readonly Placed[]) | undefined,
  publishers: readonly Publisher[],
): Generator<void, readonly Placed[]> {
  if (!asksOfStory(query)) return candidates;
  const voices = voicesOf(publishers);
  const stories = Map.groupBy(candidates, ({ decision }) => decision.story);
  const held = new Set<ItemId>();
  for (const [story, told] of stories) {
    yield;
    const [first, ...others] = new Map(
      [...told, ...(membersOf?.(story) ?? [])].map((placed) => [placed.item.id, placed]),
    ).values();
    if (first === undefined) continue;
    const facts = storyFacts([first, ...others], voices);
    for (const placed of told) if (matches(query, placed, placed.item.arrivedAt, facts)) held.add(placed.item.id);
  }
  return candidates.filter(({ item }) => held.has(item.id));
}

/** The same in one go. */
export const holding = (...asked: Parameters<typeof holdingInSteps>): readonly Placed[] =>
  atOnce(holdingInSteps(...asked));

/** Who speaks before whom where no topic says otherwise. */
export function voicesOf(publishers: readonly Publisher[]): Voices {
  const ranks = new Map(publishers.map(({ id, rank }) => [id, rank]));
  return { rankOf: (publisher) => ranks.get(publisher), creditOf: creditReader(publishers) };
}

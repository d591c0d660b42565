import type { ItemId, StoryId } from "../model/ids.ts";
import { firstFirst } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import type { Topic } from "../model/topic.ts";

/** The items that make one entry. */
export interface Group {
  /** from these the lead is elected */
  readonly candidates: readonly Placed[];
  /** whom the entry stands for, the candidates too */
  readonly members: readonly Placed[];
  /** all items of the story that we know of */
  readonly story: readonly Placed[];
  /** the candidate that arrived first: dates the entry and gives it its place */
  readonly first: Placed;
  /** what the entry is known by, for ever */
  readonly iri: string;
  /** "story/7f3a": unique in the document, where the iri is not */
  readonly name: string;
}

/** One group a story; or one an item and its copies where the topic asks for that. */
export function* groupsOf(
  topic: Topic,
  candidates: readonly Placed[],
  membersOf: (story: StoryId) => readonly Placed[] = () => [],
): Generator<void, readonly Group[]> {
  const groups: Group[] = [];
  const all = new Map<ItemId, Placed>();
  for (const placed of candidates) {
    yield;
    all.set(placed.item.id, placed);
  }
  for (const [id, told] of Map.groupBy(all.values(), ({ decision }) => decision.story)) {
    yield;
    const story = once(told, membersOf(id));
    groups.push(...(topic.oneEntryAStory ? storyGroup(id, told, story) : textGroups(told, story)));
  }
  return groups;
}

function storyGroup(id: StoryId, candidates: readonly Placed[], story: readonly Placed[]): readonly Group[] {
  const first = firstOf(candidates);
  if (!first) return [];
  const name = `story/${encodeURIComponent(id)}`;
  return [{ candidates, members: story, story, first, iri: first.decision.storyIri, name }];
}

function textGroups(told: readonly Placed[], story: readonly Placed[]): readonly Group[] {
  const texts = Map.groupBy(told, ({ item, decision }) => decision.copyOf ?? item.id);
  return [...texts.values()].flatMap((candidates) => {
    const first = firstOf(candidates);
    if (!first) return [];
    const name = `item/${encodeURIComponent(first.item.id)}`;
    return [{ candidates, members: candidates, story, first, iri: first.item.iri, name }];
  });
}

const firstOf = ([one, ...others]: readonly Placed[]): Placed | undefined =>
  others.reduce((first, other) => (first !== undefined && firstFirst(other, first) < 0 ? other : first), one);

function once(...lists: readonly (readonly Placed[])[]): readonly Placed[] {
  const byId = new Map<ItemId, Placed>();
  for (const list of lists) for (const placed of list) byId.set(placed.item.id, placed);
  return [...byId.values()];
}

import type { StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Paper } from "./paper.ts";
import type { View } from "./view.ts";

/** A story as another page names it. */
export interface NamedStory {
  readonly id: StoryId;
  readonly speaker: Placed;
}

/** By any name that a story ever had; nothing where all its items are gone. */
export type FindStory = (id: StoryId) => NamedStory | undefined;

export const storyFinder =
  (view: Pick<View, "story">, paper: Paper): FindStory =>
  (id) => {
    const found = view.story(id);
    const [newest, ...older] = found?.members ?? [];
    return found === undefined || newest === undefined
      ? undefined
      : { id: found.id, speaker: speakerOf(paper, [newest, ...older]) };
  };

/**
 * Whom an editor lets speak, then the publisher's rank, an own text before a reprint, an original before its copies,
 * then who was first: as topics without ranks of their own elect (src/curate/election.ts), so that every page and feed
 * names the same. A test compares both.
 */
export function speakerOf(paper: Paper, members: readonly [Placed, ...Placed[]]): Placed {
  const firstAt = members.reduce((least, { item }) => Math.min(least, item.arrivedAt), Number.POSITIVE_INFINITY);
  const best = RULES.reduce<readonly Placed[]>((left, score) => {
    if (left.length === 1) return left;
    const scores = left.map((member) => score(paper, member, firstAt));
    const least = scores.reduce((one, other) => Math.min(one, other));
    return left.filter((_, at) => scores[at] === least);
  }, members);
  return best.reduce((one, other) => (other.item.id < one.item.id ? other : one));
}

/** The lower speaks. */
type Rule = (paper: Paper, placed: Placed, firstAt: Instant) => number;

const RULES: readonly Rule[] = [
  (_, { decision }) => (decision.leads ? 0 : 1),
  (paper, { item }) => paper.publisher(item.publisher)?.rank ?? Number.MAX_SAFE_INTEGER,
  (paper, { item }) => (paper.creditOf(item) === undefined ? 0 : 1),
  (_, { decision }) => (decision.copyOf ? 1 : 0),
  (_, { item }) => item.arrivedAt,
  (_, { item }, firstAt) => (item.teaser || item.arrivedAt > firstAt ? 0 : 1),
];

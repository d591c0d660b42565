import type { StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
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

/** As in topics: whom an editor lets speak, then rank. Of equal ones the newest, and no copy where there is an original. */
export function speakerOf(paper: Paper, members: readonly [Placed, ...Placed[]]): Placed {
  const rank = ({ item, decision }: Placed): number =>
    decision.leads
      ? Number.NEGATIVE_INFINITY
      : (paper.publisher(item.publisher)?.rank ?? Number.MAX_SAFE_INTEGER) + (decision.copyOf === undefined ? 0 : 0.5);
  return members.reduce((best, member) => (rank(member) < rank(best) ? member : best), members[0]);
}

import type { PublisherId, StoryId } from "../model/ids.ts";
import { speakerOf as electSpeaker } from "../model/lead.ts";
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

/** As topics without ranks of their own elect, so that every page and feed names the same. */
export function speakerOf(paper: Paper, members: readonly [Placed, ...Placed[]]): Placed {
  const rankOf = (publisher: PublisherId): number | undefined => paper.publisher(publisher)?.rank;
  return electSpeaker(members, { rankOf, creditOf: (item) => paper.creditOf(item) });
}

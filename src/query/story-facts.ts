import { speakerOf, type Voices } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import type { StoryFacts } from "./clause.ts";

/** @param members all of a story's items, in any order */
export function storyFacts(members: readonly [Placed, ...Placed[]], voices: Voices): StoryFacts {
  const publishers = new Set(members.map(({ item }) => item.publisher));
  return { publishers: publishers.size, lead: speakerOf(members, voices).item.id };
}

import type { StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { RelatedStory, Topic, TopicEntry } from "../model/topic.ts";
import type { Election } from "./election.ts";

/**
 * Names the earlier stories to which an entry's lead refers, where the topic wants them, each by the title of who would
 * lead it here. They date nothing: the entry is as new as it was.
 */
export function withRelated(
  { related }: Topic,
  entry: TopicEntry,
  membersOf: (story: StoryId) => readonly Placed[],
  leadOf: Election["leadOf"],
): TopicEntry {
  if (related !== true) return entry;
  const found = new Map<StoryId, RelatedStory>();
  for (const { story: name } of entry.lead.decision.related ?? []) {
    const lead = leadOf(membersOf(name));
    const story = lead?.decision.story;
    if (story === undefined || story === entry.story) continue;
    found.set(story, { story, title: lead?.item.title ?? "" });
  }
  return found.size === 0 ? entry : { ...entry, related: [...found.values()] };
}

import { type StoryId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { FEED_DEFAULTS } from "../../src/model/section-topic.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY } from "../../src/model/time.ts";
import type { Topic, TopicEntry } from "../../src/model/topic.ts";
import { curateTopic } from "../../src/road.ts";
import type { Glimpse, SearchIndex } from "../../src/search/search.ts";

/** The newest items; who files nearly all of them has nothing to show of the others. */
const MOST_LOOKED_AT = 1000;

/** As unfiledStories(), looked for again only when something has changed. */
export function unfiledReader(search: SearchIndex, settings: Settings): (most: number) => readonly TopicEntry[] {
  let last: { readonly version: number; readonly most: number; readonly entries: readonly TopicEntry[] } | undefined;
  return (most) => {
    const { version } = search;
    if (last?.version !== version || last.most !== most)
      last = { version, most, entries: unfiledStories(search, settings, most) };
    return last.entries;
  };
}

/** The newest stories of which nothing is filed under a section that there is. */
export function unfiledStories(search: SearchIndex, settings: Settings, most: number): readonly TopicEntry[] {
  const sections = new Set<string>(settings.sections.map(({ id }) => id));
  const isFiled = ({ decision }: Glimpse): boolean =>
    [decision.section ?? "", ...(decision.alsoIn ?? [])].some((section) => sections.has(section));
  const members = new Map<StoryId, readonly Placed[]>();
  let seen = 0;
  for (const glimpse of search.newest()) {
    if (members.size === most || ++seen > MOST_LOOKED_AT) break;
    const { story } = glimpse.decision;
    if (isFiled(glimpse) || members.has(story)) continue;
    const told = search.tellers(story).flatMap((id) => search.glimpse(id) ?? []);
    if (!told.some(isFiled)) members.set(story, search.story(story)?.members ?? []);
  }
  const matched = [...members.values()].flat();
  const topic: Topic = {
    ...{ ...FEED_DEFAULTS, id: topicId("unfiled"), title: "", description: "", language: settings.language },
    ...{ query: "*", size: most, window: WINDOW },
  };
  return curateTopic({ topic, query: { kind: "everything" } }, matched, (story) => members.get(story) ?? [], settings)
    .entries;
}

/** Few they may be, and long ago. */
const WINDOW = 366 * DAY;

import { topicId } from "./ids.ts";
import type { Section } from "./section.ts";
import type { Settings } from "./settings.ts";
import { DAY } from "./time.ts";
import type { Topic } from "./topic.ts";

export const FEED_DEFAULTS = { oneEntryAStory: true, minimumPublishers: 1, ranks: {} } as const;

const SECTION_SIZE = 60;
const SECTION_WINDOW = 7 * DAY;

/** The topic through which a section is republished. */
export function sectionTopic(section: Section, settings: Settings): Topic {
  const title = section.titles[settings.language] ?? section.titles["de"] ?? section.id;
  return {
    ...FEED_DEFAULTS,
    id: topicId(section.id),
    title,
    description: `${settings.title}: ${title}`,
    language: settings.language,
    query: `section:${section.id}`,
    section: section.id,
    size: SECTION_SIZE,
    window: SECTION_WINDOW,
  };
}
